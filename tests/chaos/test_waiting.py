"""Whoever finds the year taken says for whom it waits, and ends with a sentence when that one does not end."""

from pathlib import Path

import pytest

from gongkai.warehouse.claim import claimed
from tests.chaos import conftest
from tests.chaos.conftest import Stage

pytestmark = pytest.mark.chaos
DAY_TWO = conftest.DAY_TWO.isoformat()


def test_every_command_that_needs_the_year_waits_for_its_holder_and_gives_up(stage: Stage, tmp_path: Path) -> None:
    district = stage.district(tmp_path)
    place = ("--year", 2021, "--out", district.out, "--warehouse", district.warehouse)
    office = ("--by", "王主任", "--reason", "定稿送达")
    impatient = {"GONGKAI_WAIT": "1"}
    with claimed(district.warehouse, district.out, 2021, "单位重收 T03", 1, print):
        started = {
            "run": district.start(environment=impatient),
            "rebuild": district.commands.start("rebuild", *place, "--as-of", DAY_TWO, environment=impatient),
            "issue": district.commands.start("issue", *place, *office, environment=impatient),
            "lock": district.commands.start("lock", *place, *office, environment=impatient),
        }
        codes = {name: command.wait() for name, command in started.items()}
    for name, command in started.items():
        assert "正由另一次运行处理：单位重收 T03" in command.said, name
        assert "等候超时，本次没有读写任何内容。请待其结束后重新运行。" in command.said, name
        assert "Traceback" not in command.said, command.said
    assert set(codes.values()) == {1}, codes
    stage.undisturbed.is_whole(district)
