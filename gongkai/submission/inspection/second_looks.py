"""Entries that name another one (`second_of`): an inspection looked at again, a rectification that goes on elsewhere.

The one that is named must itself count, and be about the same thing; whoever looks again is another person. What holds
to none of this is left out with its reason, never passed over. What a second look found counts nothing in a score.
"""

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from gongkai.findings import ReadingIssue, Scalar
from gongkai.submission.inspection.entry import KIND_NAMES, InspectionEntry
from gongkai.submission.inspection.entry_checks import DUPLICATE, RANGE, UNKNOWN, same_person

CONFLICT = "ENTRY-CONFLICT"
LOOKED = frozenset({"checked", "score", "problem"})
"""The kinds by which an inspector says what he saw."""
_Pair = tuple[InspectionEntry, InspectionEntry]


@dataclass(frozen=True)
class EntryRemark:
    """What is to be said of an entry on the receipt of its file."""

    entry: InspectionEntry
    issue: ReadingIssue


@dataclass(frozen=True)
class Followed:
    """The entries that name another one.

    Attributes:
        seconds: second inspections, each with the first.
        gone_on: name of a rectification → the entry that says how it went on.
        overtaken: of two that say how one went on, the earlier, where they say different things.
        left_out: what names nothing that it could be about.
    """

    seconds: list[_Pair] = field(default_factory=list)
    gone_on: dict[str, InspectionEntry] = field(default_factory=dict)
    overtaken: list[EntryRemark] = field(default_factory=list)
    left_out: list[EntryRemark] = field(default_factory=list)

    def latest(self, entry: InspectionEntry) -> InspectionEntry:
        """How it stands now; an entry names one other and the first of a row names none, so no way leads back."""
        while entry.name in self.gone_on:
            entry = self.gone_on[entry.name]
        return entry


def follow(arrived: Sequence[InspectionEntry], counted: Iterable[InspectionEntry]) -> Followed:
    """Says what the entries that name another one are about.

    Args:
        arrived: all entries of the day, in the order of their files.
        counted: those that name none and count.
    """
    found, known = Followed(), {entry.name: entry for entry in arrived}
    standing = {entry.name: entry for entry in counted}
    for entry in arrived:
        if entry.second_of is None:
            continue
        first = _issued(entry, known) if entry.kind == "rectification" else known.get(entry.second_of)
        if (fault := _names_nothing(entry, first, standing)) is not None:
            found.left_out.append(fault)
        elif entry.kind == "rectification":
            _goes_on(entry, entry.second_of, found)
        elif first is not None:
            _again(entry, first, found)
    return found


def _issued(entry: InspectionEntry, known: Mapping[str, InspectionEntry]) -> InspectionEntry | None:
    """The rectification at the beginning of a row of entries that go on with each other; None where there is none."""
    seen: set[str] = set()
    at: InspectionEntry | None = entry
    while at is not None and at.second_of is not None and at.name not in seen and at.kind == "rectification":
        seen.add(at.name)
        at = known.get(at.second_of)
    return None if at is None or at.name in seen else at


def _names_nothing(
    entry: InspectionEntry, first: InspectionEntry | None, standing: Mapping[str, InspectionEntry]
) -> EntryRemark | None:
    """Why it cannot be about what it names; None where it can."""
    named = entry.second_of
    if first is None or first is entry:
        return remark(entry, UNKNOWN, "second_of", named, bound="没有这条检查记录")
    if entry.kind != "rectification" and entry.kind not in LOOKED:
        bound = f"“{KIND_NAMES[entry.kind]}”没有第二次检查，是另一件事的请把这一栏留空"
        return remark(entry, UNKNOWN, "second_of", named, bound=bound)
    elsewhere = entry.kind != "rectification" and entry.indicator != first.indicator
    if elsewhere or (entry.unit, entry.kind) != (first.unit, first.kind):
        told = f"那条检查记录说的是 {first.unit} 的 {first.indicator or '另一事项'}"
        bound = f"{told}，不是同一单位、同一指标、同一种检查"
        return remark(entry, UNKNOWN, "second_of", named, bound=bound)
    if first.name not in standing:
        way = f"，请写它所查的 {first.second_of}" if first.second_of not in (None, entry.name) else ""
        return remark(entry, UNKNOWN, "second_of", named, bound=f"那条检查记录本身不计分{way}")
    return None


