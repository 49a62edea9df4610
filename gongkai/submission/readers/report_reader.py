"""Reads a district's `report.json` (`gongkai/report/1`) as the submission of one unit of a city.

Tables and activities are read as of any unit; what else the city needs becomes the submission's `below`. The file gives
its district by name, which `inbox.named_unit` turns into a code. Nothing is judged here, not even a sum.
"""

from decimal import Decimal
from typing import Any

from gongkai.errors import FormatError
from gongkai.national_format import for_year
from gongkai.submission.fields import groups, lists
from gongkai.submission.form import Origin, Reading, ReceivedFile, State, Submission
from gongkai.submission.readers.json_parts import misshapen, quarantined, read_group, read_tables, unknown
from gongkai.submission.report_below import COUNTS, DRAFT, OWN_HASH, SCHEMA, ReportBelow, own_hash
from gongkai.submission.values.collector import Collector
from gongkai.submission.values.typed_values import printable, read_year, why_unseen

STATES = (DRAFT, "approved", "published", "corrected")
RATES = ("average_reply_working_days", "reply_shortening_percent", "requests_closed_on_time_percent")
# What a city takes from a report, and what it knows of one and does not need: both are no unknown keys.
_TAKEN = frozenset(
    {"schema", "year", "district", "as_of", "state", "published", "provisional", "tables", "activities"}
    | {"documents_by_kind", "indicators", "counts", "previous_year", "sources", "footnotes", OWN_HASH}
)
_LEFT = frozenset(
    {"basis_sha256", "approved", "adopted", "content_sha256", "lacks", "text", "to_do", "demonstration", "format"}
    | {"office", "units", "waivers"}
)
_REASON = "区里重新生成了全区报告"  # a program has no other: what changed stands in the report
EXPLANATIONS = "explanations"
_SHOWN = 12  # characters of a hash: as many as tell one from another
_OWN_PORTAL, _PUBLISHED_ON = "portal_items_district", "report_published_on"
_NOT_ADDED = "是该区县合并统计的数，不能相加，全市按各区县的门户网站条数汇总"


def read_report(file: ReceivedFile, document: dict[str, Any], unseen: list[str]) -> Reading:
    """Reads a parsed report; without a district or a year of its own it is nobody's.

    Args:
        file: the received file.
        document: its JSON object.
        unseen: keys that lost characters which nobody can see.
    """
    district, year = document.get("district"), read_year(document.get("year"))
    if not isinstance(district, str) or not district.strip():
        return quarantined(file, "SHAPE", "缺少区县名称（district）")
    if year.value is None:
        return quarantined(file, "SHAPE", "缺少年度（应为整数）")
    try:
        collector = Collector(for_year(year.value), year.value)
    except FormatError:
        return quarantined(file, "WRONG-YEAR", printable(str(year.value)))
    for key in unseen:
        collector.coercion("-", Origin(), printable(key), printable(key), why_unseen(key))
    _unaltered(collector, document)
    tables = _object(collector, document, "tables")
    read_tables(tables, collector)
    below = _below(collector, document, year.value)
    _explanations(collector, document.get("footnotes"))
    for key in document:
        if key in _LEFT:
            collector.unused(key, document[key])
        elif key not in _TAKEN:
            unknown(collector, key, document[key])
    submission = Submission(
        unit=printable(district.strip()),
        year=year.value,
        cells=tuple(collector.cells),
        reported=frozenset({EXPLANATIONS}) if document.get("footnotes") else frozenset(),
        has_tables=bool(tables),
        reason=_REASON,
        below=below,
    )
    return Reading(file, submission, tuple(collector.issues), tuple(collector.coercions), "json", SCHEMA)


def _unaltered(collector: Collector, document: dict[str, Any]) -> None:
    """Says that somebody changed what a program had written; a report of a program that writes no hash has none."""
    if (told := document.get(OWN_HASH)) is not None and told != (due := own_hash(document)):
        collector.issue("REPORT-ALTERED", OWN_HASH, observed=str(told)[:_SHOWN], expected=due[:_SHOWN])


def _below(collector: Collector, document: dict[str, Any], year: int) -> ReportBelow:
    """What stands beside tables and activities; the activities become cells on the way."""
    activities = dict(_object(collector, document, "activities"))
    if (own := activities.pop(_OWN_PORTAL, None)) is not None:
        collector.coercion(f"activities.{_OWN_PORTAL}", Origin(), printable(str(own)), None, _NOT_ADDED)
    if isinstance(published := document.get("published"), dict):  # the day that its publication was recorded for
        activities.setdefault(_PUBLISHED_ON, published.get("on"))
    read_group(groups()["activities"], activities, collector)
    state = document.get("state", DRAFT)
    if state not in STATES:
        collector.issue("SHAPE", "state", observed=str(state), expected="、".join(STATES))
        state = DRAFT
    indicators = _object(collector, document, "indicators")
    as_of = document.get("as_of")
    return ReportBelow.of(
        {
            "state": state,
            "provisional": document.get("provisional") is not False,
            "as_of": printable(as_of) if isinstance(as_of, str) else None,
            "counts": _counts(collector, document, indicators),
            "documents_by_kind": _by_kind(collector, _object(collector, document, "documents_by_kind")),
            "printed": {name: rate for name in RATES if (rate := _rate(collector, name, indicators.get(name)))},
            "previous": _previous(collector, document, year - 1),
            "sources": _sources(collector, _object(collector, document, "sources")),
        }
    )


