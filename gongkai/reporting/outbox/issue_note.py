"""The issue note (签发单): who released what to a unit, when, why and on which basis; as JSON and as a page of text.

It names the end of the audit log at that moment, so that anybody with a printed note can tell whether the log was
written anew since.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from gongkai.profile import Unit
from gongkai.reporting.style import moment
from gongkai.warehouse.audit import TypedIn, account
from gongkai.warehouse.records import YearState
from gongkai.warehouse.rows.issued_cards import CardState, IssuedCard

NOTE = "签发单.json"
NOTE_TEXT = "签发单.txt"
_DESPITE = {"UNSIGNED": "回执没有签名"}
_TYPED = {"command": "命令", "form": "表单"}
_SAME = ("files", "despite")


@dataclass(frozen=True, kw_only=True)
class Release:
    """What a person releases with: a name, a reason, the moment, and what is wrong and released all the same.

    Attributes:
        despite: id of a lack → why.
        typed_in: a command or a form; Prefect has no users, so a form's name is what was typed.
        final: the cards are final; else they are put out for opinions (征求意见), which opens the time to appeal.
    """

    by: str
    reason: str
    at: datetime
    despite: Mapping[str, str] = field(default_factory=dict)
    typed_in: TypedIn = "command"
    final: bool = False


def note_of(
    unit: Unit, state: YearState, manifest: Mapping[str, Any], release: Release, files: Mapping[str, bytes]
) -> dict[str, Any]:
    """The note on one unit's files, without its number and what was issued before.

    Args:
        unit: whose files they are.
        state: the year; `issued` is what will have been issued.
        manifest: of the outputs.
        release: who releases, why, when.
        files: name → content.
    """
    card = state.issued.get(unit.code)
    return {
        "unit": unit.code,
        "name": unit.name,
        "district": state.profile.district.name,
        "year": state.year,
        "by": release.by,
        "reason": release.reason,
        "issued_at": state.profile.local(release.at).isoformat(),
        "typed_in": release.typed_in,
        "account": account(),
        "as_of": manifest["as_of"],
        "basis_sha256": manifest["basis_sha256"],
        "demonstration": state.profile.district.demonstration,
        "files": [{"name": name, "sha256": hashlib.sha256(data).hexdigest()} for name, data in files.items()],
        "despite": dict(release.despite),
        "card": _card_json(card) if card else None,
    }


def _card_json(card: IssuedCard) -> dict[str, Any]:
    until = card.appeal_until.isoformat() if card.appeal_until else None
    return {"version": card.version, "state": card.state.value, "appeal_until": until, "changes": list(card.changes)}


def issues_the_same(note: Mapping[str, Any], last: Mapping[str, Any]) -> bool:
    """Whether the note releases what the last one did: nobody gets the same files twice, whoever releases and why."""
    return all(last.get(key, {}) == note[key] for key in _SAME)


def note_text(note: Mapping[str, Any]) -> str:
    """The note as a page to read."""
    audit, earlier = note.get("audit"), note["earlier"]
    typed = (
        f"（{_TYPED.get(note['typed_in'], note['typed_in'])}，账户 {note['account']}）" if "typed_in" in note else ""
    )
    lines = [
        "签发单",
        *(["演示数据，不代表任何真实单位"] if note["demonstration"] else []),
        "",
        f"单位　　{note['unit']} {note['name']}",
        f"年度　　{note['district']} {note['year']} 年度",
        f"签发人　{note['by']}",
        f"时间　　{moment(datetime.fromisoformat(note['issued_at']))}",
        f"理由　　{note['reason']}",
        *([f"录入　　{typed[1:-1]}"] if typed else []),
        *_card_lines(note.get("card")),
        *(f"例外　　{_DESPITE.get(name, name)}：{why}" for name, why in note.get("despite", {}).items()),
        f"依据　　{note['basis_sha256'][:12]}（数据截至 {moment(datetime.fromisoformat(note['as_of']))}）",
        *([f"审计链　第 {audit['sequence']} 条 {audit['hash']}"] if audit else []),
        f"此前　　已签发 {len(earlier)} 次{'，原件在“第1次签发”等文件夹中' if earlier else ''}",
        "",
        "文件及校验码（sha256）",
        *(f"{file['sha256']}  {file['name']}" for file in note["files"]),
    ]
    return "\n".join(lines) + "\n"


def _card_lines(card: Mapping[str, Any] | None) -> list[str]:
    if card is None:
        return []
    until = f"，申诉截止 {card['appeal_until']}" if card["state"] == CardState.PRELIMINARY else ""
    said = f"评分表　第 {card['version']} 版（{CardState.of(card['state']).word}{until}）"
    return [said, *(f"　　　　{change}" for change in card["changes"])]


def earlier_notes(note: Mapping[str, Any]) -> Sequence[Mapping[str, Any]]:
    """The notes before this one, oldest first, each with those before it: as they were issued."""
    earlier = note["earlier"]
    return [{**one, "earlier": earlier[:number]} for number, one in enumerate(earlier)]


def name_of(path: str) -> str:
    """What a file of the year's folder is called in a parcel."""
    return Path(path).name
