"""Counts what is found of people and what harmless text is accused, form by form.

A text is read as every reader reads one (`read_value`), once as a case's subject (a text about an applicant) and once
as another text of a submission. Of personal data any finding counts; of harmless text an error is counted apart.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from gongkai.submission.privacy.personal_data import by_rule
from gongkai.submission.values.typed_values import read_value
from tests.quality.personal_draw import FILES, Form, forms

PLACES = {True: "a case's subject", False: "another text"}
ERROR, QUERY = "PERSONAL-DATA", "PERSONAL-SUSPECT"


@dataclass(frozen=True)
class FormOutcome:
    """How often a form's texts were found as an error, or else as a query, among how many."""

    which: str
    form: Form
    people: bool
    drawn: int
    errors: int
    queries: int

    @property
    def found(self) -> int:
        return self.errors + self.queries


def judged(seed: int, count: int) -> Iterator[FormOutcome]:
    """Every form of both files in both places, so many texts each."""
    for which in FILES:
        for form in forms(which):
            for people in PLACES:
                said = [_rules(text, people) for text in form.drawn(seed, count)]
                errors = sum(ERROR in rules for rules in said)
                queries = sum(rules == {QUERY} for rules in said)
                yield FormOutcome(which, form, people, count, errors, queries)


def _rules(text: str, people: bool) -> set[str]:
    return set(by_rule(read_value(text, "text", None, people).personal))
