"""Dates that cannot be: before there was anything to date, after the file came in, or in an impossible order.

Decided without a calendar, because whoever counts working days afterwards must be able to trust every date.
What is in order but late is the business of `cases` and `lists`.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import cache, partial
from typing import NamedTuple

from expectations.frames.shapes import ComparedValues, Facts
from gongkai.law.clocks import IN_FORCE_FROM
from gongkai.submission.fields import lists
from gongkai.submission.form import Record

FOUNDED = date(1949, 10, 1)
# Pairs of fields: the second never lies before the first. An answer is compared with the receipt too, because the
# asking may not be filled in; not a third party's, which may have been on file before.
REQUEST_ORDER = (
    ("received_on", "clock_started_on"),
    ("received_on", "reviewed_on"),
    ("received_on", "assigned_on"),
    ("received_on", "correction_asked_on"),
    ("received_on", "correction_received_on"),
    ("received_on", "third_party_asked_on"),
    ("received_on", "consulted_on"),
    ("received_on", "consulted_answered_on"),
    ("received_on", "extension_notified_on"),
    ("received_on", "fee_notified_on"),
    ("received_on", "fee_paid_on"),
    ("received_on", "replied_on"),
    ("received_on", "archived_on"),
    ("correction_asked_on", "correction_received_on"),
    ("third_party_asked_on", "third_party_answered_on"),
    ("consulted_on", "consulted_answered_on"),
    ("fee_notified_on", "fee_paid_on"),
    ("clock_started_on", "replied_on"),
    ("correction_asked_on", "replied_on"),
    ("correction_received_on", "replied_on"),
    ("third_party_asked_on", "replied_on"),
    ("consulted_on", "replied_on"),
    ("extension_notified_on", "replied_on"),
    ("replied_on", "archived_on"),
)
DISPUTE_ORDER = (("filed_on", "closed_on"),)
_ORDERS: Mapping[str, Sequence[tuple[str, str]]] = {
    "register": REQUEST_ORDER,
    "disputes_register": DISPUTE_ORDER,
    "documents": (("made_on", "repealed_on"),),
    "responses": (("raised_on", "answered_on"),),
}
# Register → the dates on which a case of it came in and was closed.
_SPANS = {"register": ("received_on", "replied_on"), "disputes_register": ("filed_on", "closed_on")}
_OF_REQUESTS = frozenset(_SPANS)


class _DateFault(NamedTuple):
    """One impossible date: its field, the date it cannot be beyond, and the clause that says so."""

    field: str
    bound: date
    clause: str
    fields: tuple[str, ...]


def check(record: Record, received_on: date) -> ComparedValues:
    """The number of impossible dates of a record against none. Works on any list that has dates."""
    faults = list(_faults(record, received_on))
    return ComparedValues(len(faults), 0, partial(_describe, record, faults))


def sound(record: Record, received_on: date) -> bool:
    """Whether every date of the record is possible: only then may a clock be read."""
    return next(_faults(record, received_on), None) is None


def outside(case: Record, year: int) -> str | None:
    """The date that puts a case of either register out of the year: closed before it, or come in after it."""
    came_in, closed = _SPANS[case.list]
    if case[closed] is not None and case[closed].year < year:
        return closed
    return came_in if case[came_in] is not None and case[came_in].year > year else None


@cache
def date_fields(name: str) -> frozenset[str]:
    """The fields of a list that hold a date."""
    return frozenset(field.key for field in lists()[name].fields.values() if field.type == "date")


def _faults(record: Record, received_on: date) -> Iterator[_DateFault]:
    first = IN_FORCE_FROM if record.list in _OF_REQUESTS else FOUNDED
    fields = date_fields(record.list)
    dates = {key: cell.value for key, cell in record.cells.items() if key in fields}
    beyond = set()
    for key, day in dates.items():
        if first <= day <= received_on:
            continue
        if day < first:
            beyond.add(key)
            why = "《政府信息公开条例》施行之日" if first is IN_FORCE_FROM else "可能的最早日期"
            yield _DateFault(key, first, f"{_named(record, key)} {day} 早于{why} {first}", (key,))
        else:
            beyond.add(key)
            yield _DateFault(
                key, received_on, f"{_named(record, key)} {day} 晚于本文件的收到日期 {received_on}", (key,)
            )
    for earlier, later in _ORDERS.get(record.list, ()):
        if later not in dates or earlier not in dates or dates[earlier] <= dates[later]:
            continue
        if earlier not in beyond and later not in beyond:
            clause = f"{_named(record, later)} {dates[later]} 早于{_named(record, earlier)} {dates[earlier]}"
            yield _DateFault(later, dates[earlier], clause, (later, earlier))


def _named(record: Record, key: str) -> str:
    return lists()[record.list].fields[key].label


def _describe(record: Record, faults: Sequence[_DateFault]) -> Facts:
    first = faults[0]
    return Facts(
        where=record.where(first.field),
        observed=record[first.field],
        expected=first.bound,
        difference=abs((record[first.field] - first.bound).days),
        cells=tuple(dict.fromkeys(record.where(key) for fault in faults for key in fault.fields)),
        origin=record.origin(first.field),
        values={
            "list": lists()[record.list].label,
            "case": record.id,
            "faults": "；".join(fault.clause for fault in faults),
        },
    )
