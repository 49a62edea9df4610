"""What a single paper follows from: the basis of its own content, and the moment since which that holds (contract.md).

A receipt or a card is drawn as its own moment saw the year, not the run's: a run that changes nothing of a unit's
changes none of its bytes. So the as-of is no part of the basis, and nothing of another unit is but what the card says
of peers. A ground that a paper gains is added here.
"""

import json
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from gongkai import __version__
from gongkai.assessment.hearing.appeals import appeals_of
from gongkai.assessment.hearing.issuing import NO_CONTENT
from gongkai.assessment.hearing.version_changes import PRINTED
from gongkai.assessment.scorecard import Scorecard
from gongkai.profile.loader import profile_json
from gongkai.reporting.shared.manifest import sha256_of
from gongkai.reporting.style import fields_of
from gongkai.warehouse.records import (
    AppealFile,
    FileBeside,
    PublishedReport,
    RepeatedFile,
    Revision,
    StoredFile,
    UnitYear,
    YearState,
)


@dataclass(frozen=True)
class OwnBasis:
    """The basis that a paper prints: the hash of its own content, and the moment at which that last changed."""

    sha256: str
    since: datetime


def seen_at(state: YearState, own: OwnBasis) -> YearState:
    """The year with the paper's own moment for its now."""
    return replace(state, as_of=state.profile.local(own.since))


class OwnBases:
    """The bases of a year's papers; what they share is gathered once."""

    def __init__(self, state: YearState) -> None:
        self._state = state
        district = json.loads(profile_json(state.profile))
        del district["letters"], district["rules"]["alarm"]  # what is said of a paper in a mail is not in the paper
        self._registered = {unit["code"]: unit for unit in district.pop("units")}
        self._shared = sha256_of({"year": state.year, "program": __version__, "profile": district})

    def receipt(self, unit: UnitYear) -> str:
        """Of a unit's receipt and returned workbook."""
        rules = None if unit.revisions else self._state.rules_version  # a revision's verdict names its own
        said = {
            "files": _sent(unit),
            "rules": rules,
            "appeals": list(appeals_of(unit, self._state)),
            **self._around(unit),
        }
        return self._hash("receipt", unit.unit.code, said)

    def card(self, card: Scorecard) -> str:
        """Of a scorecard: its lines as they were scored, rank and peers among them, and what they rest on."""
        unit = self._state.unit(card.unit)
        said = {key: value for key, value in fields_of(card).items() if key not in NO_CONTENT}
        accepted = _revision(unit.accepted) if unit.accepted else None
        return self._hash("card", card.unit, {"card": said, "accepted": accepted, **self._around(unit, PRINTED)})

    def files(self, name: str, files: Iterable[StoredFile]) -> str:
        """Of the receipt for files that are no unit's."""
        listed = [[one.name, one.sha256, one.received_at, one.verdict.sha256] for one in files]
        return self._hash("files", name, {"files": listed})

    def _around(self, unit: UnitYear, kinds: Collection[str] | None = None) -> dict[str, Any]:
        """Last year as it was chosen, and the office's entries in force that speak of the unit (of some kinds)."""
        before = self._state.previous.get(unit.unit.code)
        named = {found.waived_by for one in unit.revisions for found in one.verdict.findings}
        entries = (e for e in self._state.inspections if e.unit == unit.unit.code or e.id in named)
        return {
            "previous": [[one.unit, one.revision, one.accepted] for one in before.reports] if before else None,
            "heirs": before.shared.heirs if before and before.shared else (),
            "entries": [e.said() for e in entries if kinds is None or e.kind in kinds],
        }

    def _hash(self, kind: str, code: str, said: dict[str, Any]) -> str:
        return sha256_of({"shared": self._shared, "paper": kind, "unit": self._registered.get(code, code), **said})


def _sent(unit: UnitYear) -> list[Any]:
    """Everything that came in of a unit, as its receipt tells of it."""
    repeated = [[one.number, *_file(one)] for one in unit.repeated]
    reports = [[one.number, one.status, *_file(one)] for one in unit.published]
    beside = [[one.kind, *_file(one)] for one in unit.beside]
    appealing = [_file(one) for one in unit.appealing]
    return [[_revision(one) for one in unit.revisions], repeated, reports, beside, appealing]


def _revision(one: Revision) -> list[Any]:
    return [one.number, one.sha256, one.file, one.kind, one.received_at, one.verdict.sha256, one.masked]


def _file(one: RepeatedFile | PublishedReport | FileBeside | AppealFile) -> list[Any]:
    return [one.file, one.sha256, one.received_at, [finding.to_json() for finding in one.findings]]
