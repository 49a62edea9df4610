"""What happens to the seeded district from 2019 to 2026, event by event; after each of them everything is proved.

Every year is collected, corrected and locked; into that course fall a new format, a waiver that runs out, an appeal, a
late unit, another scheme, a rename, a merger, a split, late corrections, a reused code, a new code and a moved area.
"""

import copy
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from gongkai.submission.verdict import UnitState
from gongkai.warehouse.records import YearState
from gongkai.warehouse.years.compared_scores import OTHER_SCALE, OTHER_UNIT
from tests.years.books import Books, Holding
from tests.years.life import Life

ZONE = ZoneInfo("Asia/Shanghai")


def day(year: int, month: int, at: int, hour: int = 9) -> datetime:
    """A moment of the year after a report year."""
    return datetime(year + 1, month, at, hour, tzinfo=ZONE)


@dataclass
class History:
    """The life while it is told.

    Attributes:
        small: only the years of the mergers and what they need, with fewer runs in each.
        sent: unit and year → the report that it handed in last.
    """

    life: Life
    books: Books
    small: bool
    sent: dict[tuple[str, int], dict[str, Any]]

    def live(self, first: int, last: int) -> Iterator[str]:
        """Year after year; yields what has just happened and been proved."""
        for year in range(first, last + 1):
            before = getattr(self, f"before_{year}", None)
            if before is not None:
                before()
            yield from self._collect(year)
            special = getattr(self, f"during_{year}", None)
            if special is not None:
                yield from special()
            yield from self._close(year)
        yield from self.afterwards(last)

    def _codes(self, year: int) -> list[str]:
        return [unit.code for unit in self.life.registry.profile.expected(year)]

    def send(self, unit: str, year: int, at: datetime, **changed: int) -> None:
        """A unit's report of a year, some figures of it (`carried_in=…`) not as the books have them."""
        report = self.sent.get((unit, year)) or self.books.report(unit, year)
        self.sent[unit, year] = report
        sent = copy.deepcopy(report)
        for row, by in changed.items():
            for column in ("natural_person", "total"):
                sent["tables"]["requests"][row][column] += by
        self.life.hand_in(sent, at)

    def correct(self, unit: str, year: int, at: datetime, **changed: int) -> None:
        """A later version of a report, with its reason."""
        report = copy.deepcopy(self.sent[unit, year])
        for row, by in changed.items():
            for column in ("natural_person", "total"):
                report["tables"]["requests"][row][column] += by
        self.sent[unit, year] = report
        self.life.hand_in({**report, "reason": "复核后更正"}, at)

    def happened(self, event: str, year: int, at: datetime, units: tuple[str, ...] = ()) -> tuple[YearState, str]:
        """A run, and the proof after it."""
        state = self.life.run(event, year, at, units)
        self.life.prove(at)
        return state, f"{year} 年度 {at:%Y-%m-%d} {event}"

    def _collect(self, year: int) -> Iterator[str]:
        """Half of the units, then the others, one with a mistake that it corrects; in a small life all at once."""
        codes = self._codes(year)
        half, slip = len(codes) // 2, codes[-1]
        for unit in codes if self.small else codes[:half]:
            self.send(unit, year, day(year, 1, 10))
        if self.small:
            yield self.happened("全部已报", year, day(year, 2, 10))[1]
            return
        yield self.happened("半数单位已报", year, day(year, 1, 12))[1]
        for unit in codes[half:-1]:
            self.send(unit, year, day(year, 1, 24))
        self.send(slip, year, day(year, 1, 24), granted=1)
        state, said = self.happened("全部已报，一家有误", year, day(year, 1, 26))
        assert state.unit(slip).state is UnitState.RETURNED
        yield said
        self.send(slip, year, day(year, 2, 8))
        state, said = self.happened("有误的已更正", year, day(year, 2, 10))
        yield said

    def _close(self, year: int) -> Iterator[str]:
        at = day(year, 4, 10)
        said = "" if self.small else f"{self.happened('锁定前', year, at)[1]}，"
        state = self.life.of(year, at)
        assert [unit.unit.code for unit in state.units if unit.accepted is None] == []
        self.life.prove_identities(year, at)
        self.life.lock(year, at)
        self.life.prove(at, everywhere=True)
        yield f"{said or f'{year} 年度 '}锁定"

    # ── what is special about a year ────────────────────────────────────────────────────────────────────────────

    def during_2020(self) -> Iterator[str]:
        """An appeal against the card, and what was decided on it."""
        (unit,) = self.life.registry.profile.assessed(2020)[:1]
        line = {"unit": unit.code, "indicator": "A1", "reason": "材料已补充"}
        self.life.enter(2020, day(2020, 3, 1), {**line, "kind": "appeal"})
        self.life.enter(2020, day(2020, 3, 3), {**line, "kind": "decision", "points": "1"})
        state, said = self.happened("申诉与决定", 2020, day(2020, 3, 4))
        assert [entry.kind for entry in state.inspections] == ["appeal", "decision"]
        yield said

    def during_2021(self) -> Iterator[str]:
        """A carry-over that does not fit is let pass for a time; the time runs out, and what was accepted stays so."""
        unit = self._codes(2021)[1]
        report = self.sent[unit, 2021]
        waiver = {"unit": unit, "kind": "waiver", "indicator": "YOY-CARRY", "reason": "上年漏计一件，已核实"}
        self.life.enter(2021, day(2021, 2, 14), {**waiver, "until": f"{day(2021, 2, 20):%Y-%m-%d}"})
        self.correct(unit, 2021, day(2021, 2, 15), carried_in=1, granted=1, outcome_total=1)
        state, said = self.happened("豁免上年结转", 2021, day(2021, 2, 16))
        assert state.unit(unit).accepted is not None
        assert state.unit(unit).accepted.number == 2, report
        yield said
        state, said = self.happened("豁免已到期", 2021, day(2021, 3, 5))
        assert state.unit(unit).accepted.number == 2
        yield said

    def before_2022(self) -> None:
        """Another scheme, and a town with a new name."""
        self.life.registry.reweigh("A1", 3)
        town = self.life.registry.unit("T07")
        names = (*town.former_names, town.name, town.authority)
        self.life.registry.change("T07", name="新港镇", authority="新港镇人民政府", former_names=names)

    def during_2022(self) -> Iterator[str]:
        state = self.life.of(2022, day(2022, 2, 20))
        assert set(state.not_comparable.values()) <= {OTHER_SCALE}
        assert state.not_comparable, "points of another scheme stand beside none"
        assert "A1" not in next(iter(state.previous_scores.values()))
        yield "2022 年度 方案已改，上年分数不可比"

    def before_2023(self) -> None:
        """T06 becomes part of T05."""
        self.books.merge("T05", "T05", "T06")
        self.life.registry.change("T06", to_year=2022)
        self.life.registry.change("T05", succeeds=("T05", "T06"))

    def during_2023(self) -> Iterator[str]:
        state = self.life.of(2023, day(2023, 2, 20))
        assert [part.unit for part in state.previous["T05"].reports] == ["T05", "T06"]
        assert state.not_comparable["T05"] == OTHER_UNIT
        yield "2023 年度 T06 并入 T05"

    def before_2024(self) -> None:
        """N01 is taken out of T07."""
        self.books.split("T07", "N01")
        self.life.registry.add("N01", "开发区街道", "T07", from_year=2024, succeeds=["T07"])

    def during_2024(self) -> Iterator[str]:
        """Last year, locked, is corrected while this year has been accepted: that is told and undoes nothing."""
        shared = self.life.of(2024, day(2024, 2, 20)).previous["N01"].shared
        assert shared is not None
        assert shared.heirs == ("T07", "N01")
        yield from self._correct_last_year("T08", 2023, day(2024, 2, 20))
        state, said = self.happened("上年更正之后", 2024, day(2024, 2, 24))
        kept = {found.rule for found in state.unit("T08").accepted.arisen}
        assert kept == {"YOY-CARRY"}
        yield said

    def _correct_last_year(self, unit: str, year: int, at: datetime) -> Iterator[str]:
        """A person lets one unit of a locked year in again: its report and what the year tells change by that alone."""
        until = f"{at.replace(day=28):%Y-%m-%d}"
        self.life.enter(year, at, {"unit": unit, "kind": "extension", "until": until, "reason": "更正上年数据"})
        self.correct(unit, year, at, new_requests=1, carried_out=1)
        state = self.life.run("锁定后获准更正", year, at.replace(day=at.day + 1))
        assert state.unit(unit).accepted.number == len(state.unit(unit).revisions)
        self.life.settle(year, at.replace(day=at.day + 1))
        self.life.prove(at.replace(day=at.day + 1))
        yield f"{year} 年度 {at:%Y-%m-%d} 锁定后获准更正"

    def before_2025(self) -> None:
        """T06's code goes to another authority; A12 gets a code of its own kind. A late correction of a closed year."""
        self.life.registry.add("T06", "湖滨管理处", "T05", from_year=2025)
        self.life.registry.add("A30", "综合执法", "A12", from_year=2025, succeeds=["A12"])
        self.life.registry.change("A12", to_year=2024)
        self.books.rename("A12", "A30")
        self.books.held["T06"] = Holding(0, 0)

    def during_2025(self) -> Iterator[str]:
        state = self.life.of(2025, day(2025, 2, 20))
        assert "T06" not in state.previous, "another authority's last year"
        assert state.previous["A30"].unit == "A12"
        assert state.unclaimed == ()
        yield "2025 年度 T06 的代码给了别的机关，A12 换了代码"
        before = self.life.closed[2024]["report"]["previous_year"]
        yield from self._correct_last_year("T04", 2023, day(2025, 2, 20))
        assert self.life.closed[2024]["report"]["previous_year"] == before

    def before_2026(self) -> None:
        """An area moves from T01 to T02."""
        self.books.split("T01", "T02")
        self.life.registry.change("T02", succeeds=("T02", "T01"))

    def during_2026(self) -> Iterator[str]:
        """The office opens what was accepted, and a run for that unit alone takes the correction in."""
        self.life.enter(2026, day(2026, 2, 20), {"unit": "T03", "kind": "reopen", "reason": "数据有误"})
        self.correct("T03", 2026, day(2026, 2, 21), new_requests=1, granted=1, outcome_total=1)
        state, said = self.happened("重新处理一家", 2026, day(2026, 2, 22), ("T03",))
        assert state.unit("T03").accepted.number == 2
        yield said

    def afterwards(self, last: int) -> Iterator[str]:
        """Units that are long gone leave the registry, names and scheme change again: no locked year moves."""
        registry = self.life.registry
        kept = tuple(unit for unit in registry.profile.units if unit.to_year is None)
        registry.profile = registry.profile.model_copy(update={"units": kept})
        registry.change("T07", name="又一新名")
        registry.reweigh("A1", 2)
        self.life.prove(day(last, 5, 1), everywhere=True)
        yield f"{last + 1}-05-01 名录、名称和方案又有变化"
