"""The `lists` frame: one row a record of the lists that are no register (documents, interpretations, catalogue …).

Each rule compares two numbers of one record. What a list as a whole says against the tables is in `figures`.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import partial

from expectations.frames import dates
from expectations.frames.lists import catalogue_items, interpretations, stock
from expectations.frames.shapes import (
    NO_LAST_YEAR,
    Checked,
    ComparedValues,
    Facts,
    Frame,
    NotEvaluated,
    SubmissionUnderCheck,
    describe_measured,
)
from expectations.frames.unknown_days import UnknownDays
from expectations.ruleset import RuleSet
from gongkai.law.clocks import IN_FORCE_FROM
from gongkai.profile import WorkingDays
from gongkai.submission.form import Record
from gongkai.submission.values.choices import squeezed
from gongkai.submission.values.document_number import document_number

_DATED = ("documents", "interpretations", "responses", "catalogue")


def build(
    entries: Sequence[SubmissionUnderCheck], days: WorkingDays, areas: Mapping[str, str], rules: RuleSet
) -> Frame:
    """The rows of all entries, list by list.

    Args:
        entries: the submissions.
        days: the profile's working days.
        areas: number → name of every pilot area; a district without areas has none that could be unknown.
        rules: the limits.
    """
    published = rules.limit("DOC-LATE", "published")
    unknown = UnknownDays()
    rows = [row for entry in entries for row in _rows(entry, days, areas, published, unknown)]
    planned = sum(entry.submission.rows_of_lists[name] for entry in entries for name in _DATED)
    not_evaluated = [one for entry in entries for one in _not_evaluated(entry)]
    return Frame("lists", rows, planned, describe_measured, [*not_evaluated, *unknown.not_evaluated()])


def _not_evaluated(entry: SubmissionUnderCheck) -> Iterator[NotEvaluated]:
    if entry.previous is None and entry.submission.records("documents"):
        yield NotEvaluated(entry.key, "DOC-REPEALED", NO_LAST_YEAR)
    yield from interpretations.not_evaluated(entry)


def _rows(
    entry: SubmissionUnderCheck,
    days: WorkingDays,
    areas: Mapping[str, str],
    published: int,
    unknown: UnknownDays,
) -> Iterator[Checked]:
    own = {
        "documents": _documents(entry, days, published, unknown),
        "interpretations": interpretations.check(entry),
        "catalogue": catalogue_items.check(entry, areas),
    }
    for name in _DATED:
        for record in entry.submission.records(name):
            measured = {"LIST-DATES": dates.check(record, entry.received_on)}
            yield Checked(entry.key, measured | own.get(name, {}).get(record.position, {}))


def _documents(
    entry: SubmissionUnderCheck, days: WorkingDays, published: int, unknown: UnknownDays
) -> Mapping[int, dict[str, ComparedValues]]:
    found: dict[int, dict[str, ComparedValues]] = {}
    interpreted = {document_number(i["document_number"]) for i in entry.submission.records("interpretations")}
    listed = "interpretations" in entry.submission.reported
    gone = stock.repealed_before(entry)
    documents = entry.submission.records("documents")
    rows = _rows_of(documents)
    for document in documents:
        measured = found[document.position] = {}
        if len(same := rows.get(_named(document), ())) > 1 and same[0] == document.position:
            measured["DOC-DUPLICATE"] = ComparedValues(len(same), 1, partial(_twice, document, same))
        if dates.sound(document, entry.received_on):
            with unknown.noted(entry.key, "DOC-LATE", document.id):
                measured |= _publication(document, entry.submission.year, days, published)
        if document["repealed_on"] is not None and (before := gone.get(document_number(document["number"]))):
            again = int(document["repealed_on"].year == entry.submission.year)
            measured["DOC-REPEALED"] = ComparedValues(again, 0, partial(_repealed, entry, document, before))
        if listed and document["needs_interpretation"] is True and document["number"] is not None:
            has = int(document_number(document["number"]) in interpreted)
            measured["INTERPRETATION-MISSING"] = ComparedValues(has, 1, partial(_uninterpreted, document))
    return found


def _named(document: Record) -> tuple[str, str]:
    """What makes a document the same as another: number and title, however they are written."""
    return document_number(document["number"]), squeezed(document["title"] or "")


def _rows_of(documents: Sequence[Record]) -> Mapping[tuple[str, str], Sequence[int]]:
    """Number and title → the rows that have them; without either no document is known again."""
    rows: dict[tuple[str, str], list[int]] = {}
    for document in documents:
        if document["number"] is not None and document["title"] is not None:
            rows.setdefault(_named(document), []).append(document.position)
    return rows


def _twice(document: Record, rows: Sequence[int]) -> Facts:
    return Facts(
        where=document.where("number"),
        observed=len(rows),
        expected=1,
        difference=len(rows) - 1,
        origin=document.origin("number"),
        values={"title": document["title"], "number": document.id, "positions": "、".join(map(str, rows))},
    )


def _publication(document: Record, year: int, days: WorkingDays, limit: int) -> dict[str, ComparedValues]:
    """DOC-LATE and DOC-EARLY of a document made or published in the report year; an older one was judged in its own."""
    made, published = document["made_on"] or document["approved_on"], document["published_on"]
    if made is None or published is None or year not in (made.year, published.year):
        return {}
    natural = (published - made).days
    if natural <= limit or published < IN_FORCE_FROM:
        used, counted = max(natural, 0), False
    elif natural > 4 * limit + 60:  # calendar days that hold more than the limit under any arrangement
        used, counted = natural, False
    else:
        used, counted = days.between(made, published), True
    described = partial(_late, document, made, published, limit, used, counted)
    measured = {"DOC-LATE": ComparedValues(used, limit, described)}
    if document["made_on"] is not None:  # what is approved later may be published as a draft before
        measured["DOC-EARLY"] = ComparedValues(max(-natural, 0), 0, partial(_early, document, -natural))
    return measured


def _late(document: Record, made: date, published: date, limit: int, used: int, counted: bool) -> Facts:
    """A span that was not counted in working days is given in calendar days, and no difference is drawn from it."""
    over = used - limit
    described = f"{used} 个工作日" if counted else f"{used} 天"
    return Facts(
        where=document.where("published_on"),
        observed=used if counted else described,
        expected=limit,
        difference=over if counted else None,
        cells=(document.where("published_on"), document.where("made_on")),
        origin=document.origin("published_on"),
        values={
            "title": document["title"] or document.id,
            "number": document.id,
            "made": made,
            "published": published,
            "used": described,
            "over": over if counted else None,
            "difference": over,  # catalogues that a locked year keeps ask for it
        },
    )


def _early(document: Record, days: int) -> Facts:
    return Facts(
        where=document.where("published_on"),
        observed=document["published_on"],
        expected=document["made_on"],
        difference=days,
        cells=(document.where("published_on"), document.where("made_on")),
        origin=document.origin("published_on"),
        values={"title": document["title"] or document.id, "number": document.id},
    )


def _repealed(entry: SubmissionUnderCheck, document: Record, before: date) -> Facts:
    return Facts(
        where=document.where("repealed_on"),
        observed=document["repealed_on"],
        expected=before,
        origin=document.origin("repealed_on"),
        values={
            "title": document["title"] or document.id,
            "number": document.id,
            "last_report": entry.last_report,
        },
    )


def _uninterpreted(document: Record) -> Facts:
    return Facts(
        where=document.where("needs_interpretation"),
        origin=document.origin("needs_interpretation"),
        values={"title": document["title"] or document.id, "number": document.id},
    )
