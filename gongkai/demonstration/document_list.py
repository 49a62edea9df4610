"""Documents and their interpretations: what a unit made public on its own in the year.

Normative documents agree with table two by construction: issued ones were made in the year, repealed ones
carry their day of repeal. Lateness and missing interpretations follow the unit's care.
"""

from datetime import date
from random import Random

from gongkai.demonstration.characteristics import Characteristics, stream
from gongkai.demonstration.registers import Row
from gongkai.profile import WorkingDays

PORTAL = "区政府门户网站"
GAZETTE = "区政府门户网站、政府公报（电子版）"
DEADLINE = 20
OFFICE_PAPERS = {"government": 14, "office": 18}  # docs/reference_2021.md, facts 4 and 5
_NORMATIVE = ("{}管理办法", "{}实施细则", "{}工作规程", "{}若干规定", "{}管理暂行规定", "{}操作指引")
_OTHER = ("{}年度工作要点", "{}情况通报", "{}服务指南（更新）", "{}工作方案", "{}专项行动公告", "{}年度统计")
_GOVERNMENT = ("关于印发{}行动计划的通知", "关于公布{}清单的通告", "关于加强{}工作的意见")
_OFFICE = ("关于做好{}工作的通知", "关于印发{}任务分工的通知", "转发{}有关文件的通知")


def documents(seed: int, code: str, year: int, unit: Characteristics, days: WorkingDays) -> list[Row]:
    """The document list of a unit: normative, budget and final account, the office's two kinds, others."""
    rng = stream(seed, code, year, "documents")
    maker = _Maker(rng, code, year, unit, days)
    issued, repealed, _ = unit.normative
    rows = maker.rows("normative", _NORMATIVE, issued)
    rows += [maker.repealed(number) for number in range(repealed)]
    if code == "OFFICE":
        rows += maker.rows("government", _GOVERNMENT, OFFICE_PAPERS["government"])
        rows += maker.rows("office", _OFFICE, OFFICE_PAPERS["office"])
    rows += maker.rows("other", _OTHER, unit.documents, late=unit.late)
    rows += [maker.account("budget", date(year, 1, 28)), maker.account("final_account", date(year, 8, 27))]
    return rows


def interpretations(
    seed: int, code: str, year: int, unit: Characteristics, days: WorkingDays, documents: list[Row]
) -> list[Row]:
    """One interpretation per document that needs one, less those the unit forgot."""
    rng = stream(seed, code, year, "interpretations")
    rows = []
    for paper in documents:
        if not paper["needs_interpretation"] or rng.random() > unit.care + 0.04:
            continue
        delay = rng.randint(0, 3) if rng.random() < unit.care else rng.randint(4, 9)
        forms = ["text", *rng.sample(["graphic", "audio", "video"], 1 + (rng.random() < unit.care - 0.5))]
        rows.append(
            {
                "document_number": paper["number"],
                "published_on": days.add(date.fromisoformat(paper["published_on"]), delay).isoformat(),
                "forms": forms if rng.random() < unit.care else forms[:1],
                "url": f"{paper['url']}/jiedu",
            }
        )
    return rows


class _Maker:
    """Makes the documents of one unit and year, numbering each kind from 1."""

    def __init__(self, rng: Random, code: str, year: int, unit: Characteristics, days: WorkingDays) -> None:
        self.rng, self.code, self.year, self.unit, self.days = rng, code, year, unit, days
        self.site = f"https://www.example.invalid/{code.lower()}/{year}"

    def rows(self, kind: str, titles: tuple[str, ...], count: int, late: int = 0) -> list[Row]:
        """Documents made and published in the year, numbered in the order of their dates; `late` of them are late."""
        made = sorted(self.days.add(date(self.year, 1, 4), self.rng.randint(0, 205)) for _ in range(count))
        behind = set(self.rng.sample(range(count), late))
        return [self._paper(kind, titles, at, day, at in behind) for at, day in enumerate(made)]

    def _paper(self, kind: str, titles: tuple[str, ...], position: int, made_on: date, late: bool) -> Row:
        matter = self.unit.matters[position % len(self.unit.matters)]
        # Kinds with two or three patterns go round the matters before a pattern comes back with the same one.
        title = titles[(position + position // len(self.unit.matters)) % len(titles)].format(matter)
        lag = DEADLINE + self.rng.randint(2, 9) if late else self.rng.randint(1, 14)
        needed = kind in ("normative", "government") or (kind == "other" and position % 3 == 0)
        return self._row(kind, position + 1, title, made_on, self.days.add(made_on, lag), needed)

    def repealed(self, position: int) -> Row:
        """An older normative document that the unit repealed in the year."""
        made_on = self.days.add(date(self.year - 5, 3, 1), self.rng.randint(0, 150))
        title = f"{self.unit.matters[-1 - position]}管理试行办法"
        row = self._row("normative", position + 21, title, made_on, self.days.add(made_on, 6), False)
        return {**row, "repealed_on": self.days.add(date(self.year, 3, 1), self.rng.randint(0, 120)).isoformat()}

    def account(self, kind: str, approved_on: date) -> Row:
        """The unit's budget or final account; a careless unit publishes it after the twenty days."""
        wait = self.rng.randint(5, 19) if self.rng.random() < self.unit.care else self.rng.randint(22, 26)
        published_on = self._working_on_or_before(date.fromordinal(approved_on.toordinal() + wait))
        title = f"{self.year}年部门预算" if kind == "budget" else f"{self.year - 1}年部门决算"
        row = self._row(kind, 1, title, approved_on, published_on, False)
        return {**row, "approved_on": approved_on.isoformat()}

    def _row(self, kind: str, number: int, title: str, made_on: date, published_on: date, needed: bool) -> Row:
        word = {"normative": "规", "government": "府", "office": "办", "budget": "预", "final_account": "决"}
        return {
            "number": f"示{self.unit.short}{word.get(kind, '函')}〔{made_on.year}〕{number}号",
            "title": title,
            "kind": kind,
            "made_on": made_on.isoformat(),
            "published_on": published_on.isoformat(),
            # the gazette, which the office edits, carries its normative documents (docs/reference_2021.md, fact 3)
            "channel": GAZETTE if (kind, self.code) == ("normative", "OFFICE") else PORTAL,
            "url": f"{self.site}/{kind}-{number}",
            "validity_marked": self.rng.random() < self.unit.care + 0.02,
            "elements_complete": self.rng.random() < self.unit.care + 0.05,
            "needs_interpretation": needed,
        }

    def _working_on_or_before(self, day: date) -> date:
        while not self.days.is_working(day):
            day = date.fromordinal(day.toordinal() - 1)
        return day
