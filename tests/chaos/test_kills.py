"""A run that is killed leaves the old or the new year whole, and the next one ends as if it had not been.

One random moment and one step in `make test`, thirty and all in `make chaos` (`GONGKAI_CHAOS`); a failure names it.
"""

import os
import random
from pathlib import Path

import pytest

from tests.chaos.conftest import District, Stage
from tests.chaos.content import has_ended, manifest

KILLS = int(os.environ.get("GONGKAI_CHAOS", "1"))
STEPS = (
    "before tasks.merge:keep_first_sights.fn",
    "after tasks.merge:runs.start_run",
    "after gongkai.warehouse.merge:store_verdict",
    "before gongkai.reporting.shared.papers:link_or_copy",
    "after tasks.score:store_scores",
    "before tasks.papers:keep_papers",
    "after tasks.papers:keep_papers",
    "after tasks.draft:write_manifest",
    "before gongkai.reporting.shared.year_folder:_to_disk",
    "after gongkai.reporting.shared.year_folder:_to_disk",
    "after pathlib:Path.symlink_to",
    "before pathlib:Path.replace",
    "after pathlib:Path.replace",
    "after gongkai.reporting.shared.year_folder:YearFolder.put_in_place",
    "after tasks.merge:runs.record_outputs",
    "before tasks.merge:runs.finish_run",
    "after tasks.merge:runs.finish_run",
)
SAMPLE = STEPS if KILLS > 1 else STEPS[11:12]


def has_day_two(stage: Stage, district: District) -> bool:
    """Whether the kill came when the run had ended: then it is on record, and the next one is a second."""
    return manifest(district.out) == stage.undisturbed.after and has_ended(district.warehouse)


@pytest.mark.parametrize("number", range(KILLS))
def test_a_kill_at_any_moment_costs_nothing(stage: Stage, tmp_path: Path, number: int) -> None:
    part = (number + random.Random(number).random()) / KILLS  # noqa: S311  # a moment, no secret
    for attempt in range(9):  # a run that was faster than expected is no kill: sooner then
        district = stage.district(tmp_path / str(attempt))
        after = part * stage.undisturbed.seconds * 0.9**attempt
        killed = district.start()
        if killed.kill_after(after):
            break
    else:
        pytest.fail(f"never killed, last at {after:.2f} s")
    stage.undisturbed.is_whole(district)
    one_more = has_day_two(stage, district)
    said = district.run()
    assert one_more or "中途中断" in said or "合并" not in killed.said
    stage.undisturbed.is_reached(district, one_more)


@pytest.mark.parametrize("step", SAMPLE)
def test_a_kill_at_each_step_of_publishing_costs_nothing(stage: Stage, tmp_path: Path, step: str) -> None:
    district = stage.district(tmp_path)
    killed = district.start(trap=step)
    assert killed.wait() == -9, killed.said
    stage.undisturbed.is_whole(district)
    one_more = has_day_two(stage, district)
    district.run()
    stage.undisturbed.is_reached(district, one_more)


@pytest.mark.chaos
def test_a_killed_holder_blocks_nobody(stage: Stage, tmp_path: Path) -> None:
    """The claim ends with its process: the next run does not wait, and says nothing of waiting."""
    district = stage.district(tmp_path)
    assert district.start(trap="after tasks.merge:runs.start_run").wait() == -9
    said = district.run()
    assert "正由另一次运行处理" not in said
