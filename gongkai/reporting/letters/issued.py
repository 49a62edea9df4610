"""What was issued to a unit, as a mail: the papers of its outbox with their issue note, once for each content.

The warehouse's issue notes say what was issued; a file in the outbox that is not what its note says stops the mail.
"""

import hashlib
import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from gongkai.profile import Profile, Unit
from gongkai.reporting.letters.blocks import MessageBlock, paragraphs, to_json
from gongkai.reporting.letters.bulletin import Bulletin, bulletin_blocks
from gongkai.reporting.letters.district_words import every_letters_facts, letter_text
from gongkai.reporting.letters.foot import foot, head
from gongkai.reporting.letters.signed import is_receipt
from gongkai.reporting.outbox.issue_note import NOTE, NOTE_TEXT
from gongkai.reporting.shared.year_folder import OUTBOX
from gongkai.reporting.style import day
from gongkai.warehouse.post import messages as rows
from gongkai.warehouse.post.messages import LEFT, WAITING, Message
from gongkai.warehouse.rows.issued import Note, last_notes
from gongkai.warehouse.rows.issued_cards import CardState

KIND = "issued"


@dataclass(frozen=True, kw_only=True)
class Issued:
    """The year whose issued papers are to be sent, by the registry of today.

    Attributes:
        at: the day that stands in the mails.
        bulletins: every change of the rules in the year.
    """

    year: int
    profile: Profile
    at: datetime
    bulletins: Sequence[Bulletin] = ()


_NOT_ITS_CONTENT = (".sig", ".pub")  # another key, the same papers


def issued_messages(
    connection: Connection, issue: Issued, out: Path, codes: Collection[str]
) -> tuple[list[Message], list[str]]:
    """The messages that bring what was issued and was not sent yet, in registry order; none is queued here.

    Args:
        connection: to the warehouse.
        issue: the year, whose units these are, and when.
        out: the output folder.
        codes: of the units that are meant; empty for all.

    Returns:
        They, and the codes of the units that have the very papers already.
    """
    notes, last_run = last_notes(connection, issue.year), rows.last_told_run(connection, issue.year)
    found, before = [], []
    units = [one for one in issue.profile.units if one.code in notes and (not codes or one.code in codes)]
    for unit in units:
        history = rows.messages(connection, issue.year, unit=unit.code)
        tells = told_of(notes[unit.code])
        alike = [one for one in history if one.kind == KIND and one.tells == tells]
        if any(one.state in LEFT for one in alike):
            before.append(unit.code)
            continue
        if waiting := next((one for one in alike if one.state in WAITING), None):
            found.append(waiting)
            continue
        bulletin = bulletin_blocks(issue.bulletins, history, issue.profile)
        found.append(_message(unit, issue, notes[unit.code], out, last_run, bulletin))
    return found, before


def queue_issued(connection: Connection, messages: Sequence[Message]) -> list[Message]:
    """Queues those that are not yet; what was issued before and never left is taken back."""
    queued = []
    for message in messages:
        if message.id:
            queued.append(message)
            continue
        for one in rows.messages(connection, message.year, kinds=[KIND], states=WAITING, unit=message.unit):
            rows.supersede(connection, one, "发出之前另有签发")
        queued.append(rows.queue(connection, message))
    return queued


def told_of(note: Note) -> str:
    """The papers, whoever released them again for whatever reason: a unit that has them needs them no second time."""
    papers = sorted((f["name"], f["sha256"]) for f in note["files"] if not f["name"].endswith(_NOT_ITS_CONTENT))
    return hashlib.sha256(json.dumps(papers).encode()).hexdigest()


