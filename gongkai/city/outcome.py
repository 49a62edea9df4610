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
        expected: how many units it expects.
        waiting: codes of the units that are not accepted.
        seconds: how long it took.
        reason: why it failed, in Chinese.
    """

    code: str
    ended: Ended
    expected: int = 0
    waiting: tuple[str, ...] = ()
    seconds: float = 0.0
    reason: str = ""

    @property
    def whole(self) -> bool:
        """Whether it is done and nobody is missing."""
        return self.ended is not Ended.FAILED and not self.waiting

    def row(self) -> dict[str, str]:
        """Its row of the operator's table."""
        accepted = self.expected - len(self.waiting)
        return {
            "区县": self.code,
            "状态": self.ended.word,
            "已受理": f"{accepted}/{self.expected}" if self.expected else "—",
            "未受理的单位": "、".join(self.waiting) or "—",
            "说明": self.reason or "—",
        }


def outcome_of(code: str, year_folder: Path, ended: Ended, seconds: float) -> DistrictOutcome:
    """The outcome of a run that wrote its outputs: who is accepted stands on its board."""
    board = json.loads((year_folder / "board.json").read_text(encoding="utf-8"))
    waiting = tuple(one["unit"] for one in board["units"] if one["state"] != UnitState.ACCEPTED.value)
    return DistrictOutcome(code, ended, len(board["units"]), waiting, seconds)
