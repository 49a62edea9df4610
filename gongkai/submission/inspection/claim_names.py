"""How a claim of a unit is named: `evidence[<position from 1>]` or `interpretations[<document number>].rating`.

The office names it to confirm or reject it, the scorecard and the board name it while it is pending. What a claim is
worth, and whether it counts, is `gongkai.assessment.claims`.
"""

import re
from typing import NamedTuple

from gongkai.submission.values.document_number import document_number

_EVIDENCE = re.compile(r"evidence\[\s*(\d{1,6})\s*\]")
_RATING = re.compile(r"interpretations\[(.+)\]\.rating", re.DOTALL)


class ClaimKey(NamedTuple):
    """Which claim: the list, and the position in it (evidence) or the document's number (interpretations)."""

    list: str
    key: str

    def __str__(self) -> str:
        return f"evidence[{self.key}]" if self.list == "evidence" else f"interpretations[{self.key}].rating"


def claim_of(text: str) -> ClaimKey | None:
    """The claim that an entry names; None where it is written otherwise. One document's number has one spelling."""
    if found := _EVIDENCE.fullmatch(text.strip()):
        return ClaimKey("evidence", str(int(found[1])))
    if found := _RATING.fullmatch(text.strip()):
        return ClaimKey("interpretations", document_number(found[1]))
    return None
