"""What an entry of each kind must and may say, as data: one table for the reader and for the office's workbook.

Whether what is said can be true of a unit and the scheme is in `entry_checks`.
"""

from collections.abc import Mapping
from typing import NamedTuple

from gongkai.submission.inspection.entry import Kind

TYPES = {
    **dict.fromkeys(("id", "unit", "indicator", "kind", "by", "reason", "evidence", "sha256"), "text"),
    **dict.fromkeys(("ground", "confirmed_by", "claim", "where", "item", "second_of"), "text"),
    **dict.fromkeys(("issued_on", "due_on", "closed_on", "on", "until"), "date"),
    **dict.fromkeys(("passed", "checked"), "integer"),
    "points": "decimal",
    "recurred": "boolean",
}
"""Key → type of its value."""

ALWAYS = ("id", "unit", "kind", "by", "on")
"""What every entry says; `issued_on` stands for `on` in a rectification."""

FREELY = ("indicator", "reason", "evidence", "item", "second_of")
"""What an entry of any kind may say besides."""


class Needs(NamedTuple):
    """What a kind needs.

    Attributes:
        must: keys without which the entry says nothing.
        may: keys that it may have beyond those of every kind.
        about: what it speaks of. `indicator`: an indicator that the unit's group has · `unit`: an assessed unit ·
            `anybody`: an expected unit, the office too.
        proof: it holds something against a unit, so it needs a reason or evidence.
    """

    must: tuple[str, ...] = ()
    may: tuple[str, ...] = ()
    about: str = "anybody"
    proof: bool = False


NEEDS: Mapping[Kind, Needs] = {
    "checked": Needs(("indicator", "passed", "checked"), about="indicator"),
    "score": Needs(("indicator", "points"), about="indicator"),
    "problem": Needs(("indicator",), ("ground",), about="indicator", proof=True),
    "penalty": Needs(("ground", "reason", "evidence"), ("points",), about="unit"),
    "bonus": Needs(("ground", "reason", "evidence"), ("points",), about="unit"),
    "veto": Needs((), ("ground", "confirmed_by"), about="unit"),
    "rectification": Needs(("issued_on", "due_on"), ("closed_on", "recurred"), about="unit", proof=True),
    "appeal": Needs((), about="unit"),
    "decision": Needs(("reason",), ("points", "ground"), about="anybody"),
    "waiver": Needs(("reason",), ("until",)),
    "extension": Needs(("until",)),
    "excuse": Needs(("reason",), ("until",)),
    "reopen": Needs(("reason",)),
    "admission": Needs(("sha256", "reason")),
    "confirmation": Needs(("claim", "evidence"), about="unit"),
    "rejection": Needs(("claim", "evidence"), about="unit"),
    "release_note": Needs(("where",)),
}
