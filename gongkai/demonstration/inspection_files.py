"""The office's own input: what 巡查组 and 检查组 found in the year, per assessed unit.

Each check draws how many of its items were met from the unit's care. Problems found on patrol become
rectification notices with a due day. Entries carry a role in `by`, never a name.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from random import Random
from typing import Any

from gongkai.demonstration.characteristics import Characteristics, likenesses, stream
from gongkai.demonstration.registers import Row
from gongkai.profile import Profile, Unit, WorkingDays
from gongkai.submission.inspection.entry import SCHEMA

PATROL, VISIT = "区政务公开网上巡查组", "区政务公开实地检查组"


@dataclass(frozen=True, slots=True)
class PlannedCheck:
    """One kind of check: how many items, who and when, and what is said when some are not met.

    `severity` moves the unit's care up (easy) or down (hard).
    """

    indicator: str
    items: int
    by: str
    month: int
    fault: str
    severity: float = 0.0


CHECKS = (
    PlannedCheck("C2", 5, VISIT, 10, "{n} 份答复书缺少法律依据或救济途径", -0.03),
    PlannedCheck("D2", 10, VISIT, 9, "专区 {n} 项未达标：资料未更新或无人指引", -0.02),
    PlannedCheck("D3", 5, VISIT, 11, "工作时间拨打公开电话 5 次，{n} 次无人接听", 0.02),
    PlannedCheck("E3", 10, PATROL, 10, "抽查目录事项 10 项，{n} 项在公开渠道找不到"),
    PlannedCheck("F4", 8, VISIT, 9, "抽查已公开信息 8 条，{n} 条没有保密审查单", 0.03),
    PlannedCheck("G3", 6, PATROL, 12, "上年要点 6 项任务，{n} 项没有落实的佐证", -0.02),
)
NOTICE_BOARD = PlannedCheck("A5", 10, VISIT, 8, "抽查村居公示栏 10 处，{n} 处内容过期", -0.02)
COLUMNS_A_MONTH = 6
_PROBLEMS = (
    "“{}”栏目超过规定期限未更新",
    "“{}”页面附件无法打开",
    "“{}”公开页缺少来源和日期",
    "新媒体账号转载“{}”信息未注明出处",
    "“{}”办事指南与窗口不一致",
)
# Decisions about single units that no figure shows: kind, points, the scheme's ground, month and day, reason, evidence.
_DECISIONS = {
    "A08": (
        "penalty",
        "2",
        "市级通报批评",
        "11-19",
        "三季度检查中栏目更新不及时",
        "全市三季度政务公开检查情况通报",
    ),
    "A16": ("bonus", "0.5", "市级", "10-22", "公开案件复盘做法获市级推广", "市政务公开工作简报第 18 期"),
    "T10": ("bonus", "0.5", "市级", "09-17", "村务公开做法获市级推广", "市政务公开经验交流材料汇编"),
}
OFFICE = "区政务公开主管部门"


def inspection(seed: int, profile: Profile, year: int, closed: dict[str, int], days: WorkingDays) -> dict[str, Any]:
    """The inspection file of the year, in contract.md's keys.

    `closed` has the requests each unit closed in the year: replies can only be sampled where there are some.
    """
    entries: list[Row] = []
    like = likenesses(profile)
    for unit in profile.assessed(year):
        maker = _Findings(stream(seed, unit.code, year, "inspection"), unit, like[unit.code], year, days)
        entries += maker.patrols()
        entries += maker.checks(closed[unit.code])
        entries += maker.problems()
        entries += maker.decision()
    return {"schema": SCHEMA, "year": year, "entries": entries}


def confirmations(contents: Mapping[str, Mapping[str, Any]], year: int, on: date) -> list[Row]:
    """What the office confirmed of the units' claims on a day, once their files had come in: every one."""
    rows: list[Row] = []
    for code, content in contents.items():
        if code == "OFFICE":  # it is not assessed: nothing of its own is a claim
            continue
        claims = [f"evidence[{n}]" for n, row in enumerate(content["evidence"], 1) if row.get("level")]
        claims += [
            f"interpretations[{r['document_number']}].rating" for r in content["interpretations"] if r.get("rating")
        ]
        for number, claim in enumerate(claims, 1):
            told = {"on": on.isoformat(), "by": OFFICE, "evidence": f"示公开办核〔{year + 1}〕{len(rows) + 1}号"}
            rows.append(
                {"id": f"{year}-{code}-claim-{number}", "unit": code, "kind": "confirmation", "claim": claim, **told}
            )
    return rows


