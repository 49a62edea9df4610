"""What the report's own text and tables lack: wrong statements, broken identities, adopted figures that have moved.

The text passes what a unit's text passes, but that it speaks of two scopes. A wrong statement is released by name, as
every lack; a moved figure is not: its sentence must be read and adopted again.
"""

from collections.abc import Iterator, Sequence

from gongkai.national_format import for_year
from gongkai.reporting.report.adoption.adopted_text import Moved
from gongkai.reporting.report.adoption.scopes import Scopes
from gongkai.reporting.report.lacks import Lack
from gongkai.submission.places import place
from gongkai.warehouse.records import YearState
from gongkai.warehouse.totals import Totals

MOVED = "ADOPTED"


def wrong_statements(text: str, scopes: Scopes) -> Iterator[Lack]:
    """A lack for every figure or statement of the text that is wrong for the office and for the district."""
    for number, (sentence, words, expected) in enumerate(_wrong(text, scopes), 1):
        yield Lack(f"TEXT-{number}", f"正文“{sentence}”中“{words}”与数据不符：{expected}")


def broken_identities(state: YearState, totals: Totals) -> Iterator[Lack]:
    """A lack for every identity of one report that the sums do not keep: a unit was accepted although its did not."""
    national_format, cells = for_year(state.year), totals.district.tables
    for one in national_format.identities:
        if one.cross_year or one.operator != "==" or any(cells.get(where) is None for where in one.cells):
            continue
        left, right = (sum(term.sign * (cells[term.where] or 0) for term in side) for side in (one.left, one.right))
        if left != right:
            named = place(one.where, national_format)
            yield Lack(f"{one.rule}-{one.where}", f"{named}不符合勾稽关系：两边分别为 {left} 和 {right}")


def moved_figures(moved: Sequence[Moved]) -> Iterator[Lack]:
    """One lack that names every sentence of the adopted text whose figures are others today."""
    if moved:
        listed = "；".join(one.words for one in moved)
        yield Lack(MOVED, f"采用的修改稿中 {len(moved)} 处数字已变，须重新采用：{listed}")


def _wrong(text: str, scopes: Scopes) -> Iterator[tuple[str, str, str]]:
    for said in scopes.read(text):
        if said.claim is not None and (judged := scopes.judge(said.claim)).fits is False:
            yield said.sentence, said.words, judged.expected
