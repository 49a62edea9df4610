"""How many figures of a submission's texts the rules compared, and which they did not: silence is told on the receipt.

A figure counts as compared when the tables, the register or the text itself decided it. Nothing is accused here.
"""

from expectations.frames.narrative.narrative_frame import said_in, stated_cells
from expectations.frames.shapes import SubmissionUnderCheck
from expectations.ruleset import RuleSet
from gongkai.profile import WorkingDays
from gongkai.submission.narrative import judge
from gongkai.submission.verdict import FigureNotCompared, TextCompared

_QUOTED = 120


def text_compared(entry: SubmissionUnderCheck, days: WorkingDays, rules: RuleSet) -> TextCompared:
    """The count for one submission."""
    said = said_in(entry)
    stated = stated_cells(entry, said, days, rules.clock)
    counted = [one for _, one in said if one.counted]
    left = [one for one in counted if one.claim is None or judge(one.claim, stated) is None]
    return TextCompared(
        figures=len(counted),
        compared=len(counted) - len(left),
        not_compared=tuple(FigureNotCompared(_short(one.sentence), one.words) for one in left),
    )


def _short(sentence: str) -> str:
    return sentence if len(sentence) <= _QUOTED else f"{sentence[:_QUOTED]}……"
