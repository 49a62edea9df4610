"""The mail about a verdict: what was decided about a unit's latest submission, and everything that is to be done.

It says what the receipt says, in the receipt's words; the receipt and the marked workbook are attached. Another one
says that a file which was sent back is accepted after all.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence

from gongkai.findings import Severity
from gongkai.national_format import for_year
from gongkai.profile import Unit
from gongkai.reporting.letters.blocks import MessageBlock, paragraphs, to_json
from gongkai.reporting.letters.district_words import every_letters_facts, letter_text
from gongkai.reporting.letters.foot import foot, head
from gongkai.reporting.receipt.other_files import standing_beside
from gongkai.reporting.receipt.said import FormPart, said_of_file
from gongkai.reporting.receipt.view import marked_workbook, until_of
from gongkai.reporting.receipt.writer import RECEIPTS
from gongkai.reporting.style import moment
from gongkai.submission.privacy.personal_data import mask
from gongkai.submission.verdict import Status, Verdict
from gongkai.warehouse.post.messages import Message
from gongkai.warehouse.records import Revision, UnitYear, YearState

_TO_FIX = (Severity.ERROR, Severity.QUERY)


def told_of(revision: Revision) -> str:
    """What a unit is told of its submission, as a hash: a verdict that changes in anything it must act on is news.

    A notice more or less is none, nor is what arises on an accepted revision and undoes nothing.
    """
    verdict = revision.verdict
    said = [
        [found.rule, found.severity, found.where, found.message]
        for found in verdict.findings
        if found.settled_by is None and found.severity in _TO_FIX
    ]
    whole = [revision.number, revision.sha256, verdict.status, verdict.waiting, said]
    return hashlib.sha256(json.dumps(whole, ensure_ascii=False).encode()).hexdigest()


def verdict_message(
    unit: UnitYear,
    revision: Revision,
    state: YearState,
    run_id: int,
    bulletin: Sequence[MessageBlock],
    outputs: Mapping[str, str],
    *,
    cleared: bool,
) -> Message:
    """The message about a unit's latest submission, not queued yet.

    Args:
        unit: whose it is.
        revision: its latest submission.
        state: the year after the run.
        run_id: the run.
        bulletin: what has changed about the rules since the unit was written to.
        outputs: path below `OUT/<year>` → SHA-256 of what the run wrote.
        cleared: it was told before that this very submission was not accepted.
    """
    verdict = revision.verdict
    until = until_of(unit, verdict, state)
    facts = {
        **every_letters_facts(state.profile, unit.unit.code, unit.unit.name, state.year),
        "verdict": verdict.state.word,
        "to_fix": 0 if verdict.waiting else sum(verdict.count(severity) for severity in _TO_FIX),
        "revision": revision.number,
        "received": moment(state.profile.local(revision.received_at)),
        "file": mask(revision.file.rpartition("/")[2])[0],  # a name may hold more than a form does
        "until_words": until.sentence,
        "deadline": until.day if verdict.waiting else until.in_a_subject,
        "marked": marked_workbook(unit, revision) or "",
    }
    text = letter_text(state.profile, _kind(revision, cleared), facts)
    blocks = [
        *head(unit.unit, state.profile),
        MessageBlock("lead", _lead(facts, verdict), verdict.state.sign),
        *paragraphs(text.opening),
        *_standing(unit, revision),
        *_marked(facts),
        *_to_do(revision, state.year),
        *bulletin,
        *paragraphs(text.closing),
        *foot(state.profile, state.as_of),
    ]
    return Message(
        year=state.year,
        unit=unit.unit.code,
        kind="cleared" if cleared else "verdict",
        run_id=run_id,
        rules_run_id=run_id,
        queued_at=state.as_of,
        revision=revision.number,
        status=verdict.status.value,
        tells=told_of(revision),
        subject=text.subject,
        body=to_json(blocks),
        attachments=receipt_files(unit.unit, state.year, outputs),
    )


def receipt_files(unit: Unit, year: int, outputs: Mapping[str, str]) -> list[dict[str, str]]:
    """A unit's receipt and returned workbook as they stand below the output folder: name, path and hash."""
    wanted = [f"{RECEIPTS}/{unit.code}{ending}" for ending in (".html", ".json", "-returned.xlsx")]
    return [
        {"name": path.rpartition("/")[2], "path": f"{year}/{path}", "sha256": outputs[path]}
        for path in wanted
        if path in outputs
    ]


def _kind(revision: Revision, cleared: bool) -> str:
    if revision.verdict.waiting:
        return "waiting"
    if revision.verdict.status is Status.QUARANTINED:
        return "unreadable"
    if revision.verdict.status is Status.RETURNED:
        return "returned"
    return "cleared" if cleared else "accepted"


def _lead(facts: Mapping[str, object], verdict: Verdict) -> str:
    if verdict.waiting:
        return f"{facts['verdict']} · 由主管部门核实来源，{facts['deadline']}"
    todo = "无须处理" if verdict.status is Status.ACCEPTED else f"{facts['to_fix']} 处需要处理 · {facts['deadline']}"
    return f"{facts['verdict']} · {todo}"


def _standing(unit: UnitYear, revision: Revision) -> Iterator[MessageBlock]:
    if said := standing_beside(unit.accepted, revision):
        yield MessageBlock("paragraph", said)


def _marked(facts: Mapping[str, object]) -> Iterator[MessageBlock]:
    if facts["marked"]:
        yield MessageBlock(
            "paragraph",
            f"请打开附件中退回的填报表 {facts['marked']}：每一处要改的格都已标出，"
            "第一张表“修改清单”逐条列明；直接在其中改好。",
        )


def _to_do(revision: Revision, year: int) -> Iterator[MessageBlock]:
    """Every open finding, as the receipt groups and says it; a long series of blanks is one item."""
    for section in said_of_file(revision.verdict, for_year(year)).sections:
        counted = "" if revision.verdict.waiting else f"{section.severity.word} {section.count} 处："
        yield MessageBlock("heading", f"{counted}{section.what_to_do}")
        yield from _items(section.severity, section.parts)


def _items(severity: Severity, parts: Iterable[FormPart]) -> Iterator[MessageBlock]:
    for part in parts:
        for line in part.lines:
            place = " ".join(word for word in (line.sheet, line.cells if line.sheet else "") if word)
            yield MessageBlock("item", line.message, severity.sign, place, line.hint)
