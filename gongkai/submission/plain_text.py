"""A text as a person sees it: what every reader, label and rule may fold away, and what nobody may.

The one owner of two questions: which characters cannot be seen (they leave every text at intake), and what is the same
sign in another width. ①, ², ₂, ⑴, ❶ and Ⅻ look like numbers and are none: folding leaves them as they stand.
"""

import re
import unicodedata
from functools import lru_cache
from itertools import groupby

# As a regular expression's set: soft hyphen, zero-width signs, marks that turn the direction of writing, fillers and
# the empty Braille cell, variation selectors, tags: all that Unicode says a font shows nothing for.
INVISIBLE = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u2800\u3164"
    "\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
_UNSEEN = re.compile(f"[{INVISIBLE}]+")
_RADICALS = range(0x2E80, 0x2FE0)  # ⼀, ⼆: as a PDF writes 一, 二; the same signs under another number


def visible(text: str) -> str:
    """The text without characters that cannot be seen or that turn the direction of writing; itself without any."""
    return text if text.isascii() else _UNSEEN.sub("", text)


def folded(text: str) -> str:
    """The text in half-width forms (NFKC), with every sign that only looks like a number left as it stands."""
    if text.isascii() or unicodedata.is_normalized("NFKC", text):
        return text
    runs = groupby(text, _is_sign)
    return "".join("".join(run) if sign else unicodedata.normalize("NFKC", "".join(run)) for sign, run in runs)


@lru_cache(4096)
def _is_sign(character: str) -> bool:
    """Whether folding would make a number of what is none: a footnote mark, a list's number, a Roman numeral."""
    if character.isascii() or unicodedata.category(character) in ("Nd", "Lo") or ord(character) in _RADICALS:
        return False
    return character.isnumeric() or any(part.isnumeric() for part in unicodedata.normalize("NFKC", character))
