"""Reminders: who owes what, since when, until when; nobody is reminded without need, nobody else is named."""

from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from gongkai.findings import Severity
from gongkai.reporting.outbox.reminder import reminders, write_reminder
from gongkai.reporting.shared.year_folder import YearFolder
from gongkai.submission.inspection.entry import InspectionEntry


def at(month: int, day: int) -> datetime:
    return datetime(2022, month, day, 9, tzinfo=ZoneInfo("Asia/Shanghai"))


def returned(make: SimpleNamespace) -> Any:
    query = make.finding("YOY-JUMP", Severity.QUERY, message="收到 120 件，上年 12 件。请核对。", cell="J5")
    settled = replace(make.finding(message="已经说明的疑点"), settled_by="waiver:W1")
    return make.revision("A01", make.verdict(make.finding(), query, settled))


def test_nobody_is_reminded_who_is_accepted_or_excused(make: SimpleNamespace) -> None:
    state = make.state({"A01": (), "A02": ()}, as_of=at(2, 5))
    excuse = InspectionEntry(id="E", unit="A02", kind="excuse", reason="机构撤并")
    assert [r.unit.code for r in reminders(replace(state, inspections=(excuse,)))] == ["A01"]


@pytest.mark.parametrize(
    ("today", "says"),
    [
        (at(1, 20), ["截至2022年1月20日，尚未收到贵单位 2021 年度的报送。", "请于2022年1月31日前报送。"]),
        (at(2, 5), ["尚未收到贵单位 2021 年度的报送，已逾期 5 天。", "报送渠道将于2022年3月31日关闭。"]),
        (at(4, 1), ["已逾期 60 天", "报送渠道已于2022年3月31日关闭，请先说明情况、办理延期。"]),
    ],
)
def test_a_unit_that_has_sent_nothing_learns_since_when_and_until_when(
    make: SimpleNamespace, today: datetime, says: list[str]
) -> None:
    (reminder,) = reminders(make.state({"A01": ()}, as_of=today))
    for sentence in says:
        assert sentence in reminder.text
    assert reminder.headline.startswith("尚未报送")


def test_an_outbox_is_the_offices_alone(make: SimpleNamespace, tmp_path: Path) -> None:
    state = make.state({"A01": ()}, as_of=at(1, 20))
    (reminder,) = reminders(state)
    (tmp_path / "outbox").mkdir(mode=0o755)
    place = write_reminder(reminder, state, YearFolder(tmp_path, 2021).open_outbox())
    for folder in (place.parent, place.parent.parent, tmp_path / "outbox"):
        assert folder.stat().st_mode & 0o777 == 0o700


def test_an_extension_moves_the_day_for_its_unit(make: SimpleNamespace) -> None:
    extension = InspectionEntry(id="X", unit="A01", kind="extension", until=date(2022, 2, 15))
    state = replace(make.state({"A01": (), "A02": ()}, as_of=at(2, 5)), inspections=(extension,))
    first, second = reminders(state)
    assert "请于2022年2月15日前报送。" in first.text
    assert "逾期" not in first.text
    assert "已逾期 5 天" in second.text


def test_a_returned_unit_gets_every_open_finding_with_its_cell(make: SimpleNamespace) -> None:
    (reminder,) = reminders(make.state({"A01": (returned(make),)}, as_of=at(2, 5)))
    assert "第 1 次报送已退回（错误 1 · 疑点 1），尚未收到更正，已逾期 5 天。需要处理：" in reminder.text
    assert "✕ " in reminder.text
    assert "？ 收到 120 件，上年 12 件。请核对。" in reminder.text
    assert "J5]" in reminder.text
    assert "已经说明的疑点" not in reminder.text


def test_the_text_lies_in_the_units_outbox_and_names_no_other_unit(make: SimpleNamespace, tmp_path: Path) -> None:
    state = make.state({"A01": (returned(make),), "A02": ()}, as_of=at(2, 5))
    paths = [write_reminder(reminder, state, tmp_path) for reminder in reminders(state)]
    assert [path.relative_to(tmp_path).as_posix() for path in paths] == [
        "A01/催报-2022-02-05.txt",
        "A02/催报-2022-02-05.txt",
    ]
    text = paths[0].read_text(encoding="utf-8")
    assert text.startswith("演示数据，不代表任何真实单位\n")
    assert "A02" not in text
    assert state.unit("A02").unit.name not in text
