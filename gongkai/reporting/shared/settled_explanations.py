"""What a unit explained and the rules took as settled, for receipts and the report's footnotes.

The finding, the reason's wording, the unit's own words, and the revision that said so: a later one that changed
nothing there takes it over. Whether an explanation holds was decided before (`Finding.settled_by`).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from gongkai.findings import Finding
from gongkai.reporting.shared.wording import Wording
from gongkai.submission.explained import words_of
from gongkai.warehouse.records import Revision


@dataclass(frozen=True)
class Explained:
    """One settled query.

    Attributes:
        revision: number of the revision that gave the explanation.
        taken_over: whether that is an earlier one than the one it settles a finding of.
        reason: the accepted reason's key, and `wording` as people read it.
        text: the unit's own words, empty where it only chose the reason.
    """

    finding: Finding
    revision: int
    taken_over: bool
    reason: str
    wording: str
    text: str

    @property
    def words(self) -> str:
        """Reason and own words as one text that ends like a sentence."""
        return "。".join(part.rstrip("。") for part in (self.wording, self.text) if part) + "。"

    def to_json(self) -> dict[str, Any]:
        """The explanation as receipts and `report.json` give it."""
        found = self.finding.to_json()
        return {
            **{key: found[key] for key in ("rule", "where", "observed", "expected")},
            "reason": self.reason,
            "wording": self.wording,
            "text": self.text,
            "revision": self.revision,
        }


def explained(
    revision: Revision, revisions: Iterable[Revision], wording: Mapping[str, Wording] | None = None
) -> list[Explained]:
    """The settled queries of a revision, in the order of its findings.

    Args:
        revision: whose findings they are.
        revisions: all revisions of the unit, where an earlier explanation is looked up.
        wording: rule → the wording of its reasons; without it a reason is shown by its key.
    """
    by_number = {one.number: one for one in revisions}
    listed = []
    for found in revision.verdict.findings:
        if found.reason is None:
            continue
        number = found.explained_in or revision.number
        source = by_number.get(number, revision)
        reasons = wording[found.rule].reasons if wording and found.rule in wording else {}
        words = reasons.get(found.reason, found.reason)
        text = words_of(found, source.submission, (found.reason, words))
        listed.append(Explained(found, number, found.explained_in is not None, found.reason, words, text))
    return listed
