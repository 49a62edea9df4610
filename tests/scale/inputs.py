"""The districts that the bench runs: written once, kept where somebody says so, and refused where they are stale.

`GONGKAI_SCALE_DISTRICTS` names a folder that `gongkai demo --districts N --out FOLDER` filled or will be filled here.
The first 30 of 120 districts are the 30 of a smaller run: what is in one follows from its number and the seed alone.
"""

import hashlib
import os
import re
import shutil
from pathlib import Path

from gongkai.city.districts import CITY
from gongkai.demonstration.districts import generate_districts
from gongkai.reporting.shared.write import link_or_copy
from tests.few_units import keep

KEPT = "GONGKAI_SCALE_DISTRICTS"
_TRIED = 3  # the third has mistakes, the first has none: written anew, they are the ones that are kept
_DISTRICT = re.compile(r"D\d+")


def written(number: int, scratch: Path) -> Path:
    """The folder with at least so many districts, written by this program.

    Args:
        number: how many districts the largest run has.
        scratch: where they are written when no folder is named, and where some are written anew to compare.
    """
    kept = Path(os.environ[KEPT]) if KEPT in os.environ else scratch / "districts"
    if not kept.exists():
        generate_districts(kept, number)
        return kept
    codes = _codes(kept)
    if len(codes) < number or not (kept / CITY / "inbox").is_dir():  # the city's own inbox is written last of all
        raise SystemExit(
            f"{kept} holds {len(codes)} whole districts, {number} are asked for: remove it or ask for fewer"
        )
    for trial, standing in zip(generate_districts(scratch / "anew", _TRIED), codes, strict=False):
        if _bytes(scratch / "anew" / trial) != _bytes(kept / standing):
            raise SystemExit(
                f"{kept / standing} is not what this version writes: remove {kept} and let it be written anew"
            )
    return kept


def first_of(kept: Path, number: int, folder: Path) -> Path:
    """A city of the first so many districts: their files linked, the city's registry cut down to them."""
    codes = _codes(kept)[:number]
    for code in codes:
        for path in (kept / code).rglob("*"):
            if path.is_file():
                link_or_copy(path, folder / code / path.relative_to(kept / code))
    shutil.copytree(kept / CITY, folder / CITY)
    keep({*codes, "OFFICE"}, folder / CITY / "profile")
    return folder


def _codes(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir() if _DISTRICT.fullmatch(path.name))


def _bytes(district: Path) -> dict[str, tuple[str, int]]:
    """Every file's hash, and of what was handed in its moment too."""
    return {
        path.relative_to(district).as_posix(): (
            hashlib.sha256(path.read_bytes()).hexdigest(),
            path.stat().st_mtime_ns if "inbox" in path.relative_to(district).parts else 0,
        )
        for path in district.rglob("*")
        if path.is_file()
    }
