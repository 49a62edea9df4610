"""StatedCells in a submission's texts: which cells of its tables each of them speaks of, and whether the two agree.

`read` finds the claims of a text (words alone, no table is looked at), `judge` puts one beside the figures. What
the words may be, and which cells they mean, is data: `lexicon.yaml`. No rule and no message is here.
"""

from gongkai.submission.narrative.amounts import StatedCells
from gongkai.submission.narrative.judging import JudgedClaim, judge
from gongkai.submission.narrative.own_names import own_names
from gongkai.submission.narrative.rewriting import Names
from gongkai.submission.narrative.text_claims import Claim, SaidFigure
from gongkai.submission.narrative.texts import read, read_figures

__all__ = ["Claim", "JudgedClaim", "Names", "SaidFigure", "StatedCells", "judge", "own_names", "read", "read_figures"]
