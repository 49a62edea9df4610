"""Everything that a unit can do better in what it reports, one step at a time: no step may cost it a point.

The steps are of the contract's JSON. A step that would contradict the rest of the row (answered before it came in) is
not drawn.
"""

from collections.abc import Callable, Iterator
from copy import deepcopy
from datetime import date, timedelta
from typing import Any

Said = dict[str, Any]
Row = dict[str, Any]
_LATE = "2021-12-28"


def better(said: Said) -> Iterator[tuple[str, Said]]:
    """Each with its name: the same report with one thing done better."""
    for name, row_better in _ROWS.items():
        for at, row in enumerate(said[name]):
            for how, changed in row_better(row):
                rows = [*said[name][:at], {**row, **changed}, *said[name][at + 1 :]]
                yield f"{name}[{at}] {how}", _moved_along({**said, name: rows}, row, changed)
    yield from _interpreted(said)
    for key, value in said["activities"].items():
        for more in _figure(key, value, said["activities"]):
            yield f"{key} {more}", {**said, "activities": {**said["activities"], key: more}}
    yield (
        "one area more",
        {**said, "catalogue": [*said["catalogue"], {"area": "25", "item": "新", "updated_on": _LATE}]},
    )
    for kind, row in said["tables"]["disputes"].items():
        if row["corrected"]:
            less = deepcopy(said)
            less["tables"]["disputes"][kind]["corrected"] -= 1
            yield f"{kind} one corrected less", less


def _moved_along(said: Said, before: Row, changed: Row) -> Said:
    """A document that comes out sooner takes its interpretations with it: they are to be in step with it."""
    was, now = before.get("published_on"), changed.get("published_on")
    if not was or not now:
        return said
    sooner = date.fromisoformat(was) - date.fromisoformat(now)
    readings = [
        {**one, "published_on": (date.fromisoformat(one["published_on"]) - sooner).isoformat()}
        if one["document_number"] == before["number"] and one["published_on"]
        else one
        for one in said["interpretations"]
    ]
    return {**said, "interpretations": readings}


def _interpreted(said: Said) -> Iterator[tuple[str, Said]]:
    """One document more interpreted: late and in one form, or at once and in two; and one more form of each."""
    done = {one["document_number"] for one in said["interpretations"]}
    for paper in said["documents"]:
        for how, day, forms in (
            ("late", _LATE, ["text"]),
            ("at once", paper["published_on"] or _LATE, ["text", "video"]),
        ):
            if paper["number"] not in done or how == "late":  # a second, late one of an interpreted document, too
                more = {"document_number": paper["number"], "published_on": day, "forms": forms}
                yield (
                    f"{paper['number']} interpreted {how}",
                    {**said, "interpretations": [*said["interpretations"], more]},
                )


def _sooner(row: Row, key: str, since: str | None) -> Iterator[tuple[str, Row]]:
    """A day earlier, and on the day itself."""
    if row.get(key) and since and row[key] > since:
        yield f"{key} a day earlier", {key: (date.fromisoformat(row[key]) - timedelta(days=1)).isoformat()}
        yield f"{key} at once", {key: since}


def _case(row: Row) -> Iterator[tuple[str, Row]]:
    """Answered sooner, or at last: an overdue one before the end of the year."""
    begun = max(day for key in ("received_on", "fee_paid_on", "correction_received_on") if (day := row.get(key)))
    for how, changed in _sooner(row, "replied_on", begun):
        yield how, {**changed, "archived_on": row["archived_on"] and changed["replied_on"]}
    if row["replied_on"] is None and row["received_on"] < "2021-10-15":  # overdue by any clock: extended, paused, paid
        answered = {"replied_on": _LATE, "outcome": "granted", "archived_on": _LATE}
        yield "answered at last", answered
        yield "answered soon after", {**answered, "replied_on": "2021-12-01"}


def _document(row: Row) -> Iterator[tuple[str, Row]]:
    began = row.get("approved_on") or row["made_on"]
    yield from _sooner(row, "published_on", began)
    if row["published_on"] is None:
        yield "published at last", {"published_on": _LATE}
    for key in ("elements_complete", "validity_marked"):
        if not row[key]:
            yield f"{key}", {key: True}


def _response(row: Row) -> Iterator[tuple[str, Row]]:
    return _sooner(row, "answered_on", row["raised_on"])


def _item(row: Row) -> Iterator[tuple[str, Row]]:
    yield from _sooner(row, "changed_on", row.get("source_changed_on"))
    if not row.get("updated_on"):
        yield "updated", {"updated_on": _LATE}


def _figure(key: str, value: Any, beside: Row) -> Iterator[Any]:
    if key == "guide_updated_on":
        yield _LATE
    if (key == "rules_in_place" and value < 4) or (key == "training_attendees" and value < beside["training_expected"]):
        yield value + 1
    if key == "training_sessions":
        yield value + 1


_ROWS: dict[str, Callable[[Row], Iterator[tuple[str, Row]]]] = {
    "register": _case,
    "documents": _document,
    "responses": _response,
    "catalogue": _item,
}
