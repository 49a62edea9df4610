"""Reads the office's own input (`gongkai/inspection/1`): what inspectors found, decided and granted.

Strict, entry by entry: an entry that cannot be understood is left out and reported, and never costs another
one. What an entry must and may carry is in `entry_needs`; what it does to a score is `gongkai.assessment`.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from gongkai.findings import Coercion, ReadingIssue, Scalar
from gongkai.profile import Profile
from gongkai.submission.form import State
from gongkai.submission.inspection.entry import SCHEMA, InspectionEntry
from gongkai.submission.inspection.entry_checks import DUPLICATE, INCOMPLETE, check
from gongkai.submission.inspection.entry_draft import EntryDraft, Fault, shown
from gongkai.submission.inspection.entry_needs import TYPES
from gongkai.submission.inspection.naming import as_codes
from gongkai.submission.inspection.office_row import OfficeRow
from gongkai.submission.privacy.personal_data import by_rule, kinds_in
from gongkai.submission.readers.strict_json import parse_json
from gongkai.submission.values.numbers import Read
from gongkai.submission.values.typed_values import expected_form, read_value, read_year

_WHICH = ("id", "unit", "kind")
_NEEDED = "每条录入须写明“编号”、“单位”、“种类”、“经办人”、“日期”"


@dataclass(frozen=True)
class InspectionReading:
    """What a file of the office says.

    Attributes:
        entries: the entries that could be understood, in the order of the file.
        issues: what a rule speaks about; each names `entries[<id or position>].<key>`.
        coercions: readings that were not the plain value.
        form: what stands on the rows of a workbook, so that it can be given back; None of a file that is none.
        document: the bytes of the district's report as somebody edited it in Word; it enters nothing and is compared.
    """

    entries: tuple[InspectionEntry, ...]
    issues: tuple[ReadingIssue, ...] = ()
    coercions: tuple[Coercion, ...] = ()
    form: tuple[OfficeRow, ...] | None = None
    document: bytes | None = None


def read_inspection(data: bytes, profile: Profile, year: int) -> InspectionReading:
    """Reads the bytes of an inspection file.

    Args:
        data: the file.
        profile: whose units and indicators an entry may name.
        year: the report year; a file of another year is not taken at all.

    Returns:
        The entries that can be used and what is to be said of the others; never raises for what the file says.
    """
    try:
        document = parse_json(data)
    except ValueError as refusal:
        return nothing("SHAPE", str(refusal))
    found = document.get("schema") if isinstance(document, dict) else None
    if found != SCHEMA:
        return nothing("WRONG-TEMPLATE", shown(found) if isinstance(found, str) else None, SCHEMA)
    if read_year(document.get("year")).value != year:
        return nothing("WRONG-YEAR", shown(document.get("year")), year, "year")
    listed = document.get("entries")
    if not isinstance(listed, list):
        return nothing("SHAPE", shown(listed), "检查记录的列表", "entries")
    unknown = [key for key in document if key not in ("schema", "year", "entries")]
    issues = [ReadingIssue(rule="UNKNOWN-KEY", where=shown(key), observed=None) for key in unknown]
    issues += [
        ReadingIssue(rule=rule, where=shown(key), observed="、".join(kinds))
        for key in unknown
        for rule, kinds in by_rule(kinds_in((key, document[key]))).items()
    ]
    drafts = [_read_entry(raw, position) for position, raw in enumerate(listed, 1)]
    read = entries_of(drafts, profile, year)
    return InspectionReading(read.entries, (*issues, *read.issues), read.coercions)


def entries_of(drafts: Iterable[EntryDraft], profile: Profile, year: int) -> InspectionReading:
    """The entries that drafts become, whatever the form of the file: names as codes, each checked, an id used once."""
    issues: list[ReadingIssue] = []
    coercions: list[Coercion] = []
    entries: dict[str, InspectionEntry] = {}
    for draft in drafts:
        for key in _WHICH:
            if key not in draft.values and draft.usable:
                draft.leave_out(Fault(INCOMPLETE, key, "空白", ""), _NEEDED)
        if draft.usable:
            as_codes(draft, profile, year)
            check(draft, profile, year)
        if draft.usable and draft.values["id"] in entries:
            draft.leave_out(Fault(DUPLICATE, "id", draft.values["id"], "在本文件中已经用过"))
        issues += draft.issues
        coercions += draft.coercions
        if draft.usable:
            entries[draft.values["id"]] = InspectionEntry(**draft.values)
    return InspectionReading(tuple(entries.values()), tuple(issues), tuple(coercions))


def _read_entry(raw: Any, position: int) -> EntryDraft:
    given = raw.get("id") if isinstance(raw, dict) else None
    entry = EntryDraft(shown(given).strip() if isinstance(given, str | int) and str(given).strip() else str(position))
    if not isinstance(raw, dict):
        entry.refuse("", shown(raw), "一条检查记录（对象）")
        _personal(entry, "", kinds_in(raw))
        return entry
    for key, value in raw.items():
        if key in TYPES:
            _read_key(entry, key, value)
        else:
            entry.note("UNKNOWN-KEY", shown(key), shown(value))
            _personal(entry, shown(key), kinds_in((key, value)))
    return entry


def _read_key(entry: EntryDraft, key: str, raw: Any) -> None:
    if TYPES[key] == "text" and not isinstance(raw, str | int | None):
        read = Read(None, State.UNREADABLE, personal=kinds_in(raw))
    else:
        read = read_value(raw, TYPES[key])
    _personal(entry, key, read.personal)
    fraction = TYPES[key] == "integer" and isinstance(read.value, Decimal)
    if read.state in (State.UNREADABLE, State.NOT_APPLICABLE) or fraction:
        entry.refuse(key, shown(raw), expected_form(TYPES[key]))
    elif read.state is State.VALUE:
        entry.values[key] = read.value
        if read.why:
            entry.coerce(key, read.raw or "", read.value, read.why)


def _personal(entry: EntryDraft, key: str, found: Sequence[str]) -> None:
    for rule, kinds in by_rule(found).items():
        entry.note(rule, key, "、".join(kinds))


def nothing(rule: str, observed: Scalar, expected: Scalar = None, where: str = "-") -> InspectionReading:
    """A file of which nothing can be taken, and why."""
    return InspectionReading((), (ReadingIssue(rule=rule, where=where, observed=observed, expected=expected),))
