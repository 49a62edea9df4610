"""A profile with a few of its units: what a run does for one it does for 37, and a test of it takes seconds."""

import shutil
from collections.abc import Collection
from pathlib import Path

import yaml


def profile_of(units: Collection[str], source: Path, folder: Path) -> Path:
    """Copies a profile to a folder that is not there yet and keeps these units of its registry; gives the folder."""
    shutil.copytree(source, folder)
    return keep(units, folder)


def keep(units: Collection[str], folder: Path) -> Path:
    """Keeps these units of a profile's registry, in its place; gives the folder."""
    registry = folder / "units.yaml"
    said = yaml.safe_load(registry.read_text(encoding="utf-8"))
    said["units"] = [unit for unit in said["units"] if unit["code"] in units]
    registry.write_text(yaml.safe_dump(said, allow_unicode=True), encoding="utf-8")
    return folder
