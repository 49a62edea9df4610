"""Cells of table three that the register fills, whose formula nobody has calculated: counted from the register itself.

Only the formula that our template wrote there is taken for it (`template.counted_formulas`).
"""

from collections import Counter
from collections.abc import Mapping

from gongkai.national_format import for_year
from gongkai.submission.counted_cases import cells_of
from gongkai.submission.fields import lists
from gongkai.submission.form import Submission
from gongkai.submission.template.counted_formulas import counted_formulas
from gongkai.submission.values.collector import Collector
from gongkai.submission.workbook.lists import read_list
from gongkai.submission.workbook.sheets import Sheets

WHY = "公式没有计算结果，按依申请公开台账逐件计数"
_LIST = "register"


def counted(sheets: Sheets, stale: Mapping[str, str], year: int, version: int) -> dict[str, int | None]:
    """Where → how many cases of the register it counts; None while the register has none, as the formula says.

    Args:
        sheets: the workbook, its places named.
        stale: where → formula without a result, without spaces and locks.
        year: the report year.
        version: of the template.
    """
    ours = counted_formulas(year, version)
    mine = [where for where, formula in stale.items() if where in ours and bare(ours[where]) == bare(formula)]
    if not mine:
        return {}
    register = Collector(for_year(year), year)
    read_list(lists()[_LIST], sheets, register, None)  # what is wrong with its rows is told where it is read
    cases = Submission("-", year, tuple(register.cells), frozenset({_LIST})).records(_LIST)
    if not any(case["received_on"] for case in cases):
        return dict.fromkeys(mine)
    counts = Counter(where for case in cases for where in cells_of(case, year))
    return {where: counts[where] for where in mine}


def bare(formula: str) -> str:
    """A formula without what programs change when they save: spaces, locks, the marks around a sheet's name."""
    return "".join(character for character in formula if character not in " $'").upper().removeprefix("OF:")
