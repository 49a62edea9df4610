"""What the report's own text lacks: statements that neither scope bears out, and adopted figures that have moved.

The text passes what a unit's text passes, but that it speaks of two scopes. A wrong statement is released by name, as
every lack; a moved figure is not: its sentence must be read and adopted again.
"""

from collections.abc import Iterator, Sequence

from gongkai.reporting.report.adoption.adopted_text import Moved
from gongkai.reporting.report.adoption.scopes import Scopes
from gongkai.reporting.report.lacks import Lack

MOVED = "ADOPTED"


def wrong_statements(text: str, scopes: Scopes) -> Iterator[Lack]:
    """A lack for every figure or statement of the text that is wrong for the office and for the district."""
    for number, (sentence, words, expected) in enumerate(_wrong(text, scopes), 1):
        yield Lack(f"TEXT-{number}", f"正文“{sentence}”中“{words}”与数据不符：{expected}")


def moved_figures(moved: Sequence[Moved]) -> Iterator[Lack]:
    """One lack that names every sentence of the adopted text whose figures are others today."""
    if moved:
        listed = "；".join(one.words for one in moved)
        yield Lack(MOVED, f"采用的修改稿中 {len(moved)} 处数字已变，须重新采用：{listed}")


def _wrong(text: str, scopes: Scopes) -> Iterator[tuple[str, str, str]]:
    for said in scopes.read(text):
        if said.claim is not None and (judged := scopes.judge(said.claim)).fits is False:
            yield said.sentence, said.words, judged.expected
