"""What is said of a rule beside its messages, as data that comes down from the catalogue (docs/decisions/0006).

Documents here may not ask the catalogue; a task hands them `Wordings`, whose order is the order to print rules in.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

OTHER_FAMILY = "其他"


@dataclass(frozen=True, slots=True)
class Wording:
    """One rule in words.

    Attributes:
        family: what it is about, in two characters: 勾稽, 台账.
        source: the law or format it follows from.
        hint: what to do, in one sentence.
        reasons: key → wording of the reasons that settle a query of it.
    """

    title: str
    family: str = OTHER_FAMILY
    source: str = ""
    hint: str = ""
    reasons: Mapping[str, str] = field(default_factory=dict)


Wordings = Mapping[str, Wording]


def wording_of(rule: str, wordings: Wordings) -> Wording:
    """The rule's wording; of a rule that the catalogue no longer knows, its id."""
    return wordings.get(rule) or Wording(rule)
