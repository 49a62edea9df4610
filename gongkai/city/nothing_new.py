"""Whether a district's outputs still are what a run would write: then a city's run leaves it alone.

A mark beside the outputs says what the last run had before it: the inbox as it lay there, the profile, the program,
the day (or the moment that was named). It holds while every file of the outputs is that run's and the warehouse has
learnt nothing: a report that somebody has edited since is written again before the city counts it.
Without a mark, or in doubt, the district is run: that changes nothing either, it only takes longer.
"""

import hashlib
import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from gongkai.errors import GongkaiError
from gongkai.warehouse.engine import is_there, looked_at
from gongkai.warehouse.pulse import signed_pulse

_MARK = ".city-{year}.json"
_MANIFEST = "manifest.json"


def before_it(inbox: Path, circumstances: Mapping[str, Any]) -> str:
    """The hash of everything that a run has before it, beside what its warehouse knows.

    Args:
        inbox: listed by names, sizes and times; no file is opened.
        circumstances: profile, program, rules, moment: whatever else decides the outputs.
    """
    said = json.dumps([_listed(inbox), dict(sorted(circumstances.items()))], ensure_ascii=False, default=str)
    return hashlib.sha256(said.encode()).hexdigest()


def is_marked(out: Path, year: int) -> bool:
    """Whether a run has left its mark at all; where none has, there is nothing to compare."""
    return (out / _MARK.format(year=year)).is_file()


def holds(out: Path, year: int, warehouse: str, before: str) -> bool:
    """Whether the outputs that stand were written with the same before them, and nothing has changed since."""
    try:
        mark = json.loads((out / _MARK.format(year=year)).read_text(encoding="utf-8"))
        return bool(mark == _mark(out, year, warehouse, before))
    except (OSError, ValueError, GongkaiError):
        return False


def keep(out: Path, year: int, warehouse: str, before: str) -> None:
    """Keeps the mark of a run that has just ended."""
    place = out / _MARK.format(year=year)
    beside = place.with_name(f"{place.name}.new")
    beside.write_text(json.dumps(_mark(out, year, warehouse, before)), encoding="utf-8")
    beside.replace(place)


def _listed(folder: Path) -> list[tuple[str, int, int]]:
    """Every file below a folder: its name (whatever its bytes), its size and its moment."""
    return sorted(
        (os.fsencode(path.relative_to(folder)).hex(), status.st_size, status.st_mtime_ns)
        for path in folder.rglob("*")
        if not path.is_dir() and (status := path.lstat())
    )


def _mark(out: Path, year: int, warehouse: str, before: str) -> dict[str, Any]:
    outputs = hashlib.sha256(json.dumps(_listed(out / str(year))).encode()).hexdigest()
    manifest = (out / str(year) / _MANIFEST).read_bytes()
    known: list[int] = []
    if is_there(warehouse):
        with looked_at(warehouse) as engine:
            known = list(signed_pulse(engine))
    said = hashlib.sha256(manifest).hexdigest()
    return {"before": before, "outputs": outputs, "manifest": said, "warehouse": known}
