"""One of several accepted words, or several of them, from what a clerk wrote: by key, by label, by an alias.

A label is compared without what a copy of it may change. What is accepted stands in `lists.yaml` and the formats.
"""

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from gongkai.submission.form import State
from gongkai.submission.plain_text import folded, visible
from gongkai.submission.values.numbers import NOT_APPLICABLE, Read


def read_choice(raw: Any, choices: Mapping[str, str], aliases: Mapping[str, str]) -> Read:
    if not isinstance(raw, str):
        return Read(None, State.UNREADABLE)
    text = raw.strip()
    if text in choices:
        return Read(text)
    wanted = squeezed(text)
    keys = [key for key, label in choices.items() if squeezed(label) == wanted]
    if len(keys) == 1:
        return Read(keys[0])
    if wanted in aliases:
        return Read(aliases[wanted], why=f"按“{choices[aliases[wanted]]}”读取")
    return Read(None, State.NOT_APPLICABLE if wanted in NOT_APPLICABLE else State.UNREADABLE)


def read_choices(raw: Any, choices: Mapping[str, str], aliases: Mapping[str, str]) -> Read:
    if isinstance(raw, str) and raw.strip() in NOT_APPLICABLE:
        return Read(None, State.NOT_APPLICABLE)
    parts = re.split(r"[、,，;；/\s]+", raw.strip()) if isinstance(raw, str) else raw
    if not isinstance(parts, list):
        return Read(None, State.UNREADABLE)
    reads = [read_choice(part, choices, aliases) for part in parts if part != ""]
    if any(read.state is not State.VALUE for read in reads):
        return Read(None, State.UNREADABLE)
    if not reads:
        return Read(None, State.BLANK)
    chosen = {read.value for read in reads}
    return Read(tuple(key for key in choices if key in chosen), why=next((r.why for r in reads if r.why), None))


def squeezed_all(texts: Sequence[str]) -> Sequence[str]:
    """Many of them: where none holds what a copy may change, they are what they are."""
    together = "\n".join(texts)
    plain = folded(visible(together)) == together and "".join(together.split()) == "".join(texts)
    return texts if plain else [squeezed(text) for text in texts]


@lru_cache(4096)
def squeezed(text: str) -> str:
    """A label without what a clerk's copy of it may change: spaces, line breaks, full-width forms."""
    return "".join(folded(visible(text)).split())
