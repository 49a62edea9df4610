"""Table three counted from the register by formulas, in the workbook that is handed out: what the clerk need not type.

A case counts where `submission.counted_cases` says; here that is written for a spreadsheet. A formula shows nothing
until the register has a case, so that a blank is still a blank, and the clerk may type over it: then the check beside
the row compares what he typed with the register.
"""

from collections.abc import Mapping
from functools import lru_cache

from gongkai.national_format import NationalFormat, for_year
from gongkai.national_format.figures import REQUESTS
from gongkai.submission.counted_cases import BROUGHT, CLOSED, LEFT, RECEIVED
from gongkai.submission.fields import lists_asked
from gongkai.submission.template.names import column_letters

SINCE = 6
"""The version of the template that brings them."""

AGREES, APART = "与台账相符", "✕ 与台账差 "
_LIST = "register"
_ANYBODY = "?*"


@lru_cache(8)
def counted_formulas(year: int, version: int) -> Mapping[str, str]:
    """Where → formula, of every cell of table three that counts cases of one kind of applicant; none before `SINCE`."""
    if version < SINCE or _LIST not in lists_asked(year, version):
        return {}
    national_format = for_year(year)
    return {
        f"{REQUESTS}.{row}.{key}": _when_filled(year, version, _count(year, version, national_format, row, label))
        for row in (RECEIVED, BROUGHT, LEFT, *national_format.outcomes)
        for key, label in national_format.applicant_types.items()
    }


def row_check(year: int, version: int, row: str, total: str) -> str:
    """The formula that compares a row's total with the register.

    Args:
        year: the report year.
        version: of the template.
        row: of table three.
        total: the address of the row's total on its sheet.
    """
    count = _count(year, version, for_year(year), row, _ANYBODY)
    apart = f'IF({total}=({count}),"{AGREES}","{APART}"&ABS({total}-({count})))'
    return _when_filled(year, version, f'IF(ISNUMBER({total}),{apart},"")')


def checked_rows(year: int, version: int) -> frozenset[str]:
    """The rows of table three that the register is compared with."""
    return frozenset(where.split(".")[1] for where in counted_formulas(year, version)) | (
        {CLOSED} if version >= SINCE else set()
    )


def _when_filled(year: int, version: int, count: str) -> str:
    """Nothing while the register has no case with a day on which it came in."""
    return f'=IF(COUNT({_column(year, version, "received_on")})=0,"",{count})'


def _count(year: int, version: int, national_format: NationalFormat, row: str, applicant: str) -> str:
    """The cases of a row and a kind of applicant, as `counted_cases.rows_of` counts them."""

    def count(**further: str) -> str:
        tests = {"applicant_type": f'"{applicant}"'} | further
        return f"COUNTIFS({','.join(f'{_column(year, version, key)},{test}' for key, test in tests.items())})"

    def within(key: str) -> str:
        column = _column(year, version, key)
        return f'">="&{start},{column},"<="&{end}'

    start, end = f"DATE({year},1,1)", f"DATE({year},12,31)"
    before, until = f'"<"&{start}', f'"<="&{end}'
    match row:
        case _ if row == RECEIVED:
            return count(received_on=within("received_on"))
        case _ if row == BROUGHT:
            return f"{count(received_on=before)}-{count(received_on=before, replied_on=before)}"
        case _ if row == LEFT:
            return f"{count(received_on=until)}-{count(received_on=until, replied_on=until)}"
        case _ if row == CLOSED:
            return count(replied_on=within("replied_on"))
        case _:
            return count(outcome=f'"{national_format.outcomes[row]}"', replied_on=within("replied_on"))


def _column(year: int, version: int, key: str) -> str:
    """A column of the register as a whole, so that rows may be inserted, sorted and deleted in it."""
    group = lists_asked(year, version)[_LIST]
    letters = column_letters(list(group.fields).index(key))
    return f"'{group.sheet or group.label}'!${letters}:${letters}"
