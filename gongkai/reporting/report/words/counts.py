"""Facts that are counted over the units' lists; a list that nobody reported gives None, never zero.

The tables' figures stand in `facts`, what inspectors found in `inspected`, cases in `cases`.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from functools import partial

from gongkai.errors import CalendarError
from gongkai.law.limits import LIMITS
from gongkai.profile import WorkingDays
from gongkai.reporting.report.words.printed_facts import listed
from gongkai.reporting.report.words.sheet import Facts
from gongkai.reporting.report.words.traced_text import traced
from gongkai.submission.fields import lists
from gongkai.submission.form import Record, Submission


def list_facts(submissions: Sequence[Submission], year: int, days: WorkingDays) -> Mapping[str, Facts]:
    """Counts over the lists of a set of submissions, by the list they come from."""
    return {
        "documents": _documents(_Counter(submissions, year), days),
        "interpretations": _interpretations(_Counter(submissions, year), submissions),
        "responses": _responses(_Counter(submissions, year)),
        "catalogue": _catalogue(_Counter(submissions, year), submissions),
    }


class _Counter:
    """Counts records over submissions; None where no submission reports the list."""

    def __init__(self, submissions: Sequence[Submission], year: int) -> None:
        self._submissions = submissions
        self.year = year

    def of(self, name: str, keep: Callable[[Record], object] = lambda _record: True) -> int | None:
        reporting = [s for s in self._submissions if name in s.reported]
        return sum(bool(keep(r)) for s in reporting for r in s.records(name)) if reporting else None

    def published(self, kind: str, channel: str = "", keep: Callable[[Record], object] = lambda _: True) -> int | None:
        """Documents of a kind made public in the year; an older one, listed because it was repealed, is not."""
        return self.of(
            "documents",
            lambda r: (
                r["kind"] == kind
                and in_year(r["published_on"], self.year)
                and channel in (r["channel"] or "")
                and keep(r)
            ),
        )


def _documents(count: _Counter, days: WorkingDays) -> Facts:
    kinds = lists()["documents"].fields["kind"].choices or ()
    found: Facts = {f"published_{kind}": count.published(kind) for kind in kinds}
    of_office = ("government", "office")
    in_time = [count.published(kind, keep=lambda r: _in_time(r, days)) for kind in of_office]
    total = [count.published(kind) for kind in of_office]
    return found | {
        "normative_in_gazette": count.published("normative", channel="公报"),
        "papers": None if None in total else sum(n or 0 for n in total),
        "papers_in_time": None if None in in_time else sum(n or 0 for n in in_time),
    }


def _in_time(document: Record, days: WorkingDays) -> bool:
    """Whether a document was published within the law's time of its making; false where a day is not known."""
    made, published = document["made_on"], document["published_on"]
    if made is None or published is None or published < made:
        return False
    try:
        return days.between(made, published) <= LIMITS.publication
    except CalendarError:
        return False


def _interpretations(count: _Counter, submissions: Sequence[Submission]) -> Facts:
    field = lists()["interpretations"].fields["forms"]
    forms = field.choices if isinstance(field.choices, dict) else {}
    by_form = {form: count.of("interpretations", partial(_has, form)) for form in forms}
    return {
        "interpretations": count.of("interpretations"),
        "interpretation_forms": listed(
            [(forms[form], n, f"facts.interpretations.{form}") for form, n in by_form.items()], "件"
        ),
        "interpretation_ratings": ratings(
            (r["rating"] for s in submissions for r in s.records("interpretations")), "facts.interpretation_ratings"
        ),
    }


def _has(form: str, interpretation: Record) -> bool:
    return form in (interpretation["forms"] or ())


def _is(change: str, item: Record) -> bool:
    return bool(item["change"] == change)


def _responses(count: _Counter) -> Facts:
    return {
        "responses": count.of("responses"),
        "responses_answered": count.of("responses", lambda r: r["answered_on"]),
    }


def _catalogue(count: _Counter, submissions: Sequence[Submission]) -> Facts:
    changes = {change: count.of("catalogue", partial(_is, change)) for change in _CHANGES}
    return {
        "catalogue_items": count.of("catalogue", lambda r: r["change"] != "removed"),
        "catalogue_units": sum("catalogue" in s.reported for s in submissions) or None,
        "catalogue_changes": listed(
            [(word, changes[key], f"facts.catalogue_changes.{key}") for key, word in _CHANGES.items()], "项"
        ),
    }


_CHANGES = {"added": "新增", "changed": "调整", "removed": "取消"}


def in_year(moment: date | None, year: int) -> bool:
    """Whether a day is known and lies in the year."""
    return moment is not None and moment.year == year


def ratings(given: Iterable[str | None], path: str) -> str | None:
    """`1件获评“良好”`; None where nothing is rated. A figure's path is `path` and the rating's word."""
    rated = lists()["interpretations"].fields["rating"]
    found = Counter(rated.shown(rating) for rating in given if rating)
    return (
        "、".join(
            f"{traced(str(number), f'{path}.{rating}')}件获评“{rating}”" for rating, number in sorted(found.items())
        )
        or None
    )
