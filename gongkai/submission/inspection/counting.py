"""Which of the office's entries count, looked at together and on a day; what each says for itself is judged before.

An entry of a later day waits for it. The same thing entered twice counts once. What a second person looked at again,
or was asked to inspect a second time, is compared and counts nothing. A rectification that names another one goes on
with it: the notice of one file is closed in the next, and counts once.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from gongkai.submission.inspection.entry import InspectionEntry
from gongkai.submission.inspection.entry_checks import DUPLICATE, RANGE, same_person
from gongkai.submission.inspection.grounds import level_name
from gongkai.submission.inspection.second_looks import (
    LOOKED,
    EntryRemark,
    differs,
    follow,
    looked_differently,
    remark,
    words_of,
)

_ONCE = frozenset({"problem", "penalty", "bonus", "rectification"})


@dataclass(frozen=True)
class Counting:
    """The entries of a year on a day.

    Attributes:
        counted: what counts, in the order of their files.
        left_out: what does not count, and why.
        conflicts: second looks that differ from the first, which counts until somebody decides; rectifications that
            went on in two files.
        second_looks: double entries and second inspections, with the entry that counts.
    """

    counted: tuple[InspectionEntry, ...] = ()
    left_out: tuple[EntryRemark, ...] = ()
    conflicts: tuple[EntryRemark, ...] = ()
    second_looks: tuple[tuple[InspectionEntry, InspectionEntry], ...] = field(default=())


def count_entries(entries: Iterable[InspectionEntry], today: date) -> Counting:
    """Says which entries count on a day.

    Args:
        entries: the usable ones of all files, in the order of their files.
        today: the day of the run in the district's zone.
    """
    arrived, left_out = [], []
    for entry in entries:
        waits = _waits_for(entry, today)
        if waits is None:
            arrived.append(entry)
        else:
            key, day = waits
            left_out.append(remark(entry, RANGE, key, day, waits=today))
    counted: list[InspectionEntry] = []
    seconds: list[tuple[InspectionEntry, InspectionEntry]] = []
    told: dict[tuple[object, ...], list[InspectionEntry]] = {}
    looks: dict[tuple[object, ...], list[InspectionEntry]] = {}
    for entry in arrived:
        if entry.second_of is not None:
            continue
        if (first := _seen_before(entry, looks)) is not None:
            seconds.append((entry, first))
        elif (twin := _twin(entry, told, looks)) is not None:
            left_out.append(remark(entry, DUPLICATE, "", entry.id, other=twin.name))
        else:
            counted.append(entry)
            if entry.kind in _ONCE:
                told.setdefault(_what(entry), []).append(entry)
            if entry.kind in LOOKED:
                looks.setdefault(_looked_at(entry), []).append(entry)
    named = follow(arrived, counted)
    seconds += named.seconds
    return Counting(
        tuple(named.latest(entry) for entry in counted),
        (*left_out, *named.left_out),
        (*_conflicts(seconds), *named.overtaken, *_contradictions(counted)),
        tuple(seconds),
    )


def _waits_for(entry: InspectionEntry, today: date) -> tuple[str, date] | None:
    """The first day of it that has not come yet; a closing that lies ahead has not happened either."""
    days = (("on", entry.on), ("issued_on", entry.issued_on), ("closed_on", entry.closed_on))
    return next(((key, day) for key, day in days if day is not None and day > today), None)


def _seen_before(
    entry: InspectionEntry, looks: Mapping[tuple[object, ...], Sequence[InspectionEntry]]
) -> InspectionEntry | None:
    """The entry of another person about the same item: this one is its double."""
    if entry.item is None or entry.kind not in LOOKED:
        return None
    return next((one for one in looks.get(_looked_at(entry), ()) if not same_person(one.by, entry.by)), None)


def _twin(
    entry: InspectionEntry,
    told: Mapping[tuple[object, ...], Sequence[InspectionEntry]],
    looks: Mapping[tuple[object, ...], Sequence[InspectionEntry]],
) -> InspectionEntry | None:
    """The entry that says the same of the same thing: told again, or one look at a named item entered once more."""
    if entry.kind in _ONCE:
        return _entered_before(entry, told.get(_what(entry), ()))
    if entry.kind not in LOOKED or not words_of(entry.item):
        return None
    of_the_day = [one for one in looks.get(_looked_at(entry), ()) if one.day == entry.day]
    same = [one for one in of_the_day if same_person(one.by, entry.by) and not looked_differently(entry, one)]
    return _entered_before(entry, (one for one in same if words_of(one.reason) == words_of(entry.reason)))


def _looked_at(entry: InspectionEntry) -> tuple[object, ...]:
    return entry.unit, entry.indicator, words_of(entry.item)


def _entered_before(entry: InspectionEntry, alike: Iterable[InspectionEntry]) -> InspectionEntry | None:
    """The entry, among those that say the same of the same day, that is about the same thing.

    What one of them leaves out (evidence, item) does not make it another thing.
    """
    return next((one for one in alike if _same_proof(one, entry)), None)


def _same_proof(one: InspectionEntry, other: InspectionEntry) -> bool:
    told = [(words_of(one.evidence), words_of(other.evidence)), (words_of(one.item), words_of(other.item))]
    if not words_of(one.reason):
        return told[0][0] == told[0][1] and told[1][0] == told[1][1]
    return all(mine == yours or not mine or not yours for mine, yours in told)


def _what(entry: InspectionEntry) -> tuple[object, ...]:
    """What it says of whom and when: under another id, by another hand, with another full stop it is the same.

    An award rests on a document: entered on another day it is the same one.
    """
    ground = level_name(entry.ground) if entry.ground else None
    day = None if entry.kind in ("penalty", "bonus") else entry.day
    return (entry.kind, entry.unit, entry.indicator, ground, day, words_of(entry.reason))


def _contradictions(counted: Sequence[InspectionEntry]) -> Iterator[EntryRemark]:
    """Of two that settle one thing on one day, each otherwise, the earlier of the files: the later one stands."""
    last = {_settles(entry): entry for entry in counted}
    for entry in counted:
        stands = last[_settles(entry)]
        if stands is not entry and _settles(entry) is not None and looked_differently(entry, stands):
            yield differs(entry, stands)


def _settles(entry: InspectionEntry) -> tuple[object, ...] | None:
    """What an entry settles, on its day: an appeal or a veto's proposal, or a claim; None of other kinds."""
    match entry.kind:
        case "decision":
            return entry.unit, entry.indicator, entry.ground, entry.on
        case "confirmation" | "rejection":
            return entry.unit, words_of(entry.claim), entry.on
    return None


def _conflicts(seconds: Iterable[tuple[InspectionEntry, InspectionEntry]]) -> Iterator[EntryRemark]:
    return (differs(second, first) for second, first in seconds if looked_differently(second, first))
