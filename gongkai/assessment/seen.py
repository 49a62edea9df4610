"""What a measure looked at, as JSON: each row, entry or place with its values, and whether it met what was asked.

A case of the register carries its clock, so that nobody need count working days a second time to check a line.
"""

from collections.abc import Iterator
from typing import Any

from gongkai.assessment.measurement import Measurement, Seen, Shortfall
from gongkai.assessment.subject import Subject
from gongkai.errors import CalendarError
from gongkai.law.clocks import judged_clock
from gongkai.national_format import for_year
from gongkai.submission.fields import lists
from gongkai.submission.form import Record
from gongkai.submission.inspection.entry import KIND_NAMES, InspectionEntry
from gongkai.submission.places import place
from gongkai.submission.value_words import plain_value, value_words

REGISTER = "register"


def seen_json(found: Measurement, subject: Subject, *, judged: bool) -> list[dict[str, Any]]:
    """Everything looked at in the order of the form; then what is missing, which is nowhere to be seen.

    `judged`: each case meets what is asked or does not; else all of them make one figure.
    """
    told: set[int] = set()
    listed = []
    for one in found.looked_at:
        short = [(number, lack) for number, lack in enumerate(found.cases) if _about(lack, one)]
        told |= {number for number, _ in short}
        why = "；".join(lack.text or lack.evidence.text for _, lack in short)
        listed.append({**_seen(one, subject), "met": not short if judged else None, "why": why or None})
    return [*listed, *(_lacking(lack) for number, lack in enumerate(found.cases) if number not in told)]


def _seen(one: Seen, subject: Subject) -> dict[str, Any]:
    if isinstance(one, Record):
        origin = one.origin()
        return {
            "name": _name(one),
            "where": f"{one.list}[{one.id}]",
            "file": subject.file,
            "sheet": origin.sheet,
            "cell": origin.cell,
            "values": dict(_values(one, subject)),
            **({"clock": _clock(one, subject)} if one.list == REGISTER else {}),
        }
    if isinstance(one, InspectionEntry):
        return {
            "name": one.id,
            "where": f"entries[{one.id}]",
            "file": one.file,
            "sheet": None,
            "cell": None,
            "values": dict(_entry_values(one)),
        }
    shown = subject.at_cell(one, "")
    named = place(one, for_year(subject.year))
    value = plain_value(subject.submission.value(one))
    return {
        "name": named,
        "where": one,
        "file": subject.file,
        "sheet": shown.sheet,
        "cell": shown.cell,
        "values": {"值": value},
    }


def _lacking(lack: Shortfall) -> dict[str, Any]:
    evidence = lack.evidence
    said = {"name": lack.text or evidence.text, "where": evidence.where, "file": evidence.file}
    cell: dict[str, Any] = {"sheet": evidence.sheet, "cell": evidence.cell, "values": {}}
    return {**said, **cell, "met": False, "why": lack.text or evidence.text}


def _about(lack: Shortfall, one: Seen) -> bool:
    """Whether a shortfall is one of this row, entry or place.

    A document that is interpreted badly is told at the place of its interpretation.
    """
    where = lack.evidence.where or ""
    if isinstance(one, Record):
        first, second = f"{one.list}[{one.id}].", f"interpretations[{one.id}]."
        return where.startswith(first) or (where.startswith(second) and one.list == "documents")
    if isinstance(one, InspectionEntry):
        return where == f"entries[{one.id}]"
    return where == one


def _values(record: Record, subject: Subject) -> Iterator[tuple[str, Any]]:
    """The row as the form's labels and printed words."""
    fields, national_format = lists()[record.list].fields, for_year(subject.year)
    for key, cell in record.cells.items():
        if cell.value is not None and key in fields:
            yield fields[key].label, value_words(cell.value, record.where(key), national_format, "")


def _entry_values(entry: InspectionEntry) -> Iterator[tuple[str, Any]]:
    yield "种类", KIND_NAMES[entry.kind]
    for label, value in (
        ("日期", entry.day),
        ("经办人", entry.by),
        ("检查数", entry.checked),
        ("合格数", entry.passed),
        ("整改期限", entry.due_on),
        ("办结日期", entry.closed_on),
        ("事由", entry.ground),
        ("理由", entry.reason),
        ("佐证", entry.evidence),
    ):
        if value is not None:
            yield label, value if isinstance(value, int) else str(value)


def _clock(case: Record, subject: Subject) -> dict[str, Any] | None:
    """From when, until when, and how many working days were used; None where no day is known to begin with."""
    try:
        clock = judged_clock(case, subject.days, subject.year, limits=subject.clock_limits)
    except CalendarError:
        return None
    if clock is None:
        return None
    return {
        "started_on": clock.started_on.isoformat(),
        "due_on": str(clock.due_on),
        "used": clock.used,
        "overdue_by": clock.overdue_by,
    }


def _name(record: Record) -> str:
    title = record["title"] or record["topic"] or record["item"]
    return f"{record.id} {title}" if title and str(title) != record.id else record.id
