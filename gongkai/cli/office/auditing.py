"""`gongkai audit`: what was decided, by whom and why, and whether the log is still what was written."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click
from sqlalchemy import Engine

from gongkai.errors import CallError
from gongkai.profile import Profile, load_profile
from gongkai.reporting.style import moment
from gongkai.settings import Settings, asked_warehouse
from gongkai.warehouse.audit import Entry, Kind, entries
from gongkai.warehouse.audit.chain import verify
from gongkai.warehouse.engine import looked_at

_TYPED = {"run": "运行", "entry": "录入", "command": "命令", "form": "表单", "submission": "报送"}


def show_audit(
    warehouse: str | None,
    out: Path | None,
    as_json: bool,
    year: int | None,
    unit: str | None,
    verifying: bool,
    known: str | None,
) -> int:
    """Lists the log, or looks at the whole chain: then 3 when an entry is altered, missing or put in.

    Raises:
        CallError: no warehouse is named, or it does not exist.
    """
    if known is not None and not verifying:
        raise CallError("--head 只用于 gongkai audit verify。")
    with looked_at(asked_warehouse(out, warehouse)) as engine:
        if verifying:
            return _verify(engine, as_json, known)
        found = entries(engine, year, unit)
    if as_json:
        said = {"entries": [_document(entry) for entry in found]}
        click.echo(json.dumps(said, ensure_ascii=False, indent=1))
        return 0
    profile = load_profile(Settings().profile)
    for entry in found:
        click.echo(_line(entry, profile))
    click.echo(f"共 {len(found)} 条。")
    return 0


def _verify(engine: Engine, as_json: bool, known: str | None) -> int:
    found = verify(engine, known.strip().lower() if known else None)
    if as_json:
        said = {
            "entries": found.entries,
            "head": asdict(found.head),
            "broken": [asdict(one) for one in found.broken],
        }
        click.echo(json.dumps(said, ensure_ascii=False, indent=1))
    elif found.broken:
        for one in found.broken:
            click.echo(one.message)
        click.echo(f"审计日志共 {found.entries} 条，有 {len(found.broken)} 处与写入时不一致。")
    else:
        click.echo(f"审计日志完整：共 {found.entries} 条，链尾 {found.head.hash}。")
    return 3 if found.broken else 0


def _document(entry: Entry) -> dict[str, Any]:
    before, after = (json.loads(said) if said else None for said in (entry.before, entry.after))
    return {**asdict(entry), "at": entry.at.isoformat(), "before": before, "after": after}


def _line(entry: Entry, profile: Profile) -> str:
    about = " ".join(str(part) for part in (entry.year, entry.subject) if part)
    reason = f"：{entry.reason}" if entry.reason else ""
    said = f"{entry.sequence:>6}  {moment(profile.local(entry.at))}  {_word(entry.kind):　<6}{about:<10}"
    typed = f"（{_TYPED.get(entry.typed_in, entry.typed_in)}，账户 {entry.account}）"
    changed = "".join(
        f"  {word} {_short(value)}" for word, value in (("原", entry.before), ("现", entry.after)) if value
    )
    return f"{said}  {entry.by}{typed}{reason}{changed}"


def _short(said: str) -> str:
    """What is on record, on one line; a list by its length (`--json` has it whole)."""
    values = json.loads(said)
    listed = {key: f"{len(one)} 项" if isinstance(one, list) else one for key, one in values.items()}
    return said if listed == values else json.dumps(listed, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _word(kind: str) -> str:
    return {known.value: known.word for known in Kind}.get(kind, kind)
