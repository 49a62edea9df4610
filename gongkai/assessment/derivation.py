"""How a line's points come about, exactly and step by step: what each part is worth and earns, what each case costs.

One shape serves every indicator: weight × Σ share·value − Σ points·cases. Nothing here knows a single indicator, and
nothing is rounded: `scoring` makes printed lines of it, `explaining` tells it so that it can be done by hand.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from gongkai.assessment.level_rooms import LEVEL_WEIGHT, LevelRooms
from gongkai.assessment.measurement import Asked, Measurement, not_applicable
from gongkai.assessment.measures import MEASURES
from gongkai.assessment.measures.inspected import looked_at
from gongkai.assessment.points import clamped
from gongkai.assessment.subject import Subject
from gongkai.errors import CalendarError
from gongkai.law.due_day import UnknownDay
from gongkai.profile.indicators import Deduction, Indicator, MeasuredPart
from gongkai.profile.scheme import Scheme
from gongkai.submission.inspection.entry import InspectionEntry

NO_SUCH_INDICATOR = "本组不设此项指标"
OWN_WEIGHT = "本指标分值"


@dataclass(frozen=True)
class PartDerived:
    """A measured part: its value between 0 and 1 and the points that it carries; no value where it is left out."""

    part: MeasuredPart
    found: Measurement
    value: Fraction | None = None
    worth: Fraction = Fraction(0)

    @property
    def lost(self) -> Fraction:
        return self.worth * (1 - self.value) if self.value is not None else Fraction(0)


@dataclass(frozen=True)
class CasesDerived:
    """Points for cases: what the scheme asks for them, what was taken, and the cap that cut it."""

    deduction: Deduction
    found: Measurement
    wanted: Fraction = Fraction(0)
    taken: Fraction = Fraction(0)
    limited_by: str | None = None


@dataclass(frozen=True)
class Derivation:
    """One indicator of one unit.

    Attributes:
        manual: the score that an inspector gave outright: then nothing is measured.
        why_not: why it is not applicable; empty where it is.
    """

    indicator: Indicator
    weight: Decimal
    manual: InspectionEntry | None = None
    why_not: str = ""
    parts: tuple[PartDerived, ...] = ()
    cases: tuple[CasesDerived, ...] = ()

    @property
    def applicable(self) -> bool:
        return not self.why_not

    @property
    def lost_in_parts(self) -> Fraction:
        return sum((part.lost for part in self.parts), Fraction(0))

    @property
    def taken(self) -> Fraction:
        return sum((cases.taken for cases in self.cases), Fraction(0))

    @property
    def earned(self) -> Fraction:
        """The points of the line, not rounded yet."""
        if self.manual is not None:
            return clamped(Fraction(self.manual.points or 0), Fraction(0), Fraction(self.weight))
        return Fraction(self.weight) - self.lost_in_parts - self.taken


def derive(subject: Subject, scheme: Scheme) -> tuple[Derivation, ...]:
    """Every indicator of the scheme for one unit, in the order of the scheme."""
    measured = [_measured(indicator, subject, scheme) for indicator in scheme.indicators]
    rooms = LevelRooms(scheme, measured)
    derived = []
    for one in measured:
        derived.append(_deducted(one, rooms.left(one.indicator.level)))
        rooms.spend(one.indicator.level, derived[-1].taken)
    return tuple(derived)


def _measured(indicator: Indicator, subject: Subject, scheme: Scheme) -> Derivation:
    """What its parts earn and how many cases there are; nothing is taken for them yet."""
    weight = indicator.weight.get(subject.unit.kind, Decimal(0))
    if weight == 0:
        return Derivation(indicator, weight, why_not=NO_SUCH_INDICATOR)
    manual = _manual_entry(indicator, subject)
    if manual is not None:
        return Derivation(indicator, weight, manual)
    if indicator.needs_inspection and not looked_at(subject, indicator):
        return Derivation(indicator, weight, why_not="没有检查记录")
    asked = [(part, _full_if_nothing(part, _ask(part, indicator, subject), scheme)) for part in indicator.parts]
    parts = _parts(asked, Fraction(weight))
    cases = tuple(CasesDerived(one, _ask(one, indicator, subject)) for one in indicator.deductions)
    found = [*(part.found for part in parts), *(one.found for one in cases)]
    if not any(one.applicable for one in found):
        why_not = "；".join(dict.fromkeys(one.note for one in found if one.note))
        return Derivation(indicator, weight, why_not=why_not or "没有可以计量的事项", parts=parts, cases=cases)
    return Derivation(indicator, weight, parts=parts, cases=cases)


def _ask(asking: MeasuredPart | Deduction, indicator: Indicator, subject: Subject) -> Measurement:
    ground = asking.ground if isinstance(asking, Deduction) else None
    try:
        return MEASURES[asking.measure](subject, Asked(indicator.code, asking.limits, ground))
    except CalendarError as error:  # nobody has supplied the working days of that year: left out until somebody does
        return not_applicable(f"{UnknownDay(error.year)}后计分")


def _full_if_nothing(part: MeasuredPart, found: Measurement, scheme: Scheme) -> Measurement:
    """Nothing to measure counts as full where the scheme says so; what is not known or not looked at never does."""
    if not found.nothing or (part.when_nothing or scheme.zero_denominator) != "full":
        return found
    note = f"{found.note}，按方案记满分" if found.note else "没有可以计量的事项，按方案记满分"
    return Measurement(applicable=True, value=Fraction(1), note=note, scale_free=True)


def _parts(asked: list[tuple[MeasuredPart, Measurement]], weight: Fraction) -> tuple[PartDerived, ...]:
    """Each part with its value; the shares of the applicable ones are brought to 1."""
    whole = sum((Fraction(part.share) for part, found in asked if found.applicable), Fraction(0))
    return tuple(
        PartDerived(part, found, value_of(part, found), weight * Fraction(part.share) / whole)
        if found.applicable
        else PartDerived(part, found)
        for part, found in asked
    )


def value_of(part: MeasuredPart, found: Measurement) -> Fraction:
    """What a measurement is worth between 0 and 1."""
    value = found.value if found.value is not None else Fraction(0)
    if part.scale is not None and not found.scale_free:
        zero, full = Fraction(part.scale.zero_at), Fraction(part.scale.full_at)
        value = (value - zero) / (full - zero)
    few, of = part.small_base, found.denominator
    if few is not None and of is not None and of < few.below:
        slips = of - (found.numerator or Fraction(0))
        value = max(value, 1 - Fraction(few.at_most) * slips)
    return clamped(value, Fraction(0), Fraction(1))


def _deducted(derivation: Derivation, level_left: Mapping[str, Fraction]) -> Derivation:
    """Takes points per case, in the order of the scheme, until a cap is reached."""
    own = Fraction(derivation.weight) - derivation.lost_in_parts
    caps = {
        OWN_WEIGHT: None if LEVEL_WEIGHT in level_left else own,
        "本指标的扣分上限": fraction(derivation.indicator.max_deduction),
    }
    left = {name: room for name, room in caps.items() if room is not None} | dict(level_left)
    taken = []
    for cases in derivation.cases if derivation.applicable else ():
        one = _taken(cases, left, own)
        taken.append(one)
        if one.found.forfeits:
            left = dict.fromkeys(left, Fraction(0))
        left, own = {name: room - one.taken for name, room in left.items()}, own - one.taken
    return replace(derivation, cases=tuple(taken) or derivation.cases)


def _taken(cases: CasesDerived, left: Mapping[str, Fraction], own: Fraction) -> CasesDerived:
    """What one deduction takes of what the caps leave; of what cannot be counted, all that the line has left."""
    found = cases.found
    if found.forfeits:
        return replace(cases, wanted=max(own, Fraction(0)), taken=max(own, Fraction(0)))
    if not found.applicable:
        return cases
    wanted = Fraction(cases.deduction.points) * found.count
    name, room = min(left.items(), key=lambda entry: entry[1], default=("", wanted))
    taken = min(wanted, max(room, Fraction(0)))
    return replace(cases, wanted=wanted, taken=taken, limited_by=name if taken < wanted else None)


def _manual_entry(indicator: Indicator, subject: Subject) -> InspectionEntry | None:
    """The score an inspector gave outright: the latest by date, the last of the file among equals."""
    given = [e for e in subject.inspections if e.kind == "score" and e.indicator == indicator.code]
    return sorted(given, key=lambda entry: entry.on.toordinal() if entry.on else 0)[-1] if given else None


def fraction(points: Decimal | None) -> Fraction | None:
    """Points exactly; no points stay none."""
    return None if points is None else Fraction(points)
