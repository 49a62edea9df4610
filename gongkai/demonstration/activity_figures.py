"""The year's working figures of a unit (activities) and the evidence it attaches."""

from datetime import date
from typing import Any

from gongkai.demonstration.characteristics import Characteristics, stream
from gongkai.demonstration.registers import Row
from gongkai.profile import WorkingDays

# docs/reference_2021.md, facts 1, 2 and 6: figures that the office reports, not results.
OFFICE_FIGURES = {"portal_items": 255, "gazette_issues": 4, "press_conferences": 4, "manual_issued": 1}
_LEVELS = {"A15": "city", "A26": "provincial"}
_EVIDENCE = (
    ("F2", "政务公开领导小组及人员分工文件", "分工文件.txt"),
    ("F3", "培训签到表和课件", "培训签到表.txt"),
    ("F4", "公开前保密审查单（抽样）", "保密审查单.txt"),
)


def activities(
    seed: int, code: str, year: int, unit: Characteristics, days: WorkingDays, published_on: date
) -> dict[str, Any]:
    """The figures of `activities`; fees for processing are charged nowhere."""
    rng = stream(seed, code, year, "activities")
    expected = rng.randint(18, 60)
    attendance = min(1.0, unit.care + rng.uniform(-0.12, 0.08))
    reviews = rng.randint(2, 30)
    # A unit that takes less care has not looked at its guide for more than a year.
    guide = days.add(date(year, 3, 1), rng.randint(0, 150))
    if rng.random() > unit.care + 0.06:
        guide = guide.replace(year=year - 1, month=6, day=15)
    figures: dict[str, Any] = {
        "portal_items": rng.randint(60, 420),
        "gazette_issues": 0,
        "press_conferences": 0,
        "new_media_items": rng.randint(30, 260),
        "attribute_reviews": reviews,
        "attribute_reviews_opened": rng.randint(0, reviews // 3),
        "training_sessions": 0 if unit.care < 0.78 else rng.randint(1, 3),
        "training_expected": expected,
        "manual_issued": 0,
        "guidance_meetings": rng.randint(1, 3),
        "corrected_cases_reviewed": 0,
        "staff_assigned": rng.randint(1, 3),
        "rules_in_place": 4 if rng.random() < unit.care - 0.05 else rng.choice((2, 3)),
        "guide_updated_on": guide.isoformat(),
        "report_published_on": published_on.isoformat(),
        "report_url": f"https://www.example.invalid/{code.lower()}/nianbao/{year}",
        "processing_fees_yuan": "0",
    }
    figures["training_attendees"] = round(expected * attendance) if figures["training_sessions"] else 0
    return figures | (OFFICE_FIGURES if code == "OFFICE" else {})


def evidence(code: str) -> list[Row]:
    """Attached material of the two units that have an honour to show; its files lie in their inboxes."""
    if code not in _LEVELS:
        return []
    rows: list[Row] = [{"indicator": indicator, "title": title, "file": file} for indicator, title, file in _EVIDENCE]
    honour = {"indicator": "E3", "title": "政务公开经验做法获上级推广", "file": "推广通知.txt", "level": _LEVELS[code]}
    return [*rows, honour]