def _message(
    unit: Unit, issue: Issued, note: Note, out: Path, last_run: int | None, bulletin: Sequence[MessageBlock]
) -> Message:
    folder = out / OUTBOX / str(issue.year) / unit.code
    attachments = [*_attachments(note, folder, out)]
    card = _card(folder)
    open_still = card.get("appeal_until") and card.get("state") != CardState.FINAL
    until = day(date.fromisoformat(card["appeal_until"])) if open_still else ""
    facts = {
        **every_letters_facts(issue.profile, unit.code, unit.name, issue.year),
        "files": len(attachments),
        "deadline": f"，异议请于{until}前提出" if until else "",
    }
    text = letter_text(issue.profile, KIND, facts)
    blocks = [
        *head(unit, issue.profile),
        MessageBlock("lead", f"{issue.year} 年度考核材料 · 共 {len(attachments)} 份", "✓"),
        *paragraphs(text.opening),
        *_about(card, until, note),
        MessageBlock("heading", "附件"),
        *(MessageBlock("item", _says(one["name"]), "·", one["name"]) for one in attachments),
        *bulletin,
        *paragraphs(text.closing),
        *foot(issue.profile, issue.at),
    ]
    return Message(
        year=issue.year,
        unit=unit.code,
        kind=KIND,
        run_id=None,
        rules_run_id=last_run,
        queued_at=issue.at,
        tells=told_of(note),
        subject=text.subject,
        body=to_json(blocks),
        attachments=attachments,
    )


def _attachments(note: Note, folder: Path, out: Path) -> Iterator[dict[str, str]]:
    """The issued files and the note itself; without a signature the receipt stays here."""
    signed = any(one["name"].endswith(".sig") for one in note["files"])
    for one in note["files"]:
        if signed or not is_receipt(one["name"], note["unit"]):
            path = (folder / one["name"]).relative_to(out).as_posix()
            yield {"name": one["name"], "path": path, "sha256": one["sha256"]}
    for name in (NOTE_TEXT, NOTE):
        if (place := folder / name).is_file():
            sha256 = hashlib.sha256(place.read_bytes()).hexdigest()
            yield {"name": name, "path": place.relative_to(out).as_posix(), "sha256": sha256}


def _card(folder: Path) -> Mapping[str, Any]:
    try:
        card: dict[str, Any] = json.loads((folder / "scorecard.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return card


def _about(card: Mapping[str, Any], until: str, note: Note) -> Iterator[MessageBlock]:
    """The card's state and version, the score in one line, until when one may object, and who released it."""
    state = next((one for one in CardState if one == card.get("state")), None)
    if card.get("total") is not None:
        version = f"（{state.word}，第 {card['version']} 版）" if state else ""
        yield MessageBlock("paragraph", f"评分表{version}：总分 {card['total']}，等次{card.get('grade') or '待定'}。")
    if until:
        how = "填写报送表中的“申诉”一页，按原途径报送"
        yield MessageBlock("paragraph", f"对评分有异议的，请在{until}前{how}。")
    for said in card.get("changes") or ():
        yield MessageBlock("paragraph", f"本版改动：{said}。")
    if not any(one["name"].endswith(".sig") for one in note["files"]):
        yield MessageBlock("paragraph", "本次签发的回执没有签名，不随信发送；需要的请向主管部门索取。")
    yield MessageBlock("paragraph", f"签发人 {note['by']}，签发说明：{note['reason']}。")


_PAPERS = {
    "scorecard.html": "评分表（网页）",
    "scorecard.pdf": "评分表（打印用）",
    "scorecard.json": "评分表（数据）",
    "scorecard.xlsx": "评分表（表格）",
    NOTE_TEXT: "签发单",
    NOTE: "签发单（数据）",
    "district.pub": "核对签名的公钥",
}
_ENDINGS = {
    "-returned.xlsx": "退回的填报表",
    ".html": "回执（网页）",
    ".json": "回执（数据）",
    ".sig": "回执的签名",
}


def _says(name: str) -> str:
    """What a file is, in words."""
    return _PAPERS.get(name) or next((words for ending, words in _ENDINGS.items() if name.endswith(ending)), "材料")
