"""The part of docs/quality.md on texts: found and accused by kind of sentence, for known and held-out wordings."""

from collections.abc import Mapping, Sequence
from typing import Any

from tests.quality.tally import share
from tests.quality.texts import Read

KINDS = {
    "requests": ("received", "outcomes", "zero_requests"),
    "disputes": ("disputes", "zero_disputes", "corrected"),
    "documents": ("documents", "zero_documents"),
    "activities": ("activities",),
    "register": ("register",),
}


def texts_section(known: Sequence[Read], held_out: Sequence[Read]) -> Mapping[str, Any]:
    """Rows of the table, and how many sentences were accused falsely."""
    return {
        "known": len(known),
        "held_out": len(held_out),
        "accused": sum(bool(one.accused) for one in (*known, *held_out)),
        "rows": [(kind, *_found(known, kind), *_found(held_out, kind)) for kind in KINDS],
    }


def found_of(sentences: Sequence[Read], kind: str) -> tuple[int, int]:
    """How many sentences of a kind are found beside the shifted tables, of how many."""
    own = [one for one in sentences if one.wording.group in KINDS[kind]]
    return sum(bool(one.found) for one in own), len(own)


def _found(sentences: Sequence[Read], kind: str) -> tuple[str, str]:
    found, count = found_of(sentences, kind)
    return str(count), share(found, count)
