"""`gongkai verify`: whether a receipt is the one the district signed; offline, with the district's public key."""

from pathlib import Path

import click

from gongkai.reporting.receipt.signature import PUBLIC_KEY, verify_receipt
from gongkai.reporting.receipt.signing_key import fingerprint, public_key
from gongkai.submission.verdict import Status

_HOLDS = "✓ 回执有效：内容与主管部门签名时一致。"
_UNKNOWN_SIGNER = "签名人不明：回执与旁边的公钥相符，内容在签名后没有改动，但不知是谁签的。"


def verify_file(receipt: Path, key: Path | None) -> int:
    """Prints whether the receipt holds, and what was signed.

    Without a trusted key it can only be told whether the receipt agrees with the key that lies beside it; whoever
    forges a receipt lays a key of his own there. That is no proof, and no success.

    Returns:
        0 it holds by the trusted key, 3 it does not or nobody knows who signed.
    """
    trusted = public_key(key or receipt.with_name(PUBLIC_KEY))
    said, problems = verify_receipt(receipt, trusted)
    if problems:
        click.echo("\n".join(["✕ 回执无效。", *problems]))
        return 3
    lines = [
        _HOLDS if key else _UNKNOWN_SIGNER,
        f"单位 {said['unit']} · {said['year']} 年度 · 第 {said['revision']} 次报送 · {Status(said['status']).word}",
        f"报送文件校验码 {said['sha256']}",
        f"收到 {said['received_at']} · 核验 {said['as_of']} · 规则 {said['rules_version'][:12]}",
        f"公钥指纹 {fingerprint(trusted)}",
    ]
    if key is None:
        lines.append(
            f"公钥取自回执旁的 {PUBLIC_KEY}，任何人都可以放一把在那里：请与主管部门公布的指纹核对，"
            "并用 --key 指明从主管部门取得的公钥再核对一次。"
        )
    click.echo("\n".join(lines))
    return 0 if key else 3
