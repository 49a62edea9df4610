"""With which key the district signs: the private key at hand, if it is the one that the warehouse knows.

A key that is lost or exchanged is never replaced in silence: receipts stay unsigned, and it is said why. A new one is
taken into use by `gongkai key rotate`, by name and with a reason.
"""

from datetime import datetime
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy import Engine

from gongkai.errors import CallError, ConfigurationError
from gongkai.reporting.receipt.signing_key import (
    fingerprint,
    make_key,
    public_pem,
    read_key,
    set_aside,
)
from gongkai.warehouse.district_keys import DistrictKey, district_keys, take_into_use

_FIRST = ("（程序）", "首次签署回执")


def district_key(engine: Engine, path: Path, at: datetime) -> Ed25519PrivateKey:
    """The key that signs. The district's very first one is made and registered here; no other ever is.

    Raises:
        ConfigurationError: the key is missing, unusable, or not the one that the warehouse knows.
    """
    known = district_keys(engine)
    if not known:
        key = read_key(path) if path.exists() else make_key(path)
        take_into_use(engine, _public(key, at, *_FIRST), replaces=None)
        return key
    in_use = known[-1].fingerprint
    if not path.exists():
        raise ConfigurationError(
            f"签名私钥 {path} 不见了；数据仓库登记的公钥指纹是 {in_use}。请从备份恢复这把私钥，"
            "确已丢失的用 gongkai key rotate 换一把并公布新的指纹。"
        )
    key = read_key(path)
    if (found := fingerprint(key.public_key())) != in_use:
        raise ConfigurationError(
            f"签名私钥 {path}（指纹 {found}）不是数据仓库登记的那一把（{in_use}）。请核对 GONGKAI_KEY；"
            "要换用新的私钥，请用 gongkai key rotate。"
        )
    return key


def new_key(engine: Engine | None, path: Path, at: datetime, by: str, reason: str) -> DistrictKey:
    """Makes the district's first key; registers it where a warehouse is named.

    Raises:
        CallError: there is a key already, or the warehouse knows one.
    """
    if path.exists():
        raise CallError(f"{path} 已有私钥，没有生成新的。查看用 gongkai key show，换一把用 gongkai key rotate。")
    if engine is not None and (known := district_keys(engine)):
        raise CallError(
            f"数据仓库已登记公钥（指纹 {known[-1].fingerprint}）：请从备份恢复它的私钥；"
            "确已丢失的用 gongkai key rotate。"
        )
    made = _public(make_key(path), at, by, reason)
    if engine is not None:
        take_into_use(engine, made, replaces=None)
    return made


def rotate_key(engine: Engine, path: Path, at: datetime, by: str, reason: str) -> DistrictKey:
    """Takes a new key into use instead of the last one, which is set aside; its public half stays in the warehouse.

    Raises:
        CallError: nothing has been signed yet.
    """
    known = district_keys(engine)
    if not known:
        raise CallError("数据仓库还没有登记过公钥，没有可换的。第一把用 gongkai key new，或由第一次运行生成。")
    set_aside(path, known[-1].fingerprint)
    made = _public(make_key(path), at, by, reason)
    take_into_use(engine, made, replaces=known[-1].fingerprint)
    return made


def _public(key: Ed25519PrivateKey, at: datetime, by: str, reason: str) -> DistrictKey:
    return DistrictKey(fingerprint(key.public_key()), public_pem(key).decode(), at, by, reason)
