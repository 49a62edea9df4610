"""Files away what was decided about a unit's files: revisions, repetitions, attached reports, and what is no form.

What a file is, is decided in `expectations.roles`; here it is stored, one transaction a file, and the numbers are the
warehouse's: another run may have taken a number that was expected.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

from sqlalchemy import Engine

from gongkai.submission.form import Reading
from gongkai.submission.verdict import Verdict
from gongkai.warehouse.merge import merge_submission
from gongkai.warehouse.rows.attached_reports import (
    store_appeal,
    store_beside,
    store_published,
    store_repeated,
)


class Role(StrEnum):
    """What a file is among those of its unit.

    A repetition says what the accepted revision says already. An attached report is a published report beside a
    submission, which it is compared with. An attachment is no form, or evidence; an unreadable form is told. An appeal
    only adds the unit's appeals to what is accepted.
    """

    REVISION = "revision"
    REPETITION = "repetition"
    ATTACHED_REPORT = "attached_report"
    ATTACHMENT = "attachment"
    UNREADABLE = "unreadable"
    APPEAL = "appeal"


@dataclass(frozen=True)
class FiledReading:
    """One file with the verdict on it and what it is.

    Attributes:
        number: of the revision; of a repetition or an attached report, the revision that it is held against (None:
            the unit has none).
        answered: the warehouse has the file and the verdict, and keeps both as they are.
    """

    reading: Reading
    verdict: Verdict
    role: Role
    number: int | None
    answered: bool = False


def file_readings(
    engine: Engine, filed: Iterable[FiledReading], unit: str, year: int, run_id: int
) -> list[FiledReading]:
    """Stores the files of one unit; returns those that were not known, with the numbers that they got.

    Raises:
        WarehouseError: the database refuses; the files before are stored, nothing of this one is.
    """
    numbers: dict[int | None, int] = {}
    new = []
    for one in filed:
        if one.answered:
            continue
        number = numbers.get(one.number, one.number)
        if one.role is Role.REVISION:
            merged = merge_submission(engine, one.reading, one.verdict, unit, year, run_id)
            numbers[one.number] = number = merged.number
            stored = merged.new
        elif one.role is Role.REPETITION and number is not None:
            stored = store_repeated(engine, one.reading.file, one.verdict, unit, year, number, run_id)
        elif one.role is Role.APPEAL:
            stored = store_appeal(engine, one.reading, one.verdict, unit, year, run_id)
        elif one.role in (Role.ATTACHMENT, Role.UNREADABLE):
            stored = store_beside(engine, one.reading.file, one.role, one.verdict, unit, year, run_id)
        else:
            stored = store_published(engine, one.reading, one.verdict, unit, year, number, run_id)
        if stored:
            new.append(replace(one, number=number))
    return new
