"""Claims of a unit: a commendation that it lists as evidence, a rating that it gives its own interpretation.

A claim is no point. It counts once the office has confirmed it, for the content that stood in the unit's submission
when the office said so: whatever has changed since is pending again. Position in a list is no content.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from enum import StrEnum

from gongkai.assessment.scorecard import ClaimedPoints, Evidence
from gongkai.findings import ReadingIssue
from gongkai.profile.scheme import Scheme
from gongkai.submission.fields import lists
from gongkai.submission.form import Record, Submission
from gongkai.submission.inspection.claim_names import ClaimKey, claim_of
from gongkai.submission.inspection.entry import InspectionEntry
from gongkai.submission.inspection.entry_checks import UNKNOWN
from gongkai.submission.inspection.second_looks import EntryRemark
from gongkai.submission.values.document_number import document_number
from gongkai.warehouse.records import Revision, UnitYear, YearState
from gongkai.warehouse.rows.known import LATEST

_UNLIKE = "同一次处理中收到的几次报送对这一条说法不一"
_DECISIONS = {"confirmation": "confirmed", "rejection": "rejected"}


class ClaimState(StrEnum):
    """What has become of a claim."""

    PENDING = "pending"
    CONFIRMED = "confirmed"
    REJECTED = "rejected"

    @property
    def word(self) -> str:
        """How people read it."""
        return {"pending": "待核", "confirmed": "已确认", "rejected": "不予确认"}[self.value]


Content = tuple[str, tuple[tuple[str, object], ...]]
"""A row of a list without its place: what a confirmation holds for."""


def claims_of(unit_year: UnitYear, entries: Iterable[InspectionEntry], scheme: Scheme) -> tuple[ClaimedPoints, ...]:
    """The claims of a unit's accepted revision, in the order of the form, each with what the office said of it.

    The same commendation listed twice is one claim, and a document has one rating: the best that it claims.
    """
    revision = unit_year.accepted
    if revision is None or revision.submission is None:
        return ()
    decided = _decided(unit_year, entries)
    claims: dict[object, ClaimedPoints] = {}
    for record, points, text in _claimed(revision.submission, scheme):
        state, by = decided.get(_content(record), (ClaimState.PENDING, None))
        origin = record.origin(_field(record))
        where = Evidence(text, revision.file, origin.sheet, origin.cell, record.where(_field(record)))
        claim = ClaimedPoints(claim_name(record), text, points, state.value, where, by)
        same = _same(record)
        if same not in claims or claim.counts > claims[same].counts:
            claims[same] = claim
    return tuple(claims.values())


def pending_claims(state: YearState) -> Iterator[tuple[UnitYear, ClaimedPoints]]:
    """What the office still has to look at: unit and claim, in registry order."""
    for unit_year in state.units:
        if unit_year.unit.kind != "office":
            entries = [entry for entry in state.inspections if entry.unit == unit_year.unit.code]
            for claim in claims_of(unit_year, entries, state.profile.scheme):
                if claim.state == ClaimState.PENDING:
                    yield unit_year, claim


def claim_name(record: Record) -> str:
    """How the office names a claim in a confirmation."""
    return f"evidence[{record.position}]" if record.list == "evidence" else f"interpretations[{record.id}].rating"


def stray_decisions(state: YearState) -> Iterator[EntryRemark]:
    """Confirmations and rejections of what no submission said when they came: they count nothing."""
    for entry in state.inspections:
        if entry.kind in _DECISIONS and (unit_year := state.find(entry.unit)) is not None:
            standing = _standing(unit_year, entry.known_at)
            if not standing:
                bound = "当时本单位没有可读的报送"
            elif not _named(entry, standing):
                bound = _UNLIKE if len(standing) > 1 else f"第 {standing[-1].number} 次报送中没有这一条"
            else:
                continue
            values = {"entry": entry.id, "bound": bound}
            where = f"entries[{entry.id}].claim"
            yield EntryRemark(entry, ReadingIssue(rule=UNKNOWN, where=where, observed=entry.claim, values=values))


def _claimed(submission: Submission, scheme: Scheme) -> Iterator[tuple[Record, Decimal, str]]:
    """Every row that claims points: what it is worth, and a clause that names it."""
    by_level = {rule.level: rule.points for rule in scheme.bonus if rule.level}
    by_name = {rule.what: rule.points for rule in scheme.bonus if rule.what}
    names = lists()["evidence"].fields["level"].choices
    for record in submission.records("evidence"):
        if (points := by_level.get(record["level"])) is not None:
            level = names.get(record["level"], "") if isinstance(names, dict) else ""
            yield record, points, f"{level}佐证材料“{record['title']}”"
    rated = lists()["interpretations"].fields["rating"]
    for record in submission.records("interpretations"):
        named = f"{scheme.rated_interpretation}{rated.shown(record['rating'])}" if record["rating"] else None
        if named is not None and named in by_name:
            yield record, by_name[named], f"{named}（{record.id}）"


def _decided(
    unit_year: UnitYear, entries: Iterable[InspectionEntry]
) -> Mapping[Content, tuple[ClaimState, InspectionEntry | None]]:
    """Content → what the office last said of it, by day and then in the order of its files."""
    said: dict[Content, tuple[ClaimState, InspectionEntry | None]] = {}
    decisions = [entry for entry in entries if entry.kind in _DECISIONS and entry.on is not None]
    for entry in sorted(decisions, key=lambda entry: entry.on.toordinal() if entry.on else 0):
        standing = _standing(unit_year, entry.known_at)
        for record in _named(entry, standing):
            said[_content(record)] = (ClaimState(_DECISIONS[entry.kind]), entry)
    return said


def _named(entry: InspectionEntry, revisions: Sequence[Revision]) -> list[Record]:
    """The rows that a confirmation names; of several revisions, those that every one of them has alike."""
    claim = claim_of(entry.claim or "")
    found: list[Record] = []
    for number, revision in enumerate(revisions):
        rows = revision.submission.records(claim.list) if claim is not None and revision.submission else ()
        named = [record for record in rows if claim is not None and _is(record, claim)]
        shared = {_content(record) for record in named}
        found = named if number == 0 else [record for record in found if _content(record) in shared]
    return found


def _is(record: Record, claim: ClaimKey) -> bool:
    if claim.list == "evidence":
        return str(record.position) == claim.key
    return document_number(record.id) == claim.key and bool(record["rating"])


def _standing(unit_year: UnitYear, moment: datetime | None) -> Sequence[Revision]:
    """What the office had before it when it wrote an entry that came in at a moment.

    The revision accepted before that run, else the latest that could be read. What came in with the same run nobody had
    seen: it stands only where there was nothing before, and if it is several revisions, what they have alike.
    """
    when = moment or LATEST
    readable = [r for r in unit_year.revisions if r.submission is not None]
    known = [r for r in readable if r.known_at is None or r.known_at < when]
    accepted = [r for r in known if r.accepted_at is not None and r.accepted_at < when]
    return (accepted or known)[-1:] or [r for r in readable if r.known_at == when]


def _content(record: Record) -> Content:
    return record.list, tuple(sorted((key, cell.value) for key, cell in record.cells.items() if cell.value is not None))


def _field(record: Record) -> str:
    return "level" if record.list == "evidence" else "rating"


def _same(record: Record) -> object:
    """What makes two rows one claim."""
    if record.list == "evidence":
        return record["title"], record["file"], record["level"]
    return document_number(record.id)
