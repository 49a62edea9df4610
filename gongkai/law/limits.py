"""The law's time limits in working days: each number stands here once, with its article.

The catalogue of rules takes its limits from here (`law: reply`), so that a rule and a clock cannot disagree. A locked
year keeps the limits of its own catalogue and hands them to whatever reads a clock for one of its rules.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Working days that the law gives (政府信息公开条例).

    Attributes:
        reply: for the reply to a request (art. 33).
        extension: by which the reply may be extended, once (art. 33).
        correction: for the notice that a request must be corrected (art. 30).
        answer: for a third party or another authority that was asked; what lies beyond counts again (art. 32, 34).
        publication: for publishing information on one's own initiative (art. 26).
    """

    reply: int = 20
    extension: int = 20
    correction: int = 7
    answer: int = 15
    publication: int = 20


LIMITS = Limits()
"""The limits in force."""
