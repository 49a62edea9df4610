"""The page of a last year that was taken in for comparison: who has one, who has none, and what is to be typed.

Written by `gongkai run --as-history` for the two people at the office, beside the outputs of the years that count.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from gongkai.reporting.shared.write import write_json, write_text
from gongkai.reporting.style import Page, render

FOLDER = "history"


@dataclass(frozen=True)
class FileLeftOut:
    """A file that does not count, and why, in Chinese."""

    name: str
    reasons: tuple[str, ...]


@dataclass(frozen=True)
class LastYearOf:
    """One unit of the year to come.

    Attributes:
        reports: the reports of last year that it follows, each as code and name.
        missing: those that it should follow and that are not there.
        figures: how many figures of the national tables are known of it.
        unread: the places that are not, in words.
        left_out: its files that do not count.
    """

    code: str
    name: str
    reports: tuple[str, ...]
    missing: tuple[str, ...]
    figures: int
    unread: tuple[str, ...]
    left_out: tuple[FileLeftOut, ...]


def write_history(
    units: Sequence[LastYearOf], unplaced: Sequence[FileLeftOut], page: Page, folder: Path
) -> tuple[Path, Path]:
    """Writes `history/<year>.html` and `.json`; returns both paths.

    Args:
        units: of the year to come, in registry order.
        unplaced: files that are no unit's.
        page: head and foot; its year is the last year.
        folder: the output folder.
    """
    said = {
        "year": page.year,
        "as_of": page.as_of.isoformat(),
        "units": [asdict(one) for one in units],
        "unplaced": [asdict(one) for one in unplaced],
    }
    without = [one for one in units if not one.reports]
    html = render("history.html", page, units=units, without=without, unplaced=unplaced)
    return write_text(folder / FOLDER / f"{page.year}.html", html), write_json(
        folder / FOLDER / f"{page.year}.json", said
    )
