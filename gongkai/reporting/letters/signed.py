"""Whether a receipt may leave: its signature must lie beside it and hold under a key that the district has registered.

An unsigned receipt could be anybody's, so none is ever mailed.
"""

from collections.abc import Sequence
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import load_pem_public_key

from gongkai.errors import CallError
from gongkai.reporting.receipt.signature import verify_receipt
from gongkai.warehouse.district_keys import DistrictKey


def is_receipt(name: str, unit: str) -> bool:
    """Whether a file is part of a unit's signed receipt: JSON, page, returned workbook."""
    return name in (f"{unit}.json", f"{unit}.html", f"{unit}-returned.xlsx")


def signature_of(path: Path, unit: str) -> Path:
    """Where the signature of a unit's receipt lies."""
    return path.with_name(f"{unit}.sig")


def holds(path: Path, keys: Sequence[DistrictKey]) -> bool:
    """Whether a receipt's file is signed by one of the district's keys, those of before among them."""
    return any(_signed_by(path, key) for key in reversed(keys))


def _signed_by(path: Path, key: DistrictKey) -> bool:
    public = load_pem_public_key(key.public_pem.encode())
    if not isinstance(public, Ed25519PublicKey):
        return False
    try:
        return not verify_receipt(path, public)[1]
    except CallError:  # nothing beside it, or nothing that is a signature
        return False
