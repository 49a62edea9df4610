"""`gongkai verify`: whether a receipt is the one the district signed; offline, with the district's public key."""

from pathlib import Path

import click

from gongkai.reporting.receipt.signature import PUBLIC_KEY, verify_receipt
from gongkai.reporting.receipt.signing_key import fingerprint, public_key
from gongkai.submission.verdict import Status


def verify_file(receipt: Path, key: Path | None) -> int:
    """Prints whether the receipt holds, and what was signed.

    Returns:
        0 it holds, 3 it does not.
    """
    trusted = public_key(key or receipt.with_name(PUBLIC_KEY))
    said, problems = verify_receipt(receipt, trusted)
    if problems:
        click.echo("\n".join(["✕ 回执无效。", *problems]))
        return 3
    lines = [
        "✓ 回执有效：内容与主管部门签名时一致。",
        f"单位 {said['unit']} · {said['year']} 年度 · 第 {said['revision']} 次报送 · {Status(said['status']).word}",
        f"报送文件校验码 {said['sha256']}",
        f"收到 {said['received_at']} · 核验 {said['as_of']} · 规则 {said['rules_version'][:12]}",
        f"公钥指纹 {fingerprint(trusted)}",
    ]
    if key is None:
        lines.append(f"公钥取自回执旁的 {PUBLIC_KEY}，请与主管部门公布的指纹核对，或用 --key 指明可信的公钥。")
    click.echo("\n".join(lines))
    return 0
