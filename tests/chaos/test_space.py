"""A disk that is full, under the outputs and under the warehouse: the message speaks of space, and nothing is lost."""

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.chaos.conftest import Stage

pytestmark = pytest.mark.chaos


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path | None]:
    """A disk of 2 MB where this account may make one; None elsewhere: a limit of file size takes its place."""
    place = tmp_path / "disk"
    place.mkdir()
    made = (
        os.geteuid() == 0
        and not subprocess.run(
            ["mount", "-t", "tmpfs", "-o", "size=2m", "none", str(place)], check=False, capture_output=True
        ).returncode
    )
    yield place if made else None
    if made:
        subprocess.run(["umount", "-l", str(place)], check=False)


def test_full_under_the_outputs(stage: Stage, tmp_path: Path, small_disk: Path | None) -> None:
    district = stage.district(tmp_path)
    elsewhere = small_disk / "out" if small_disk else tmp_path / "full"
    limits = {} if small_disk else {"largest_file": 30_000}
    failed = district.start(out=elsewhere, **limits)
    assert failed.wait() == 1, failed.said
    assert "请腾出磁盘空间" in failed.said
    assert "Traceback" not in failed.said
    assert not (elsewhere / "2021").exists(), "half a year is none"
    district.run()
    stage.undisturbed.is_reached(district)


def test_full_in_the_middle_of_the_outputs_that_stand(stage: Stage, tmp_path: Path) -> None:
    district = stage.district(tmp_path)
    failed = district.start(largest_file=400_000)
    assert failed.wait() == 1, failed.said
    assert "请腾出磁盘空间" in failed.said
    stage.undisturbed.is_whole(district)
    district.run()
    stage.undisturbed.is_reached(district)


def test_full_under_the_warehouse(stage: Stage, tmp_path: Path) -> None:
    district = stage.district(tmp_path)
    size = (tmp_path / "warehouse.sqlite").stat().st_size
    failed = district.start(largest_file=size // 40)  # its write-ahead log soon reaches that
    assert failed.wait() == 1, failed.said
    assert "请腾出磁盘空间" in failed.said
    assert "地址" not in failed.said
    stage.undisturbed.is_whole(district)
    district.run()
    stage.undisturbed.is_reached(district)
