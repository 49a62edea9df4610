"""Tables and links as Markdown that Prefect's UI renders; what comes from a registry or a rule is text, no markup."""

import re
from collections.abc import Iterable, Sequence
from urllib.parse import quote

_MARKUP = re.compile(r"([\\`*_{}\[\]<>#|~])")


def text(said: object) -> str:
    """As it stands: no sign of it is taken for markup, no line ends a table's row."""
    return _MARKUP.sub(r"\\\1", " ".join(str(said).split()))


def link(words: str, address: str) -> str:
    """Words that lead to an address."""
    return f"[{text(words)}]({quote(address, safe=':/%')})"


def table(head: Sequence[str], rows: Iterable[Sequence[object]], right: Sequence[int] = ()) -> str:
    """A table; cells are Markdown already. `right` names the columns of numbers."""
    rule = ["---:" if column in right else "---" for column in range(len(head))]
    lines = [head, rule, *rows]
    return "\n".join(f"| {' | '.join(map(str, line))} |" for line in lines)