class _Findings:
    """Makes the entries of one unit."""

    def __init__(self, rng: Random, unit: Unit, likeness: Characteristics, year: int, days: WorkingDays) -> None:
        self.rng, self.unit, self.likeness, self.year, self.days = rng, unit, likeness, year, days

    def patrols(self) -> Iterator[Row]:
        """Twelve monthly patrols of the site's columns (A2)."""
        for month in range(1, 13):
            passed = self._met(COLUMNS_A_MONTH, 0.0)
            entry = self._entry(f"A2-{month:02d}", "checked", indicator="A2", by=PATROL, on=self._day(month))
            entry |= {"passed": passed, "checked": COLUMNS_A_MONTH}
            if passed < COLUMNS_A_MONTH:
                entry["reason"] = f"{COLUMNS_A_MONTH - passed} 个栏目空白或逾期未更新"
                entry["evidence"] = f"{month} 月网上巡查通报"
            yield entry

    def checks(self, closed: int) -> Iterator[Row]:
        """One check per indicator that inspectors decide."""
        for check in (*CHECKS, *((NOTICE_BOARD,) if self.unit.kind == "town" else ())):
            items = min(check.items, closed) if check.indicator == "C2" else check.items
            if items:
                passed = self._met(items, check.severity)
                entry = self._entry(check.indicator, "checked", indicator=check.indicator, by=check.by)
                entry |= {"on": self._day(check.month), "passed": passed, "checked": items}
                if passed < items:
                    entry |= {"reason": check.fault.format(n=items - passed), "evidence": "检查记录表"}
                yield entry

    def problems(self) -> Iterator[Row]:
        """Problems found on patrol (D1), each with a rectification notice (G1, G2); and that somebody looked."""
        number = self._missed(14)
        looked = self._entry(
            "D1", "checked", indicator="D1", by=PATROL, on=self._day(12), passed=14 - number, checked=14
        )
        yield looked | ({"reason": f"14 次巡查中 {number} 次发现问题，逐条另录"} if number else {})
        for position in range(1, number + 1):
            found = self.days.add(date(self.year, 2, 1), self.rng.randint(0, 190))
            about = self.likeness.matters[position % len(self.likeness.matters)]
            reason = _PROBLEMS[self.rng.randrange(len(_PROBLEMS))].format(about)
            evidence = f"{found.month} 月网上巡查通报第 {position} 条"
            yield self._entry(
                f"D1-{position}",
                "problem",
                indicator="D1",
                by=PATROL,
                on=found.isoformat(),
                reason=reason,
                evidence=evidence,
            )
            yield self._rectification(position, found, reason)

    def _rectification(self, position: int, found: date, reason: str) -> Row:
        issued = self.days.add(found, 2)
        due = self.days.add(issued, 15)
        careful = self.rng.random() < self.likeness.care
        entry = self._entry(f"G1-{position}", "rectification", indicator="G1", by=PATROL, reason=reason)
        taken = self.rng.randint(4, 13) if careful else self.rng.randint(17, 26)
        entry |= {"issued_on": issued.isoformat(), "due_on": due.isoformat()}
        entry |= {"closed_on": self.days.add(issued, taken).isoformat()}
        return entry | {"recurred": self.rng.random() > self.likeness.care + 0.05, "evidence": "整改通知书及回执"}

    def decision(self) -> Iterator[Row]:
        """A bonus or a penalty, for the few units that have one."""
        if self.unit.code in _DECISIONS:
            kind, points, ground, on, reason, seen = _DECISIONS[self.unit.code]
            said = {"ground": ground, "on": f"{self.year}-{on}", "by": OFFICE, "reason": reason, "evidence": seen}
            yield self._entry(kind, kind, points=points, **said)

    def _entry(self, name: str, kind: str, **content: Any) -> Row:
        return {"id": f"{self.year}-{self.unit.code}-{name}", "unit": self.unit.code, "kind": kind, **content}

    def _met(self, items: int, severity: float) -> int:
        chance = min(0.995, self.likeness.care + severity + 0.01)
        return sum(self.rng.random() < chance for _ in range(items))

    def _missed(self, patrols: int) -> int:
        """Problems on so many patrols of site and new media."""
        return patrols - self._met(patrols, 0.02)

    def _day(self, month: int) -> str:
        return self.days.add(date(self.year, month, 8), self.rng.randint(1, 10)).isoformat()
