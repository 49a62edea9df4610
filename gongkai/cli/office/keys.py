"""`gongkai key`: which key signs the district's receipts, making the first one, and changing it by name."""

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from datetime import datetime
from pathlib import Path

import click
from sqlalchemy import Engine

from gongkai.errors import CallError
from gongkai.profile import load_profile
from gongkai.reporting.receipt.district_signature import new_key, rotate_key
from gongkai.reporting.receipt.signing_key import fingerprint, read_key
from gongkai.settings import Settings, asked_warehouse, named_warehouse
from gongkai.warehouse.district_keys import DistrictKey, district_keys
from gongkai.warehouse.engine import looked_at, opened


def show_keys(out: Path | None, warehouse: str | None) -> int:
    """Prints the key at hand and what the warehouse knows; 3 when they do not agree or there is none."""
    path = Settings().key
    at_hand = fingerprint(read_key(path).public_key()) if path.exists() else None
    click.echo(f"私钥 {path}：{f'指纹 {at_hand}' if at_hand else '没有'}")
    with _warehouse(out, warehouse, looked_at) as engine:
        known = list(district_keys(engine)) if engine else []
    for key in known:
        word = "现用" if key is known[-1] else "停用"
        click.echo(f"{word} {key.fingerprint}　自 {key.since:%Y-%m-%d}　{key.by}：{key.reason}")
    if known and known[-1].fingerprint != at_hand:
        click.echo(
            "手边的私钥不是数据仓库登记的现用的那一把：回执不会签名。请恢复私钥，或用 gongkai key rotate 换一把。"
        )
        return 3
    return 0 if at_hand else 3


def make_first(out: Path | None, warehouse: str | None, by: str, reason: str) -> int:
    """Makes the first key and says what to publish."""
    with _warehouse(out, warehouse, opened) as engine:
        _tell(new_key(engine, Settings().key, _now(), _name(by), reason.strip() or "首次生成"))
    return 0


def rotate(out: Path | None, warehouse: str | None, by: str, reason: str) -> int:
    """Changes the key and says what to publish.

    Raises:
        CallError: no name, no reason or no warehouse.
    """
    with opened(asked_warehouse(out, warehouse)) as engine:
        if not reason.strip():
            raise CallError("请写明为何换私钥（--reason）。")
        _tell(rotate_key(engine, Settings().key, _now(), _name(by), reason.strip()))
    click.echo("此前的回执仍用旧公钥核对（gongkai key show 列出）；重新运行后，回执用新私钥签名。")
    return 0


def _tell(key: DistrictKey) -> None:
    click.echo(f"已生成私钥 {Settings().key}，请备份。请公布公钥指纹：\n{key.fingerprint}")


def _name(by: str) -> str:
    if not by.strip():
        raise CallError("请写明经办人（--by）。")
    return by.strip()


def _now() -> datetime:
    return datetime.now(load_profile(Settings().profile).district.zone)


def _warehouse(
    out: Path | None, warehouse: str | None, enter: Callable[[str], AbstractContextManager[Engine]]
) -> AbstractContextManager[Engine | None]:
    """The warehouse that is named, entered by `enter`; None where none is."""
    url = named_warehouse(out, warehouse)
    return enter(url) if url else nullcontext()
