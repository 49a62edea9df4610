"""What was accepted stays accepted until a person decides (contract.md, "What stands").

Every run judges known files anew, in today's surroundings: other rules, another profile, a corrected last year, what
other units sent since. What then speaks against an accepted revision is said, as a query that is `kept`, and undoes
nothing. Only the office's entries end an acceptance: `reopen`, or the withdrawal of a waiver that it rested on.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from expectations.catalogue import Catalogue, load_catalogue, rule_in_force
from expectations.frames import Facts
from expectations.results import finding, ordered
from expectations.settling.carrying import Earlier
from gongkai.findings import KEPT, Finding, Severity
from gongkai.national_format import for_year
from gongkai.submission.form import Reading
from gongkai.submission.inspection.entry import InspectionEntry
from gongkai.submission.verdict import WAITING, Status, Verdict
from gongkai.warehouse.records import Revision
from gongkai.warehouse.rows.issued_cards import IssuedCard


@dataclass(frozen=True)
class Decisions:
    """What the office has said that bears on acceptances.

    Attributes:
        waivers: ids of the waivers that stand among its entries; one that has run out still stands, a withdrawn one
            does not.
        reopened: unit → day up to which what it had handed in is open again.
        admitted: hashes of the files whose source somebody has confirmed.
        issued: unit → the card that was issued to it last, whose time to appeal runs.
    """

    waivers: frozenset[str] = frozenset()
    reopened: Mapping[str, date] = field(default_factory=dict)
    admitted: frozenset[str] = frozenset()
    issued: Mapping[str, IssuedCard] = field(default_factory=dict)

    def undo(self, accepted: Revision) -> bool:
        """Whether an entry ends the acceptance of a revision."""
        until = self.reopened.get(accepted.unit)
        if until is not None and accepted.received_at.date() <= until:
            return True
        return any(found.waived_by not in {None, *self.waivers} for found in accepted.verdict.findings)


UNDECIDED = Decisions()
"""The office has said nothing."""


def decisions_of(entries: Iterable[InspectionEntry], today: date) -> Decisions:
    """The decisions among the office's entries; a `reopen` of a later day waits for it, of several the last counts."""
    waivers, admitted, reopened = set[str](), set[str](), dict[str, date]()
    for entry in entries:
        if entry.kind == "waiver":
            waivers.add(entry.id)
        elif entry.kind == "admission" and entry.sha256 is not None and (entry.on is None or entry.on <= today):
            admitted.add(entry.sha256.lower())
        elif entry.kind == "reopen" and entry.on is not None and entry.on <= today:
            reopened[entry.unit] = max(entry.on, reopened.get(entry.unit, entry.on))
    return Decisions(frozenset(waivers), reopened, frozenset(admitted))


def keep_acceptance(verdict: Verdict, before: Revision, decisions: Decisions) -> Verdict:
    """The verdict on a known revision: today's, unless that would undo an acceptance which nobody has undone.

    Args:
        verdict: what is decided about the same bytes today.
        before: the revision as the warehouse knows it.
        decisions: what the office has said.
    """
    if before.verdict.status is not Status.ACCEPTED or verdict.status is Status.ACCEPTED or decisions.undo(before):
        return verdict
    said = before.verdict.findings
    if verdict.status is Status.QUARANTINED:  # nothing was checked today: what was said then is still what is known
        known = {(found.rule, found.where) for found in said if not found.kept}
        arisen = [_kept(found) for found in verdict.findings if (found.rule, found.where) not in known]
        findings = (*(found for found in said if not found.kept), *arisen)
        return replace(before.verdict, findings=ordered(findings, for_year(before.year)))
    findings = tuple(_standing(verdict.findings, said))
    return replace(verdict, status=Status.ACCEPTED, findings=ordered(findings, for_year(before.year)))


def _standing(today: Iterable[Finding], said: Iterable[Finding]) -> Iterable[Finding]:
    """Today's findings, settled as they were; of several of one rule in one place each settlement counts once."""
    settled: dict[tuple[str, str], list[Finding]] = {}
    for found in said:
        if found.settled_by is not None and not found.kept:
            settled.setdefault((found.rule, found.where), []).append(found)
    for found in today:
        if found.settled_by is not None or found.severity is Severity.NOTICE:
            yield found
        elif earlier := settled.get((found.rule, found.where)):
            yield replace(found, settled_by=earlier.pop(0).settled_by)
        else:
            yield _kept(found)


def _kept(found: Finding) -> Finding:
    """A finding as one that arose after the acceptance: said, and open to nobody."""
    if found.severity is Severity.NOTICE:
        return found
    return replace(found, severity=Severity.QUERY, settled_by=f"{KEPT}{found.severity}")


def await_admission(
    reading: Reading,
    verdict: Verdict,
    accepted: Earlier | None,
    decisions: Decisions,
    catalogue: Catalogue | None = None,
) -> Verdict:
    """The verdict on a file that would replace an accepted revision: it waits where nobody knows who put it there.

    A file in its unit's folder came from the unit. One that lies loose in the inbox says itself whose it is, and
    anybody may have put it there; likewise a mailed one whose sender the office's own server does not vouch for.

    Args:
        reading: the file.
        verdict: what it deserves if its source is certain.
        accepted: the revision that counts, None while there is none.
        decisions: what the office has confirmed.
        catalogue: the one in force for the year; None: today's.
    """
    file, submission = reading.file, reading.submission
    certain = file.folder is not None and file.proven
    if certain or accepted is None or submission is None or file.sha256 in decisions.admitted:
        return verdict
    if verdict.status is not Status.ACCEPTED:
        return verdict  # it replaces nothing
    national_format = for_year(submission.year)
    rule = rule_in_force(WAITING, catalogue or load_catalogue())
    way = {"way": "邮件"} if file.folder is not None else {}
    waiting = finding(rule, Facts(observed=accepted.number, values=way), national_format)
    findings = ordered((*verdict.findings, waiting), national_format, catalogue)
    return replace(verdict, status=Status.QUARANTINED, findings=findings)
