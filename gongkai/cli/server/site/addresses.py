"""Where a file of an address lies, and that it lies there: below the output folder, whatever links and dots say.

`OUT/<year>` may be a link to one run's folder; it is followed once a request. Any other link that leads out of that
folder is nothing that is served.
"""

import re
from pathlib import Path

_YEAR = re.compile(r"\d{4}")
_OUTBOX = "outbox"


def years(out: Path) -> list[str]:
    """The years that have outputs, newest first."""
    found = out.iterdir() if out.is_dir() else ()
    return sorted((path.name for path in found if _YEAR.fullmatch(path.name) and path.is_dir()), reverse=True)


def year_folder(out: Path, year: str) -> Path | None:
    """The folder that holds the year's outputs now; None where there is none, or it lies elsewhere."""
    return _within(out, (year,)) if _YEAR.fullmatch(year) else None


def issued_folder(out: Path, year: str, unit: str) -> Path | None:
    """What was issued to a unit; None where nothing was."""
    return _within(out, (_OUTBOX, year, unit)) if _YEAR.fullmatch(year) and _plain(unit) else None


def file_in(folder: Path, parts: tuple[str, ...]) -> Path | None:
    """A file below a folder; None where there is none, or its name or a link leads out."""
    if not parts or not all(map(_plain, parts)):
        return None
    found = _within(folder, parts)
    return found if found is not None and found.is_file() else None


def _within(folder: Path, parts: tuple[str, ...]) -> Path | None:
    try:
        root, found = folder.resolve(strict=True), folder.joinpath(*parts).resolve(strict=True)
    except (OSError, RuntimeError, ValueError):
        return None
    return found if found.is_relative_to(root) else None


def _plain(part: str) -> bool:
    """A name of ours: none that is hidden, climbs, or is two names in one."""
    return bool(part) and not part.startswith(".") and not set(part) & set("/\\\0")
