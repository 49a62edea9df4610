"""Detached signatures of receipts: `receipts/<unit>.sig`, made once all files of a unit's receipt are written.

Signed is a canonical JSON of what was decided on which bytes, by which rules and when, with the hashes of the
receipt's own files. The algorithm is named inside what is signed, so that another can follow.
"""

import base64
import hashlib
import json
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from gongkai.errors import CallError
from gongkai.reporting.receipt.signing_key import fingerprint, public_pem
from gongkai.reporting.shared.write import write_bytes, write_json

SCHEMA = "gongkai/signature/1"
ALGORITHM = "Ed25519"
PUBLIC_KEY = "district.pub"
_TAKEN = ("unit", "year", "revision", "sha256", "status", "rules_version", "received_at", "as_of")


def sign_receipts(receipts: Path, key: Ed25519PrivateKey) -> list[Path]:
    """Signs every unit's receipt in a folder and lays the public key beside them.

    Args:
        receipts: `OUT/<year>/receipts` with all its files; receipts of files that are no unit's are left unsigned.
        key: the district's private key.
    """
    signed = []
    for path in sorted(receipts.glob("*.json")):
        receipt = json.loads(path.read_text(encoding="utf-8"))
        if "revision" in receipt:
            signed.append(write_json(path.with_suffix(".sig"), _signature(receipt, path, key)))
    if signed:
        signed.append(write_bytes(receipts / PUBLIC_KEY, public_pem(key)))
    return signed


def verify_receipt(receipt: Path, key: Ed25519PublicKey) -> tuple[dict[str, Any], list[str]]:
    """Checks one file of a receipt against the signature that lies beside it.

    Args:
        receipt: `<unit>.json`, `<unit>.html` or `<unit>-returned.xlsx`.
        key: the public key that is trusted.

    Returns:
        What was signed, and every reason (Chinese) why the file does not hold; none: it holds.

    Raises:
        CallError: file or signature is missing, or the signature's form is not known.
    """
    data, signature = _read(receipt), _read_signature(receipt)
    said = {name: signature[name] for name in ("schema", "algorithm", "key", "statement")}
    statement: dict[str, Any] = signature["statement"]
    problems = []
    if signature["key"] != fingerprint(key):
        problems.append(f"签名所用的密钥（{str(signature['key'])[:16]}）不是这把公钥（{fingerprint(key)[:16]}）。")
    try:
        key.verify(base64.b64decode(signature["signature"], validate=True), _canonical(said))
    except (InvalidSignature, ValueError):
        problems.append("签名与签名文件所载内容不符。")
    if hashlib.sha256(data).hexdigest() not in statement["files"].values():
        problems.append(f"{receipt.name} 的内容与签名时不同。")
    elif receipt.suffix == ".json" and _statement(json.loads(data), statement["files"]) != statement:
        problems.append(f"{receipt.name} 的内容与签名所载的结论不符。")
    return statement, problems


def _signature(receipt: dict[str, Any], path: Path, key: Ed25519PrivateKey) -> dict[str, Any]:
    files = {file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in _files(path)}
    said = {
        "schema": SCHEMA,
        "algorithm": ALGORITHM,
        "key": fingerprint(key.public_key()),
        "statement": _statement(receipt, files),
    }
    return {**said, "signature": base64.b64encode(key.sign(_canonical(said))).decode()}


def _files(path: Path) -> list[Path]:
    """What a receipt consists of: JSON, page, returned workbook."""
    beside = (path, path.with_suffix(".html"), path.with_name(f"{path.stem}-returned.xlsx"))
    return [file for file in beside if file.is_file()]


def _statement(receipt: dict[str, Any], files: dict[str, str]) -> dict[str, Any]:
    findings = hashlib.sha256(_canonical(receipt["findings"])).hexdigest()
    return {**{name: receipt[name] for name in _TAKEN}, "findings_sha256": findings, "files": files}


def _canonical(content: Any) -> bytes:
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def _read(path: Path) -> bytes:
    if not path.is_file():
        raise CallError(f"文件不存在：{path}。")
    return path.read_bytes()


def _read_signature(receipt: Path) -> dict[str, Any]:
    place = receipt.with_name(f"{receipt.stem.removesuffix('-returned')}.sig")
    if not place.is_file():
        raise CallError(f"没有签名文件 {place}。签名文件须与回执放在同一目录。")
    try:
        signature: dict[str, Any] = json.loads(place.read_text(encoding="utf-8"))
        known = signature["schema"] == SCHEMA and signature["algorithm"] == ALGORITHM
        complete = isinstance(signature["statement"]["files"], dict)
        complete = complete and all(isinstance(signature.get(name), str) for name in ("key", "signature"))
    except (ValueError, TypeError, KeyError):
        raise CallError(f"{place} 不是回执的签名文件。") from None
    if not known or not complete:
        raise CallError(f"{place} 的格式或签名算法（{signature['algorithm']}）未知，请更新程序。")
    return signature
