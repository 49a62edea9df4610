"""The papers of one run: since when each says what it says, and which files of the current run can stand again.

What has its own basis is made once: the file that stands is taken over where the warehouse knows it by this basis and
by its hash, so that neither a stale nor an altered one is.
"""

import hashlib
from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path

from gongkai.reporting.shared.own_basis import OwnBasis
from gongkai.reporting.shared.write import link_or_copy
from gongkai.warehouse.rows.papers import Paper


class Papers:
    """The papers of a run, by name: the path of their files below `OUT/<year>` up to the unit (`receipts/T01`).

    Attributes:
        changed: those that the warehouse does not know as they are now.
    """

    def __init__(self, known: Mapping[str, Paper], as_of: datetime, standing: Path, folder: Path) -> None:
        """`standing`: `OUT/<year>` as it is; `folder`: where this run's outputs are written."""
        self._known = known
        self._as_of = as_of
        self._standing = standing
        self._folder = folder
        self.changed: dict[str, Paper] = {}

    def own(self, name: str, sha256: str) -> OwnBasis:
        """The paper's basis with the moment since which it holds: the run's for a content that is new."""
        known = self._known.get(name)
        return OwnBasis(sha256, known.since if known and known.basis == sha256 else self._as_of)

    def taken_over(self, name: str, own: OwnBasis) -> bool:
        """Whether the paper need not be made: its files of the current run are put into this run's folder."""
        known = self._known.get(name)
        if known is None or known.basis != own.sha256 or not known.files:
            return False
        if any(_sha256(self._standing / path) != sha256 for path, sha256 in known.files.items()):
            return False
        for path in known.files:
            link_or_copy(self._standing / path, self._folder / path)
        return True

    def written(self, name: str, own: OwnBasis, paths: Iterable[Path]) -> None:
        """Notes the files that a paper has been written to."""
        files = {path.relative_to(self._folder).as_posix(): _sha256(path) or "" for path in paths}
        paper = Paper(own.sha256, own.since, files)
        if files and paper != self._known.get(name):
            self.changed[name] = paper


def _sha256(path: Path) -> str | None:
    """The hash of a file; None where none lies."""
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else None
