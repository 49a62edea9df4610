"""What a district's `report.json` says to the office above it, beside tables and activities: `gongkai/report/1`.

How far the report is, whence each figure comes, the integers behind its averages, its last year. Kept as the one text
that was read, so that it travels, is stored and is compared as a whole. How it is read is `readers.report_reader`'s.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any, NamedTuple

SCHEMA = "gongkai/report/1"
OWN_HASH = "file_sha256"
"""The key under which a report says what all its other keys were when the program wrote it."""
DRAFT = "draft"
COUNTS = ("reply_working_days", "closed", "closed_on_time", "all_closed", "open_late")
"""The integers of `counts`: working days used, cases in the average, cases in time, all closed ones, late open ones."""


def own_hash(document: Mapping[str, Any]) -> str:
    """The hash of everything in a report but that hash, however the file is indented and its keys are ordered."""
    rest = {key: value for key, value in document.items() if key != OWN_HASH}
    return hashlib.sha256(json.dumps(rest, sort_keys=True, default=str).encode()).hexdigest()


class SourceBelow(NamedTuple):
    """What one unit of the district gave for a cell."""

    unit: str
    revision: int
    value: int | Decimal


class Counts(NamedTuple):
    """The integers from which a district's average and share are computed; those of several districts add up."""

    reply_working_days: int
    closed: int
    closed_on_time: int
    all_closed: int
    open_late: int


@dataclass(frozen=True)
class ReportBelow:
    """One report of a district.

    Attributes:
        text: its parts as canonical JSON; made by `of`.
    """

    text: str

    @classmethod
    def of(cls, parts: Mapping[str, Any]) -> "ReportBelow":
        """Of `state`, `provisional`, `as_of`, `counts`, `documents_by_kind`, `printed`, `previous` and `sources`."""
        return cls(json.dumps(parts, ensure_ascii=False, sort_keys=True))

    @cached_property
    def _parts(self) -> Mapping[str, Any]:
        return json.loads(self.text)  # type: ignore[no-any-return]

    @cached_property
    def said(self) -> str:
        """Everything but the moment that it shows: equal for reports that say the same."""
        return json.dumps({**self._parts, "as_of": None}, sort_keys=True)

    @property
    def approved(self) -> bool:
        """Whether somebody answers for it: approved, published or corrected."""
        return bool(self._parts["state"] != DRAFT)

    @property
    def provisional(self) -> bool:
        """Whether a unit of the district was not accepted when it was written."""
        return bool(self._parts["provisional"])

    @property
    def final(self) -> bool:
        """Whether it will not change by itself any more."""
        return self.approved and not self.provisional

    @property
    def as_of(self) -> str | None:
        """The moment that it shows, as it is printed."""
        found: str | None = self._parts["as_of"]
        return found

    @cached_property
    def counts(self) -> Counts | None:
        """The integers behind its average and share; None where it does not give them."""
        given = self._parts["counts"]
        return Counts(**given) if given is not None else None

    @property
    def documents_by_kind(self) -> Mapping[str, int]:
        """Kind → number of documents in the lists of its units; empty where it gives none."""
        found: Mapping[str, int] = self._parts["documents_by_kind"]
        return found

    @cached_property
    def printed(self) -> Mapping[str, Decimal]:
        """The rates that it prints, by their names in `indicators`."""
        return {name: Decimal(value) for name, value in self._parts["printed"].items()}

    @cached_property
    def previous(self) -> Mapping[str, int | Decimal]:
        """`<table>.<row>.<column>` → last year's figure, in last year's format; empty without a last year."""
        return {where: _number(value) for where, value in self._parts["previous"].items()}

    @cached_property
    def sources(self) -> Mapping[str, tuple[SourceBelow, ...]]:
        """`<table>.<row>.<column>` → what each of its units gave."""
        return {
            where: tuple(SourceBelow(unit, revision, _number(value)) for unit, revision, value in given)
            for where, given in self._parts["sources"].items()
        }


def _number(value: int | str) -> int | Decimal:
    """A count is a JSON integer, money is text."""
    return value if isinstance(value, int) else Decimal(value)
