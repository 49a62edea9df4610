"""What documents say of a rule beside its messages.

It comes down as data, since the catalogue stands above them (docs/decisions/0006); `expectations.wording` fills it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Wording:
    """A rule's title, and the accepted reasons that settle a query of it (key → wording)."""

    title: str
    reasons: Mapping[str, str] = field(default_factory=dict)