def _explanations(collector: Collector, notes: Any) -> None:
    """What the district's own units have explained, as explanations: a query about the same place is explained too."""
    if not isinstance(notes, list | None):
        misshapen(collector, "footnotes", notes, "列表", "footnotes")
        return
    fields = lists()[EXPLANATIONS].fields
    for position, note in enumerate(notes or [], 1):
        if not isinstance(note, dict):
            misshapen(collector, f"footnotes[{position}]", note, "对象", "footnotes")
            continue
        for key, raw in {**note, "finding": note.get("rule")}.items():
            if key in fields and raw is not None:
                collector.list_field(EXPLANATIONS, position, str(position), fields[key], raw)


def _by_kind(collector: Collector, given: dict[str, Any]) -> dict[str, int]:
    known = lists()["documents"].fields["kind"].choices_in(collector.format)
    for kind in given:
        if kind not in known:
            unknown(collector, f"documents_by_kind.{kind}", given[kind])
    counted = {kind: _count(collector, f"documents_by_kind.{kind}", given.get(kind)) for kind in known}
    return {kind: number for kind, number in counted.items() if number is not None}


def _counts(collector: Collector, document: dict[str, Any], indicators: dict[str, Any]) -> dict[str, int] | None:
    """The integers behind the averages, all of them or none; reports that give three mean that no case is open late."""
    given = _object(collector, document, "counts")
    closed = given.get("closed")
    otherwise = {"all_closed": indicators.get("requests_closed", closed), "open_late": 0}
    found = {key: _count(collector, f"counts.{key}", given.get(key, otherwise.get(key))) for key in COUNTS}
    known = {key: number for key, number in found.items() if number is not None}
    if len(known) < len(COUNTS):
        return None
    for key in ("closed", "closed_on_time"):  # else a city's share in time were above a hundred per cent
        if known[key] > (most := known["all_closed"]):
            collector.issue("SHAPE", f"counts.{key}", observed=str(known[key]), expected=f"不大于全部办结件数 {most}")
    return known


def _count(collector: Collector, where: str, raw: Any) -> int | None:
    """An integer that is not negative; None is not known."""
    if raw is None or (type(raw) is int and raw >= 0):
        return raw
    collector.issue("SHAPE", where, observed=printable(str(raw)), expected="不小于 0 的整数")
    return None


def _rate(collector: Collector, name: str, raw: Any) -> str | None:
    if raw is None:
        return None
    number = _decimal(raw)
    if number is None:
        collector.issue("SHAPE", f"indicators.{name}", observed=printable(str(raw)), expected="数字")
    return None if number is None else format(number, "f")


def _previous(collector: Collector, document: dict[str, Any], year: int) -> dict[str, int | str]:
    """Last year's figures, read in last year's format; what cannot be read of them is said of this report."""
    given = document.get("previous_year")
    if given is None:
        return {}
    if not isinstance(given, dict):
        misshapen(collector, "previous_year", given, "对象", "previous_year")
        return {}
    try:
        last = Collector(for_year(year), year)
    except FormatError:
        return {}
    read_tables(_object(collector, given, "tables"), last)
    collector.issues += last.issues
    collector.coercions += last.coercions
    return {
        f"{cell.table}.{cell.row}.{cell.column}": _plain(cell.value) for cell in last.cells if cell.state is State.VALUE
    }


def _sources(collector: Collector, given: dict[str, Any]) -> dict[str, list[list[int | str]]]:
    """`<table>.<row>.<column>` → unit, revision and value of each source; a place that is none of ours is told."""
    found: dict[str, list[list[int | str]]] = {}
    for where, listed in given.items():
        if not collector.format.has(where):
            unknown(collector, f"sources.{where}", listed)
            continue
        read = [_source(one) for one in listed] if isinstance(listed, list) else [None]
        known = [one for one in read if one is not None]
        if len(known) < len(read):
            collector.issue("SHAPE", where, observed="sources 中的来源", expected="单位、版次和数值")
        found[where] = known
    return found


def _source(one: Any) -> list[int | str] | None:
    if not isinstance(one, dict) or not isinstance(one.get("unit"), str) or type(one.get("revision")) is not int:
        return None
    value = _decimal(one.get("value"))
    return None if value is None else [printable(one["unit"]), one["revision"], _plain(value, one["value"])]


def _object(collector: Collector, holder: dict[str, Any], key: str) -> dict[str, Any]:
    """An object of the report; an empty one, with what is to be said, where something else stands."""
    found = holder.get(key)
    if found is None or isinstance(found, dict):
        return found or {}
    misshapen(collector, key, found, "对象", key)
    return {}


def _decimal(raw: Any) -> Decimal | None:
    """A JSON number, or one in a text as the contract writes money."""
    if isinstance(raw, bool) or not isinstance(raw, int | Decimal | str):
        return None
    try:
        number = Decimal(raw)
    except ArithmeticError:
        return None
    return number if number.is_finite() else None


def _plain(value: int | Decimal, raw: Any = None) -> int | str:
    """A count as a JSON integer, an exact number as text."""
    return int(value) if isinstance(value, int) or type(raw) is int else format(value, "f")
