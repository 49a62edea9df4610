"""Totals whose formula nobody has calculated: computed where the formula adds up just the parts that the format names.

Any program that fills a workbook leaves such formulas. What a formula of another kind would give is not guessed.
"""

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal

from gongkai.national_format import Identity, NationalFormat
from gongkai.submission.form import State
from gongkai.submission.template.names import Place, cell_name, column_index
from gongkai.submission.values.doubtful_cells import Broken
from gongkai.submission.values.typed_values import read_value
from gongkai.submission.workbook.sheets import Sheets

WHY = "公式没有计算结果，按其各项相加"
_SPACES, _ODS = re.compile(r"[\s$]"), re.compile(r"\[\.([A-Z]{1,3}\d{1,7})(?::\.([A-Z]{1,3}\d{1,7}))?\]", re.ASCII)
_SUM = re.compile(r"=\+?(?:SUM\((?P<listed>[A-Z0-9:,;]+)\)|(?P<added>[A-Z0-9+]+))", re.ASCII)
_RANGE = re.compile(r"([A-Z]{1,3})([1-9]\d{0,4})(?::([A-Z]{1,3})([1-9]\d{0,4}))?", re.ASCII)
_MOST = 10_000  # cells of a range that anybody adds up

Number = int | Decimal


def computed(sheets: Sheets, national_format: NationalFormat) -> dict[str, Number]:
    """Where → total, of every national cell whose formula has no result and whose parts are all there."""
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
            stale[spec.where] = (value.text, place)
        else:
            read = read_value(value, spec.value_type)
            if read.state is State.VALUE:
                known[spec.where] = read.value
    found: dict[str, Number] = {}
    sums = [identity for identity in national_format.identities if identity.where in stale and _is_sum(identity)]
    for _ in sums if stale else ():  # a total of totals waits for these
        for identity in sums:
            where = identity.where
            parts = [cell for cell in identity.cells if cell != where]
            if where not in found and all(part in known for part in parts) and _adds(stale[where], parts, places):
                found[where] = known[where] = sum((known[part] for part in parts), 0)
    return found


def _is_sum(identity: Identity) -> bool:
    """Whether one side is the total alone and the other nothing but its parts."""
    sides = (identity.left, identity.right)
    alone = any(len(side) == 1 and side[0].where == identity.where for side in sides)
    plain = all(term.sign > 0 and not term.previous for side in sides for term in side)
    return alone and plain and identity.operator == "=="


def _adds(stale: tuple[str, Place], parts: list[str], places: Mapping[str, Place]) -> bool:
    """Whether a formula adds up the cells of the parts, each once, and nothing else."""
    formula, place = stale
    wanted = [places.get(part) for part in parts]
    if not all(part is not None and part.sheet == place.sheet for part in wanted):
        return False
    said = sorted(_cells(formula))
    return said == sorted((part.row, part.column) for part in wanted if part is not None)


def _cells(formula: str) -> Iterator[tuple[int, int]]:
    """Row and column of every cell that a plain sum adds up; none for any other formula."""
    text = _ODS.sub(lambda found: found[1] + (f":{found[2]}" if found[2] else ""), _SPACES.sub("", formula).upper())
    found = _SUM.fullmatch(text.replace("OF:", "").replace("==", "="))
    for reference in re.split(r"[,;+]", (found["listed"] or found["added"]) if found else ""):
        corners = _RANGE.fullmatch(reference)
        if corners is None:
            continue
        left, top, right, bottom = corners[1], int(corners[2]), corners[3] or corners[1], int(corners[4] or corners[2])
        columns, rows = range(column_index(left), column_index(right) + 1), range(top - 1, bottom)
        if len(columns) * len(rows) <= _MOST:
            yield from ((row, column) for row in rows for column in columns)
