"""What the sheets of a profile's workbook must not say of each other: each with sheet, cell, value and way out.

A single cell was read before. What a row as a whole may be is asked of the profile's own parts; only the comparisons
over rows and sheets stand here.
"""

from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from itertools import pairwise

from gongkai.profile import Profile
from gongkai.profile.rules import SwitchedOff
from gongkai.profile.scheme import WHOLE
from gongkai.profile.statutory_holidays import statutory_holidays
from gongkai.profile.unit import Unit
from gongkai.profile.working_days import NO_MAKE_UP
from gongkai.profile.wrong_values import faults
from gongkai.profile_workbook.profile_rows import printed_day
from gongkai.profile_workbook.read_content import ReadWorkbook
from gongkai.profile_workbook.sheet_columns import DAYS, DISTRICT, SWITCHED_OFF, UNITS, WEIGHTS_SHEET, EntrySheet

WhyNotOff = Callable[[str], str | None]
_SOFT, _HARD = (next(line for line in DISTRICT if line.path == (key,)) for key in ("soft", "hard"))


def contradictions(read: ReadWorkbook, profile: Profile, why_not_off: WhyNotOff) -> Iterator[str]:
    """Everything that does not fit together, in the order of the sheets.

    Args:
        read: what the cells say.
        profile: as it is; what the workbook does not hold comes from there.
        why_not_off: why a rule cannot be switched off; None where it can.
    """
    yield from _deadlines(read)
    yield from _grades(read)
    yield from _rows(read, UNITS, Unit)
    yield from _succession(read, profile)
    yield from _days(read)
    yield from _weights(read, profile)
    yield from _rows(read, SWITCHED_OFF, SwitchedOff)
    for number, row in enumerate(read.off):
        if "rule" in row and (reason := why_not_off(row["rule"])) is not None:
            yield f"{read.place(SWITCHED_OFF.name, number, 'rule')}：{reason}。"


def _deadlines(read: ReadWorkbook) -> Iterator[str]:
    soft, hard = (read.district.get(line) for line in (_SOFT, _HARD))
    if soft and hard and (hard["month"], hard["day"]) < (soft["month"], soft["day"]):
        yield (
            f"{read.lines[_HARD]}：{_HARD.heading} {printed_day(hard)} 早于{_SOFT.heading} {printed_day(soft)}，"
            "请改正其中一个。"
        )


def _grades(read: ReadWorkbook) -> Iterator[str]:
    """The floors of the grades go down."""
    floors = sorted((line.path[1], line) for line in read.district if line.path[0] == "bands")
    for (_, above), (_, line) in pairwise(floors):
        higher, lower = read.district[above], read.district[line]
        if higher is not None and lower is not None and Decimal(lower) >= Decimal(higher):
            yield f"{read.lines[line]}：{line.heading} {lower} 应低于{above.heading} {higher}。"


def _rows(read: ReadWorkbook, table: EntrySheet, part: type[Unit | SwitchedOff]) -> Iterator[str]:
    """What the profile's own part says of a row whose cells are all there."""
    headings = {column.key: column.heading for column in table.columns}
    for number, row in enumerate(read.rows(table)):
        if any(column.needed and column.key not in row for column in table.columns):
            continue
        for key, reason in faults(part, row):
            place = read.place(table.name, number, key or next((k for k in headings if reason.startswith(k)), table.id))
            for name, heading in headings.items():
                reason = reason.replace(name, heading)
            yield f"{place}：{reason}。"


def _succession(read: ReadWorkbook, profile: Profile) -> Iterator[str]:
    """A predecessor is a line of the sheet, or was one: of today's profile, or named there already."""
    known = {row.get("code") for row in read.units} | {unit.code for unit in profile.units}
    known |= {code for unit in profile.units for code in unit.succeeds}
    for number, row in enumerate(read.units):
        if strange := [code for code in row.get("succeeds", ()) if code not in known]:
            yield (
                f"{read.place(UNITS.name, number, 'succeeds')}：承接单位代码应为现有或撤并前的单位代码"
                f"（没有 {'、'.join(strange)}）。"
            )


def _days(read: ReadWorkbook) -> Iterator[str]:
    for number, row in enumerate(read.days):
        text = row.get("day", NO_MAKE_UP)
        if text == NO_MAKE_UP:
            continue
        day = date.fromisoformat(text)
        if day.year != read.year:
            yield f"{read.place(DAYS.name, number, 'day')}：日期 {day} 不在 {read.year} 年，请改正或删去。"
        elif row.get("works") and (name := statutory_holidays(day.year).get(day)):
            yield f"{read.place(DAYS.name, number, 'works')}：{day} 是{name}，法定节假日不能是上班日（现为“是”）。"


def _weights(read: ReadWorkbook, profile: Profile) -> Iterator[str]:
    """Every group's points add up as the scheme wants it."""
    changed = tuple(
        one.model_copy(
            update={"weight": {g: Decimal(p) for g, p in read.weights.get(one.code, dict(one.weight)).items()}}
        )
        for one in profile.scheme.indicators
    )
    scheme = profile.scheme.model_copy(update={"indicators": changed})
    for group in dict.fromkeys(group for one in changed for group in one.weight):
        total = scheme.hundred_of(group)
        place = read.places.get((WEIGHTS_SHEET, 0, group))
        if place is not None and total != WHOLE:
            yield f"{place}：{profile.kind_name(group)}各项分值合计为 {total.normalize():f}，应为 {WHOLE}。"
