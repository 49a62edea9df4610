"""What the levels above an indicator leave to deduct: a cap on deductions, or the level's own points.

A level with `floor: level` lets a deduction exceed its indicator's weight: the loss ends at 0 of the whole level. What
its indicators lose by rates is known first, so that deductions never reach below that.
"""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Protocol

from gongkai.profile.indicators import Indicator
from gongkai.profile.scheme import Scheme

LEVEL_WEIGHT = "上一级指标的分值"
LEVEL_CAP = "一级指标的扣分上限"


class MeasuredIndicator(Protocol):
    """An indicator whose parts are measured, before anything is deducted for cases."""

    @property
    def indicator(self) -> Indicator: ...
    @property
    def weight(self) -> Decimal: ...
    @property
    def applicable(self) -> bool: ...
    @property
    def earned(self) -> Fraction: ...


class LevelRooms:
    """The room of every level while the scheme is gone through in its order."""

    def __init__(self, scheme: Scheme, measured: Iterable[MeasuredIndicator]) -> None:
        self._above = {level.code: [one.code for one in scheme.within(level.code)] for level in scheme.levels}
        self._caps = {one.code: Fraction(one.max_deduction) for one in scheme.levels if one.max_deduction is not None}
        self._points = {one.code: Fraction(0) for one in scheme.levels if one.floor == "level"}
        for one in measured:
            for code in self._above[one.indicator.level]:
                if one.applicable and code in self._points:
                    self._points[code] += one.earned

    def left(self, level: str) -> Mapping[str, Fraction]:
        """What each cap above an indicator of this level leaves; the least of those of one kind."""
        above = self._above[level]
        caps = [self._caps[code] for code in above if code in self._caps]
        points = [self._points[code] for code in above if code in self._points]
        return {name: min(rooms) for name, rooms in ((LEVEL_CAP, caps), (LEVEL_WEIGHT, points)) if rooms}

    def spend(self, level: str, taken: Fraction) -> None:
        """Notes what an indicator of this level took for its cases."""
        for code in self._above[level]:
            for rooms in (self._caps, self._points):
                if code in rooms:
                    rooms[code] -= taken
