"""Prints what an indicator measured: counts, and beside them the rate or figure they make."""

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from gongkai.assessment.scorecard import IndicatorScore, Measured
from gongkai.profile import Scheme
from gongkai.reporting.style import NOT_APPLICABLE, counts

_COUNTS = re.compile(r"\d+/\d+(?:、\d+/\d+)*")  # the counts of an indicator of several parts, given as its note


@dataclass(frozen=True)
class MeasuredWords:
    """What was measured: the counts, and beside them the rate or the figure; empty where the counts say it all."""

    main: str
    beside: str


def measured(line: IndicatorScore, scheme: Scheme) -> MeasuredWords:
    """The counts, and beside them the rate, or the figure where the scheme puts one on a scale (an average)."""
    if not line.applicable:
        return MeasuredWords(NOT_APPLICABLE, "")
    found = counts(line.measured.numerator, line.measured.denominator)
    on_scale = any(i.code == line.code and any(part.scale for part in i.parts) for i in scheme.indicators)
    value = _figure(line.measured) if on_scale else _rate(line.measured)
    if found is None and line.note and _COUNTS.fullmatch(line.note):
        return MeasuredWords(line.note, value or "")
    if found is None:
        return MeasuredWords(value or "按扣分计", "")
    return MeasuredWords(found, value or "")


def _figure(measured: Measured) -> str | None:
    return None if measured.value is None else f"{measured.value:f}"


def _rate(measured: Measured) -> str | None:
    """A share as a percentage, any other figure as it is; None where the counts say it all."""
    over, under, value = measured.numerator, measured.denominator, measured.value
    if over is not None and over == under:
        return None
    if over is not None and under and 0 <= over <= under and (value is None or value <= 1):
        return _percent(over / under)
    if over is None and value is not None and 0 <= value <= 1:
        return _percent(value)
    return None if value == over else _figure(measured)


def _percent(share: Decimal) -> str:
    return f"{(100 * share).quantize(Decimal('0.1'), ROUND_HALF_UP):f}%"
