"""A card beside the one that was issued: the same content keeps its number, any other is the next version.

Content is all that a card says but what the issue itself says of it (contract.md). What tells of others (medians, what
became of an appeal without a new score) stays as it was issued while the unit's own part is the same: a new version is
for those whose own card has changed, and nobody gets one because another unit's has.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from gongkai.assessment.export import scorecard_json
from gongkai.assessment.hearing.version_changes import changes_between, grounds_of
from gongkai.assessment.scorecard import Appeal, AppealState, HearingDecision, Scorecard
from gongkai.law.due_day import UnknownDay
from gongkai.warehouse.records import YearState
from gongkai.warehouse.rows.issued_cards import CardState, IssuedCard, Window

NO_CONTENT = ("version", "state", "issued_on", "appeal_until", "basis_sha256", "changes")
"""What the issue says of a card."""

_OF_OTHERS = ("peer_median_total", "appeals", "decisions")
_OF_PEERS = ("peer_median", "peer_quartiles")


def card_content(card: Scorecard) -> dict[str, Any]:
    """What a card says, as JSON."""
    content = {key: value for key, value in scorecard_json(card, "").items() if key not in NO_CONTENT}
    plain: dict[str, Any] = json.loads(json.dumps(content, ensure_ascii=False))
    return plain


def beside_issued(card: Scorecard, state: YearState) -> Scorecard:
    """The card as it stands beside the one that was issued to its unit.

    Args:
        card: as assessed now.
        state: the year; `issued` says what was issued.
    """
    issued = state.issued.get(card.unit)
    if issued is None:
        return card
    content = card_content(card)
    if _own(content) != _own(issued.content):
        told = tuple(changes_between(issued, content, grounds_of(card, state)))
        return replace(card, version=issued.version + 1, changes=told)
    return replace(
        _with_others(card, issued.content),
        version=issued.version,
        state=issued.state,
        issued_on=issued.issued_at.date(),
        appeal_until=issued.appeal_until,
        changes=tuple(issued.changes),
    )


def issue_card(card: Scorecard, state: YearState, at: datetime, *, final: bool) -> IssuedCard | None:
    """The card as an issue releases it now; None where the same was issued already.

    Args:
        card: as it stands beside the one issued before.
        state: the year.
        at: the moment of the issue, in the district's zone.
        final: 正式; else 征求意见, which opens the time to appeal.
    """
    before = state.issued.get(card.unit)
    same = card.state is not CardState.DRAFT
    if same and not (final and card.state is CardState.PRELIMINARY):
        return None
    windows = tuple(before.windows) if before else ()
    if not final:
        windows = (*windows, Window(at.date(), _until(state, at.date())))
    return IssuedCard(
        unit=card.unit,
        version=card.version,
        state=CardState.FINAL if final else CardState.PRELIMINARY,
        issued_at=at,
        appeal_until=windows[-1].until if windows else None,
        content=card_content(card),
        grounds=grounds_of(card, state),
        changes=card.changes,
        windows=windows,
    )


def _until(state: YearState, day: date) -> date | None:
    due = state.profile.working_days().due(day, state.profile.cycle.appeal_working_days)
    return None if isinstance(due, UnknownDay) else due


def _own(content: Mapping[str, Any]) -> dict[str, Any]:
    """The unit's own part of a content."""
    lines = [{key: value for key, value in line.items() if key not in _OF_PEERS} for line in content["indicators"]]
    return {**{key: value for key, value in content.items() if key not in _OF_OTHERS}, "indicators": lines}


def _with_others(card: Scorecard, content: Mapping[str, Any]) -> Scorecard:
    """The card with what its issued content says of others."""
    lines = {line["code"]: line for line in content["indicators"]}
    return replace(
        card,
        peer_median_total=_number(content["peer_median_total"]),
        indicators=tuple(
            replace(
                line,
                peer_median=_number(lines[line.code]["peer_median"]),
                peer_quartiles=_pair(lines[line.code]["peer_quartiles"]),
            )
            for line in card.indicators
        ),
        appeals=tuple(_appeals(content)),
        decisions=tuple(_decisions(content)),
    )


def _appeals(content: Mapping[str, Any]) -> Iterator[Appeal]:
    for said in content["appeals"]:
        words = {key: said[key] for key in ("entry", "indicator", "by", "reason", "evidence")}
        yield Appeal(**words, on=_day(said["on"]), state=AppealState.of(said["state"]))


def _decisions(content: Mapping[str, Any]) -> Iterator[HearingDecision]:
    for said in content["decisions"]:
        words = {key: said[key] for key in ("entry", "indicator", "by", "reason")}
        yield HearingDecision(
            **words, on=_day(said["on"]), before=_number(said["before"]), after=_number(said["after"])
        )


def _day(said: str | None) -> date | None:
    return date.fromisoformat(said) if said else None


def _number(said: str | None) -> Decimal | None:
    return None if said is None else Decimal(said)


def _pair(said: list[str] | None) -> tuple[Decimal, Decimal] | None:
    return (Decimal(said[0]), Decimal(said[1])) if said else None
