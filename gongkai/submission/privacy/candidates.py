"""One kind of personal data: what is searched for, and how certain a candidate is in its surroundings.

Only the shapes that the kinds share (`kinds_*`, `applicant_names`); the search itself is in `personal_data`. Every
pattern is for text in half-width characters, in which what was masked already stands as `MASKED` characters.
"""

import re
from collections.abc import Callable
from enum import Enum
from typing import NamedTuple

MASKED = "\0"


class Certainty(Enum):
    """NO: something else. SUSPECT: a person has to say. SURE: personal data."""

    NO = 0
    SUSPECT = 1
    SURE = 2


NO, SUSPECT, SURE = Certainty.NO, Certainty.SUSPECT, Certainty.SURE


class Around(NamedTuple):
    """Where a candidate stands.

    Attributes:
        before, after: the text on both sides, as far as it can say what the candidate is.
        people: whether the text is about an applicant, or holds another value that is somebody's.
        in_url: whether it is part of a web address.
    """

    before: str
    after: str
    people: bool
    in_url: bool


class PersonalKind(NamedTuple):
    """One kind: `v` in the pattern is the value, `judge` says what it is. The name is what a clerk reads."""

    name: str
    pattern: re.Pattern[str]
    judge: Callable[[str, Around], Certainty]


def always(certainty: Certainty) -> Callable[[str, Around], Certainty]:
    """For a pattern that holds its own announcement."""
    return lambda _value, _around: certainty
