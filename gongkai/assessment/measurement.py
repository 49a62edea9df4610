"""What a measure answers: the measurement, and the few ways to build one (a rate, a figure, a count, an absent list).

What is measured stands in `gongkai.assessment.measures`, of whom in `subject`, what points it gives in `derivation`.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import NamedTuple

from gongkai.assessment.scorecard import Evidence
from gongkai.assessment.subject import Subject
from gongkai.submission.form import Record
from gongkai.submission.inspection.entry import InspectionEntry


class Asked(NamedTuple):
    """Which indicator asks a measure, with which limits of the scheme, and about which kind of problem."""

    indicator: str
    limits: Mapping[str, int]
    ground: str | None = None


class Shortfall(NamedTuple):
    """One case that did not earn its points: a Chinese clause, and where it can be seen.

    `kind`: what it is a case of, as somebody named it (the rule of a finding, the item of an inspection); empty where
    nobody did.
    """

    text: str
    evidence: Evidence
    kind: str = ""


Seen = Record | InspectionEntry | str
"""Something that a measure looked at: a list's row, an entry of the office, or a place in tables and activities."""


@dataclass(frozen=True)
class Measurement:
    """The answer of one measure.

    Attributes:
        applicable: false leaves the part out; `note` says why.
        numerator, denominator: the counts that stand beside the value; None where there are none.
        value: a rate between 0 and 1, or a figure that the scheme's scale turns into one; None for a count.
        sentence: what is missing, with counts and without cases: `7 件中 1 件逾期`.
        cases: every case that lost something.
        note: said on the line whether points were lost or not.
        scale_free: the value is a rate already, whatever scale the part has (an absent list: 0).
        counter: the measure word of a count.
        forfeits: nothing can be counted, so that all points of the indicator are lost.
        looked_at: everything that was counted, whether it earned its points or not.
        remedy: what has to be handed in before anything else helps; empty where nothing is missing.
        nothing: there is none of what is measured, and the unit says so: a scheme may count that as full.
    """

    applicable: bool
    numerator: Fraction | None = None
    denominator: Fraction | None = None
    value: Fraction | None = None
    sentence: str = ""
    cases: tuple[Shortfall, ...] = ()
    note: str | None = None
    scale_free: bool = False
    counter: str = "件"
    forfeits: bool = False
    looked_at: tuple[Seen, ...] = ()
    nothing: bool = False
    remedy: str = ""

    @property
    def count(self) -> Fraction:
        """How many cases a deduction takes points for."""
        return self.numerator or Fraction(0)


Measure = Callable[[Subject, Asked], Measurement]

HAND_IN = "请先报送年度报告并得到受理。"
DECLARED_NONE = "列入抽查"
"""What stands on a line that is not applicable because the unit declared that there is nothing."""


def not_applicable(note: str) -> Measurement:
    """The unit has no such business, or nobody looked."""
    return Measurement(applicable=False, note=note)


def declared_none(what: str) -> Measurement:
    """The unit declared that there is nothing in a list: not applicable, and to be looked into."""
    return Measurement(applicable=False, note=f"申明没有{what}，{DECLARED_NONE}", nothing=True)


def absent(what: str, evidence: Evidence, shown: str = "") -> Measurement:
    """A list that was not reported: 0 points (scheme: `absent_list`); `shown` is what tells that there is something."""
    return Measurement(
        applicable=True,
        value=Fraction(0),
        sentence=f"{shown}，但没有报送{what}，按 0 分计" if shown else f"{what}未报，按 0 分计",
        cases=(Shortfall("", evidence),),
        scale_free=True,
        remedy=f"请补报{what}，没有相应事项的申明为无。",
    )


def forfeited(sentence: str, evidence: Evidence, remedy: str = "") -> Measurement:
    """Nothing was handed in that cases could be counted in: the indicator earns 0."""
    cases = (Shortfall("", evidence),)
    return Measurement(applicable=True, sentence=sentence, cases=cases, forfeits=True, remedy=remedy)


def rate(
    passed: int,
    of: int,
    fault: str,
    cases: Sequence[Shortfall],
    nothing: str,
    counter: str = "件",
    looked_at: Iterable[Seen] = (),
) -> Measurement:
    """`passed` of `of`; without a denominator not applicable, for the reason `nothing`."""
    if of == 0:
        return Measurement(applicable=False, note=nothing, nothing=True)
    sentence = f"{of} {counter}中 {of - passed} {counter}{fault}" if passed < of else ""
    return Measurement(
        applicable=True,
        numerator=Fraction(passed),
        denominator=Fraction(of),
        value=Fraction(passed, of),
        sentence=sentence,
        cases=tuple(cases),
        counter=counter,
        looked_at=tuple(looked_at),
    )


def count(
    cases: Sequence[Shortfall],
    counter: str = "件",
    note: str | None = None,
    number: int | None = None,
    looked_at: Iterable[Seen] = (),
) -> Measurement:
    """So many cases for a deduction; `number` where one case stands for several."""
    many = len(cases) if number is None else number
    return Measurement(
        applicable=True,
        numerator=Fraction(many),
        cases=tuple(cases),
        note=note,
        counter=counter,
        looked_at=tuple(looked_at),
    )
