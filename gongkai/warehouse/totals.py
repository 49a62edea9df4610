"""The district's totals from the accepted revisions of a year, with the provenance of every cell.

Only addition, the averages of the registers, and the counts of documents. What is printed of them is decided
in `gongkai.reporting`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

Number = int | Decimal


@dataclass(frozen=True, slots=True)
class Contribution:
    """What one accepted revision adds to one cell."""

    unit: str
    revision: int
    value: Number


@dataclass(frozen=True)
class Figures:
    """Summed figures of a set of revisions.

    Attributes:
        tables: `<table>.<row>.<column>` → sum, for every cell of the year's format, in its order; None where no
            revision gives a value.
        activities: field → sum of the numeric activities.
        documents_by_kind: kind → number of documents in the lists.
    """

    tables: Mapping[str, Number | None]
    activities: Mapping[str, Number]
    documents_by_kind: Mapping[str, int]


@dataclass(frozen=True)
class Indicators:
    """The district's rates, rounded half up to two places as printed; None without a case (never 0).

    The shortening is computed from the printed average: (20 − average) / 20, in percent.
    """

    average_reply_working_days: Decimal | None
    reply_shortening_percent: Decimal | None
    requests_closed: int
    requests_closed_on_time: int
    requests_closed_on_time_percent: Decimal | None


@dataclass(frozen=True)
class Totals:
    """The district picture: all accepted revisions, the office apart, where each figure comes from, last year."""

    year: int
    district: Figures
    office: Figures | None
    indicators: Indicators
    office_indicators: Indicators
    sources: Mapping[str, tuple[Contribution, ...]]
    previous: Figures | None
