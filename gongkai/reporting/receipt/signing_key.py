"""A signing key as a file: readable by its owner only, never below outputs or profile, never overwritten.

What is signed with it is in `signature`, whether it is the district's in `district_signature`. The public half goes
beside the receipts, where units can take it.
"""

import hashlib
import os
import tempfile
from pathlib import Path

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
    load_pem_public_key,
)

from gongkai.errors import CallError, ConfigurationError
from gongkai.file_access import why

_OTHERS = 0o077


def make_key(path: Path) -> Ed25519PrivateKey:
    """Makes a key with mode 0600 in a folder with mode 0700; one that is there already stands.

    Raises:
        ConfigurationError: it cannot be made.
    """
    try:
        _make(path)
    except OSError as error:
        raise ConfigurationError(f"签名私钥 {path} 不能读写：{why(error)}。请核对 GONGKAI_KEY。") from None
    return read_key(path)


def set_aside(path: Path, replaced: str) -> None:
    """Moves a key that is no longer used out of the way, if it is still there, under the fingerprint it was known by.

    Raises:
        ConfigurationError: it cannot be moved.
    """
    try:
        if path.exists():
            path.replace(path.with_name(f"{path.stem}-{replaced[:16]}.retired{path.suffix}"))
    except OSError as error:
        raise ConfigurationError(f"签名私钥 {path} 不能读写：{why(error)}。请核对 GONGKAI_KEY。") from None


def read_key(path: Path) -> Ed25519PrivateKey:
    """The key at `path`.

    Raises:
        ConfigurationError: it cannot be read, is no key of ours, or others may read it.
    """
    try:
        if path.stat().st_mode & _OTHERS:
            raise ConfigurationError(f"签名私钥 {path} 的权限过宽，他人可以读取。请执行 chmod 600 后再运行。")
        key = load_pem_private_key(path.read_bytes(), password=None)
    except OSError as error:
        raise ConfigurationError(f"签名私钥 {path} 不能读写：{why(error)}。请核对 GONGKAI_KEY。") from None
    except (ValueError, TypeError, UnsupportedAlgorithm):
        raise ConfigurationError(f"签名私钥 {path} 不是可用的 PEM 私钥。请核对 GONGKAI_KEY。") from None
    if not isinstance(key, Ed25519PrivateKey):
        raise ConfigurationError(f"签名私钥 {path} 不是 Ed25519 私钥。请核对 GONGKAI_KEY。")
    return key


def refuse_inside(path: Path, *folders: Path | None) -> None:
    """A private key must not lie where outputs or the profile are handed on.

    Raises:
        ConfigurationError: it does.
    """
    for folder in folders:
        if folder is not None and path.resolve().is_relative_to(folder.resolve()):
            raise ConfigurationError(f"签名私钥 {path} 不能放在 {folder} 之内。请把 GONGKAI_KEY 指到别处。")


def public_pem(key: Ed25519PrivateKey) -> bytes:
    """The public half as PEM."""
    return key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)


def public_key(path: Path) -> Ed25519PublicKey:
    """The public key in a PEM file.

    Raises:
        CallError: there is none.
    """
    try:
        key = load_pem_public_key(path.read_bytes())
    except OSError as error:
        raise CallError(f"公钥 {path} 不能读取：{why(error)}。请用 --key 指明主管部门的公钥。") from None
    except (ValueError, UnsupportedAlgorithm):
        raise CallError(f"{path} 不是可用的公钥（PEM）。") from None
    if not isinstance(key, Ed25519PublicKey):
        raise CallError(f"{path} 不是 Ed25519 公钥。")
    return key


def fingerprint(key: Ed25519PublicKey) -> str:
    """SHA-256 of the raw public key: what the office publishes and a unit compares by eye."""
    return hashlib.sha256(key.public_bytes(Encoding.Raw, PublicFormat.Raw)).hexdigest()


def _make(path: Path) -> None:
    """Writes a new key; of two runs that make one at once, the first one's stands."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    pem = Ed25519PrivateKey.generate().private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    descriptor, draft = tempfile.mkstemp(dir=path.parent)  # mode 0600
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(pem)
        try:
            os.link(draft, path)
        except FileExistsError:
            return
    finally:
        Path(draft).unlink()