def _goes_on(entry: InspectionEntry, named: str, found: Followed) -> None:
    """Says how a rectification went on; of two that go on with the same one the later of the files stands."""
    before = found.gone_on.get(named)
    if before is not None and looked_differently(before, entry):
        found.overtaken.append(differs(before, entry))
    found.gone_on[named] = entry


def _again(entry: InspectionEntry, first: InspectionEntry, found: Followed) -> None:
    """Takes a second inspection, by another person, of the same item, not before the first, and once."""
    twin = next((one for one, of in found.seconds if of is first and same_person(one.by, entry.by)), None)
    if same_person(entry.by, first.by):
        bound = f"是 {first.name} 的检查人，第二次检查须由另一人作出"
        found.left_out.append(remark(entry, RANGE, "by", entry.by, bound=bound))
    elif entry.item and first.item and words_of(entry.item) != words_of(first.item):
        bound = f"{first.name} 检查的是“{first.item}”，不是同一对象"
        found.left_out.append(remark(entry, UNKNOWN, "item", entry.item, bound=bound))
    elif entry.on and first.on and entry.on < first.on:
        bound = f"应不早于 {first.name} 的日期 {first.on}"
        found.left_out.append(remark(entry, RANGE, "on", entry.on, bound=bound))
    elif twin is not None:
        found.left_out.append(remark(entry, DUPLICATE, "", entry.id, other=twin.name))
    else:
        found.seconds.append((entry, first))


def looked_differently(second: InspectionEntry, first: InspectionEntry) -> bool:
    """Whether a second look came to another result than the first."""
    return _outcome(second) != _outcome(first)


def _outcome(entry: InspectionEntry) -> tuple[object, ...]:
    if entry.kind == "problem":
        return (entry.kind, words_of(entry.ground), words_of(entry.reason))
    return (entry.kind, entry.passed, entry.checked, entry.points, entry.closed_on, bool(entry.recurred))


def outcome_words(entry: InspectionEntry) -> str:
    """What an inspection found or the office settled, in a few words."""
    match entry.kind:
        case "checked":
            return f"检查 {entry.checked} 合格 {entry.passed}"
        case "score":
            return f"评分 {entry.points}"
        case "rectification":
            closed = f"{entry.closed_on} 办结" if entry.closed_on else "未办结"
            return f"{closed}，复发" if entry.recurred else closed
        case "veto":
            return f"一票否决：{entry.ground}"
        case "decision" if entry.ground:
            return f"不认定：{entry.ground}"
        case "decision":
            return "决定不改分" if entry.points is None else f"决定计 {entry.points} 分"
        case "confirmation" | "rejection":
            return KIND_NAMES[entry.kind]
    return "：".join(("发现问题", *(word for word in (entry.ground, entry.reason) if word)))


def words_of(text: str | None) -> str:
    """A text by its words alone: width, spaces and punctuation make no other thing of it."""
    return "".join(sign for sign in unicodedata.normalize("NFKC", text or "") if sign.isalnum())


def differs(entry: InspectionEntry, other: InspectionEntry) -> EntryRemark:
    """That an entry says something else than the other, which counts."""
    told = f"{other.name}（{other.by}，{outcome_words(other)}）"
    apart = {"apart": "是另一个问题的，请写不同的检查对象，不写复查的记录"} if entry.kind == "problem" else {}
    return remark(entry, CONFLICT, "", outcome_words(entry), other=told, **apart)


def remark(entry: InspectionEntry, rule: str, key: str, observed: Scalar, **values: Scalar) -> EntryRemark:
    """What a rule says of an entry, or of one of its keys."""
    where = f"entries[{entry.id}].{key}" if key else f"entries[{entry.id}]"
    return EntryRemark(
        entry, ReadingIssue(rule=rule, where=where, observed=observed, values={"entry": entry.id, **values})
    )
