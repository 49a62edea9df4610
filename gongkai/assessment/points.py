"""Exact arithmetic of points: fractions inside, one rounding half up at the edge, and how a number is printed."""

from decimal import Decimal
from fractions import Fraction


def rounded(value: Fraction, places: int) -> Decimal:
    """Rounds half up (away from zero for a negative one) to so many decimal places, exactly."""
    shifted = abs(value) * 10**places
    whole = (shifted.numerator * 2 + shifted.denominator) // (shifted.denominator * 2)
    return Decimal(whole if value >= 0 else -whole).scaleb(-places)


def plain(value: Decimal) -> str:
    """A number as a sentence shows it: without an exponent and without trailing zeros."""
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def clamped(value: Fraction, lowest: Fraction, highest: Fraction) -> Fraction:
    """The value, brought into the range."""
    return max(lowest, min(value, highest))
