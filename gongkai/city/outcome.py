"""What became of one district in a city's run, as the operator's table, the log and the final state name it."""

import json
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from gongkai.submission.verdict import UnitState


class Ended(StrEnum):
    """How a district's run ended."""

    DONE = "done"
    UNCHANGED = "unchanged"
    FAILED = "failed"

    @property
    def word(self) -> str:
        return {"done": "已完成", "unchanged": "没有新内容", "failed": "失败"}[self.value]


@dataclass(frozen=True)
class DistrictOutcome:
    """One district after its run.

    Attributes:
        code: its code.
        ended: how the run ended.
        units: codes of the units that it expects; none of a district that failed.
        waiting: codes of the units that are not accepted.
        seconds: how long it took.
        reason: why it failed, in Chinese.
    """

    code: str
    ended: Ended
    units: tuple[str, ...] = ()
    waiting: tuple[str, ...] = ()
    seconds: float = 0.0
    reason: str = ""

    @property
    def expected(self) -> int:
        """How many units it expects."""
        return len(self.units)

    @property
    def accepted(self) -> tuple[str, ...]:
        """Codes of the units that it has accepted."""
        return tuple(unit for unit in self.units if unit not in self.waiting)

    def row(self) -> dict[str, str]:
        """Its row of the operator's table."""
        of_all = f"{len(self.accepted)}/{self.expected}" if self.units else ""
        return row_of(self.code, self.ended.word, of_all, "、".join(self.waiting), self.reason)


def row_of(code: str, how: str, accepted: str = "", waiting: str = "", reason: str = "") -> dict[str, str]:
    """A row of the operator's table; a district that nobody has taken up yet has no more than its code."""
    said = {UnitState.ACCEPTED.word: accepted, "未受理的单位": waiting, "说明": reason}
    return {"区县": code, "状态": how, **{column: text or "—" for column, text in said.items()}}


def outcome_of(code: str, year_folder: Path, ended: Ended, seconds: float) -> DistrictOutcome:
    """The outcome of a run that wrote its outputs: who is accepted stands on its board."""
    board = json.loads((year_folder / "board.json").read_text(encoding="utf-8"))
    waiting = tuple(one["unit"] for one in board["units"] if one["state"] != UnitState.ACCEPTED.value)
    return DistrictOutcome(code, ended, tuple(one["unit"] for one in board["units"]), waiting, seconds)
