"""The page of what was fetched: what was done with every mail and file, for the operator's browser.

Rows and words come from whoever fetched (`gongkai.delivery.incoming`); here is the paper.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from gongkai.reporting.shared.write import write_text
from gongkai.reporting.style import Page, render


class Listed(Protocol):
    """One row: its cells, and whether somebody has to look at it."""

    @property
    def open(self) -> bool: ...

    @property
    def cells(self) -> tuple[str, ...]: ...


def write_arrivals(heads: Sequence[str], listed: Sequence[Listed], page: Page, file: Path) -> Path:
    """Writes the page; what wants somebody stands first."""
    return write_text(
        file, render("arrivals.html", page, heads=heads, listed=sorted(listed, key=lambda row: not row.open))
    )
