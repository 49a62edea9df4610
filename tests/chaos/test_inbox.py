"""An inbox that moves while it is read, and a clock that is set back: told, and made good by the next run."""

import random
import shutil
import time
from pathlib import Path

import pytest

from tests.chaos.conftest import Stage
from tests.chaos.content import manifest

pytestmark = pytest.mark.chaos


@pytest.mark.parametrize("what", ["change", "vanish", "inbox"])
def test_a_file_that_moves_while_it_is_read_is_left_to_the_next_run(stage: Stage, tmp_path: Path, what: str) -> None:
    inbox = tmp_path / "inbox"
    district = stage.district(tmp_path, inbox)
    disturbed = district.start(disturbed={"unit": "A05", "what": what, "inbox": str(inbox)})
    assert disturbed.wait() in (0, 3), disturbed.said
    assert "下次运行会重新读取" in disturbed.said
    manifest(district.out)
    shutil.rmtree(inbox, ignore_errors=True)
    shutil.copytree(stage.made.second, inbox)
    district.run()
    stage.undisturbed.is_reached(district, one_more=True)


@pytest.mark.parametrize("number", range(3))
def test_an_inbox_that_vanishes_at_any_moment(stage: Stage, tmp_path: Path, number: int) -> None:
    inbox = tmp_path / "inbox"
    district = stage.district(tmp_path, inbox)
    command = district.start()
    part = (number + random.Random(number).random()) / 3  # noqa: S311  # a moment, no secret
    time.sleep(part * stage.undisturbed.seconds / 2)
    inbox.rename(tmp_path / "aside")
    assert command.wait() in (0, 2, 3), command.said
    assert "Traceback" not in command.said
    manifest(district.out)
    (tmp_path / "aside").rename(inbox)
    district.run()
    stage.undisturbed.is_reached(district, one_more=True)


def test_a_clock_that_was_set_back_hides_nothing(stage: Stage, tmp_path: Path) -> None:
    district = stage.district(tmp_path)
    district.run(as_of=None)
    today = manifest(district.out)
    said = district.run(as_of=None, clock_back=3)
    assert "可能被调回" in said
    again = manifest(district.out)
    assert again["inputs"] == today["inputs"]
    assert again["as_of"] >= today["as_of"][:16]
