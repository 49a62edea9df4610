"""Totals whose formula nobody has calculated: computed where the formula adds up just the parts that the format names.

Any program that fills a workbook leaves such formulas; our template's own totals are some (`template.totals`), which
stay blank until every part is there. What a formula of another kind would give is not guessed.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from gongkai.national_format import NationalFormat
from gongkai.submission.form import State
from gongkai.submission.template.names import Place, cell_name, column_index
from gongkai.submission.values.doubtful_cells import Broken
from gongkai.submission.values.typed_values import read_value
from gongkai.submission.workbook.sheets import Sheets
from gongkai.submission.workbook.stale_counts import counted

WHY = "公式没有计算结果，按其各项相加"
_SPACES, _ODS = re.compile(r"[\s$]"), re.compile(r"\[\.([A-Z]{1,3}\d{1,7})(?::\.([A-Z]{1,3}\d{1,7}))?\]", re.ASCII)
_SUM = re.compile(r"=\+?(?:SUM\((?P<listed>[A-Z0-9:,;]+)\)|(?P<added>[A-Z0-9+]+))", re.ASCII)
_RANGE = re.compile(r"([A-Z]{1,3})([1-9]\d{0,4})(?::([A-Z]{1,3})([1-9]\d{0,4}))?", re.ASCII)
_WHEN_COMPLETE = re.compile(  # `template.live_checks.total_formula`
    r'=IF\(AND\(COUNT\([^()]+\)<\d+[,;][^()]+<>"是"\)[,;]""[,;](?P<total>SUM\([^()]+\))\)'
)
_MOST = 10_000  # cells of a range that anybody adds up

Number = int | Decimal


def computed(
    sheets: Sheets, national_format: NationalFormat, year: int, version: int, *, rest_is_zero: bool = False
) -> dict[str, Number | None]:
    """Where → total, of every national cell whose formula has no result; None while a part of ours is missing.

    A formula that is no total of ours, or of another kind with a part missing, is left out: it is not certain.

    Args:
        sheets: the workbook, its places named.
        national_format: of its year.
        year: the report year.
        version: of the template, which says what else of ours may stand there.
        rest_is_zero: whether what stays empty is zero, so that no part is missing.
    """
    stale: dict[str, tuple[str, Place]] = {}
    known: dict[str, Number] = {}
    places: dict[str, Place] = {}
    for spec in national_format.cells:
        place = sheets.names.get(cell_name(spec))
        if place is None:
            continue
        places[spec.where] = place
        value = sheets.at(place.sheet, place.row, place.column)
        if isinstance(value, Broken) and value.stale:
            stale[spec.where] = (_plain(value.text), place)
        else:
            read = read_value(value, spec.value_type)
            if read.state is State.VALUE:
                known[spec.where] = read.value
            elif read.state is State.BLANK and rest_is_zero:
                known[spec.where] = 0
    found: dict[str, Number | None] = {**counted(sheets, {key: one for key, (one, _) in stale.items()}, year, version)}
    known |= {where: count or 0 for where, count in found.items() if count is not None or rest_is_zero}
    sums = [one for one in national_format.identities if one.where in stale and one.parts] if stale else []
    ours = [one for one in sums if _adds(stale[one.where], one.parts, places)]
    for _ in ours:  # a total of totals waits for these
        for one in ours:
            if one.where not in known and all(part in known for part in one.parts):
                found[one.where] = known[one.where] = sum((known[part] for part in one.parts), 0)
    waiting = (one.where for one in ours if _WHEN_COMPLETE.fullmatch(stale[one.where][0]))
    return dict.fromkeys(waiting) | found


def _plain(formula: str) -> str:
    """A formula without spaces and locks, the cells of an ods as those of an xlsx."""
    text = _ODS.sub(lambda found: found[1] + (f":{found[2]}" if found[2] else ""), _SPACES.sub("", formula).upper())
    return text.replace("OF:", "").replace("==", "=")


def _adds(stale: tuple[str, Place], parts: Sequence[str], places: Mapping[str, Place]) -> bool:
    """Whether a formula adds up the cells of the parts, each once, and nothing else."""
    formula, place = stale
    wanted = [places.get(part) for part in parts]
    if not all(part is not None and part.sheet == place.sheet for part in wanted):
        return False
    said = sorted(_cells(formula))
    return said == sorted((part.row, part.column) for part in wanted if part is not None)


def _cells(formula: str) -> Iterator[tuple[int, int]]:
    """Row and column of every cell that a plain sum adds up; none for any other formula."""
    own = _WHEN_COMPLETE.fullmatch(formula)
    found = _SUM.fullmatch(f"={own['total']}" if own else formula)
    for reference in re.split(r"[,;+]", (found["listed"] or found["added"]) if found else ""):
        corners = _RANGE.fullmatch(reference)
        if corners is None:
            continue
        left, top, right, bottom = corners[1], int(corners[2]), corners[3] or corners[1], int(corners[4] or corners[2])
        columns, rows = range(column_index(left), column_index(right) + 1), range(top - 1, bottom)
        if len(columns) * len(rows) <= _MOST:
            yield from ((row, column) for row in rows for column in columns)
