"""A unit's own appeals (申诉): what it objects to, and whether a file says nothing else.

The list `appeals` is part of a submission like any other, but no content of the report: a file that only adds an
appeal is no new revision. What becomes of an appeal is `gongkai.assessment.hearing.appeals`.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from gongkai.submission.form import State, Submission

LIST = "appeals"


@dataclass(frozen=True, slots=True)
class AppealRow:
    """One appeal as a unit wrote it.

    Attributes:
        indicator: the line that it objects to; None: the card as a whole (grade, rank, veto).
        where: its place in the file.
    """

    indicator: str | None
    ground: str
    evidence: str | None
    where: str

    @property
    def said(self) -> tuple[str, str, str]:
        """What makes it this appeal, whichever file says it."""
        words = (self.indicator, self.ground, self.evidence)
        return tuple(" ".join((word or "").split()) for word in words)  # type: ignore[return-value]


def appeals_in(submission: Submission | None) -> tuple[AppealRow, ...]:
    """The appeals of a file in its order; a row without a ground appeals for nothing."""
    rows = submission.records(LIST) if submission is not None else ()
    return tuple(
        AppealRow(_text(row["indicator"]), ground, _text(row["evidence"]), f"{LIST}[{row.position}]")
        for row in rows
        if (ground := _text(row["ground"]))
    )


def says_only_appeals(submission: Submission) -> bool:
    """Whether it gives no figure, no text and no record beside its appeals: tables and other sheets are empty."""
    return not any(cell.table != LIST and cell.state is not State.BLANK for cell in submission.cells)


def beside_appeals(places: Iterable[str]) -> list[str]:
    """The places that are not of the appeals."""
    return [where for where in places if where != LIST and not where.startswith(f"{LIST}[")]


def _text(value: object) -> str | None:
    return str(value).strip() or None if value is not None else None
