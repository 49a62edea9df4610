"""What travels between tasks, and how: large values opaque, so that Prefect does not look inside.

Prefect walks into collections, dataclasses and models of every task argument to find futures. Two hundred
thousand cells are no place to search, and nothing of a submission may end in a task's recorded inputs.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from gongkai.submission.form import Reading, ReceivedFile
from gongkai.submission.inspection.reader import InspectionReading
from gongkai.submission.verdict import Verdict
from gongkai.warehouse.records import YearState
from gongkai.warehouse.totals import Totals

T_co = TypeVar("T_co", covariant=True)


class Opaque(Generic[T_co]):
    """Carries one value unseen.

    Prefect keeps what every task returned until its flow ends; whoever needs a large value last takes it out.
    """

    __slots__ = ("_values",)

    def __init__(self, value: T_co) -> None:
        self._values = [value]

    @property
    def value(self) -> T_co:
        """The value; it stays."""
        return self._values[0]

    def release(self) -> T_co:
        """The value, which is let go of."""
        return self._values.pop()


@dataclass
class Received:
    """The files of an inbox that concern this year, by whose they are.

    Attributes:
        units: unit code → the files that lie in its folder, in the order of arrival.
        loose: files directly in the inbox: theirs is the unit that they name inside.
        office: the office's own input.
        unplaced: files in folders that are no unit's, or loose ones that are refused (a link, a device), as readings.
        troubles: what could not be listed, and why.
        elsewhere: unit code → files in its folder that the warehouse holds for another year, where nothing else is.
    """

    units: dict[str, list[ReceivedFile]] = field(default_factory=dict)
    loose: list[ReceivedFile] = field(default_factory=list)
    office: list[ReceivedFile] = field(default_factory=list)
    unplaced: list[Reading] = field(default_factory=list)
    troubles: Sequence[str] = ()
    elsewhere: dict[str, list[ReceivedFile]] = field(default_factory=dict)


@dataclass(frozen=True)
class OfficeFile:
    """One file of the office's own input and what it says."""

    file: ReceivedFile
    said: InspectionReading


@dataclass(frozen=True)
class JudgedOffice:
    """A file of the office with the verdict on it."""

    office: OfficeFile
    verdict: Verdict


@dataclass(frozen=True)
class YearSnapshot:
    """The year as every output shows it: state, totals, and the hash of what they were made from."""

    state: YearState
    totals: Totals
    basis: str
