"""The profile of a demonstration: the default one, or that of a district that rehearses with its own units.

Either is marked as demonstration, so that every page says that its data are invented. A rehearsal has the units of the
season that it rehearses for, as if they had always been there; which year is invented, `moments` says.
"""

import re
import shutil
from pathlib import Path
from typing import NamedTuple

import yaml

from gongkai.profile import default_folder, load_profile

_HISTORY = ("from_year", "to_year", "succeeds")
_MARK = re.compile(r"^demonstration:.*$", re.MULTILINE)


class Rehearsal(NamedTuple):
    """A district's own profile, the report year whose units take part, and the year that is invented for them."""

    profile: Path
    season: int
    year: int


def write_profile(folder: Path, rehearsal: Rehearsal | None) -> None:
    """Writes the profile of the demonstration.

    Raises:
        ProfileError: the district's profile is none.
    """
    shutil.copytree(rehearsal.profile if rehearsal else default_folder(), folder, dirs_exist_ok=True)
    mark(folder)
    if rehearsal:
        _as_if_always(folder, rehearsal.season)


def mark(folder: Path) -> None:
    """Marks a profile as demonstration."""
    path = folder / "district.yaml"
    text, marked = path.read_text(encoding="utf-8"), "demonstration: true"
    path.write_text(_MARK.sub(marked, text) if _MARK.search(text) else f"{text.rstrip()}\n{marked}\n", encoding="utf-8")


def _as_if_always(folder: Path, year: int) -> None:
    """The units of the season, without a beginning, an end or predecessors."""
    profile = load_profile(folder)
    units = [
        {
            key: value
            for key, value in unit.model_dump(mode="json", exclude_defaults=True).items()
            if key not in _HISTORY
        }
        for unit in profile.expected(year)
    ]
    content = {"areas": profile.areas, "units": units}
    (folder / "units.yaml").write_text(yaml.safe_dump(content, allow_unicode=True, sort_keys=False), encoding="utf-8")
