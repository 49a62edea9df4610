"""The tables of personal data on docs/quality.md: what is found and what harmless text is accused, kind by kind."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from tests.quality.personal import PLACES, FormOutcome
from tests.quality.personal_draw import FILES
from tests.quality.tally import share

_COLUMNS = [(which, people) for which in FILES for people in PLACES]


def personal_section(outcomes: Sequence[FormOutcome]) -> Mapping[str, Any]:
    """What the page says about people's data and about harmless text."""
    people = [one for one in outcomes if one.form.personal]
    harmless = [one for one in outcomes if not one.form.personal]
    return {
        "texts": sum(one.drawn for one in outcomes),
        "columns": [f"{which}: {PLACES[place]}" for which, place in _COLUMNS],
        "found": _rows(people, lambda one: one.found),
        "certain": _totals(people, lambda one: one.errors),
        "accused": _rows(harmless, lambda one: one.found),
        "errors": _totals(harmless, lambda one: one.errors),
        "forms": _forms(harmless),
    }


def _rows(outcomes: Sequence[FormOutcome], count: Any) -> list[tuple[str, list[str]]]:
    """Every kind of form and all together: the share in each column."""
    kinds = dict.fromkeys(one.form.kind for one in outcomes)
    rows = [(kind, _totals([one for one in outcomes if one.form.kind == kind], count)) for kind in kinds]
    return [*rows, ("**all**", _totals(outcomes, count))]


def _totals(outcomes: Iterable[FormOutcome], count: Any) -> list[str]:
    own = [[one for one in outcomes if (one.which, one.people) == column] for column in _COLUMNS]
    return [share(sum(map(count, column)), sum(one.drawn for one in column)) for column in own]


def _forms(outcomes: Sequence[FormOutcome]) -> list[str]:
    """In each column, how many of the forms were accused at least once."""
    own = [[one for one in outcomes if (one.which, one.people) == column] for column in _COLUMNS]
    return [f"{sum(one.found > 0 for one in column)} of {len(column)}" for column in own]
