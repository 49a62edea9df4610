"""Document numbers (文号) as they are compared: what makes two writings of one the same, and whose year it names.

Whoever looks a number up in a list asks here, the rules as well as the measures.
"""

import re

from gongkai.submission.values.choices import squeezed

_YEAR = re.compile(r"\|((?:19|20)\d\d)\|", re.ASCII)


def document_number(text: str | None) -> str:
    """A document number without what two writings of it may differ in: spaces, widths and kinds of brackets."""
    return re.sub(r"[\[\]()【】〔〕]", "|", squeezed(text or ""))


def numbered_in(number: str) -> int | None:
    """The year that a compared number names between its brackets; None where it names none."""
    found = _YEAR.search(number)
    return int(found[1]) if found else None
