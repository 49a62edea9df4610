"""The cards that an issue releases: in which version and state, written anew where that changes what they say.

Cards are put out for opinions first (征求意见) and final then; only those whose own content or state is new are issued.
"""

import shutil
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from sqlalchemy import Connection, Engine

from gongkai.assessment.assess import assess_year
from gongkai.assessment.hearing.issuing import beside_issued, issue_card
from gongkai.assessment.scorecard import Assessment, Scorecard
from gongkai.reporting.outbox.drafts import Drafts
from gongkai.reporting.outbox.issue_note import Release
from gongkai.reporting.scorecard.writer import SCORECARDS, write_scorecard
from gongkai.reporting.shared.manifest import write_manifest
from gongkai.reporting.shared.own_basis import OwnBases
from gongkai.reporting.shared.papers import Papers
from gongkai.reporting.shared.year_folder import YearFolder
from gongkai.warehouse.engine import reading
from gongkai.warehouse.records import YearState
from gongkai.warehouse.rows.issued_cards import IssuedCard, issued_cards, store_issued_cards
from gongkai.warehouse.rows.known import LATEST
from gongkai.warehouse.rows.papers import Paper, keep_issued_papers, papers_in_force


@dataclass(frozen=True)
class IssueMoment:
    """The year at the moment of an issue: the drafts' state beside all that was issued up to now, and its cards."""

    state: YearState
    assessment: Assessment

    @property
    def cards(self) -> Mapping[str, Scorecard]:
        """The cards by unit."""
        return {card.unit: card for card in self.assessment.scorecards}


@dataclass(frozen=True)
class IssuedNow:
    """What an issue releases.

    Attributes:
        state: the year with the cards as they will have been issued.
        folder: the outputs from which parcels are made; `filled` where they were written anew and wait to be put in
            place.
        new: cards in a new content or state.
        papers: cards whose files are others now.
    """

    state: YearState
    folder: Path
    filled: Path | None
    new: tuple[IssuedCard, ...]
    papers: Mapping[str, Paper]

    def discard(self) -> None:
        """Takes away what was written anew for an issue that did not come about."""
        if self.filled is not None:
            shutil.rmtree(self.filled, ignore_errors=True)

    def store(self, connection: Connection, release: Release) -> None:
        """Puts the cards on record, in the transaction of the issue."""
        store_issued_cards(connection, self.state.year, self.new)
        keep_issued_papers(connection, self.papers, self.state.year, release.at)


def standing_cards(engine: Engine, drafts: Drafts) -> IssueMoment:
    """The cards of the drafts beside all that was issued up to now."""
    with reading(engine) as connection:
        issued = issued_cards(connection, drafts.state.year, LATEST, drafts.state.profile)
    state = replace(drafts.state, issued=issued)
    return IssueMoment(state, assess_year(state, state.previous_scores))


def issue_cards(
    engine: Engine, folder: YearFolder, drafts: Drafts, standing: IssueMoment, release: Release
) -> IssuedNow:
    """Says which cards are issued now, and writes those anew that read otherwise by it; nothing is in place yet."""
    state, at = standing.state, standing.state.profile.local(release.at)
    new = {
        card.unit: issued
        for card in standing.assessment.scorecards
        if (issued := issue_card(card, state, at, final=release.final)) is not None
    }
    state = replace(state, issued={**state.issued, **new})
    cards = {code: beside_issued(card, state) for code, card in standing.cards.items()}
    bases, filled = OwnBases(state), folder.begin()
    known = papers_in_force(engine, state.year, max(release.at, state.as_of))
    papers = Papers(known, state.as_of, folder.place, filled)
    for code, card in cards.items():
        own = papers.own(name := f"{SCORECARDS}/{code}", bases.card(card))
        if code in new or not papers.taken_over(name, own):
            papers.written(name, own, write_scorecard(card, state, filled, own))
    if not papers.changed:
        shutil.rmtree(filled)
        return IssuedNow(state, folder.place, None, tuple(new.values()), {})
    folder.complete(filled)
    write_manifest(drafts.state, str(drafts.manifest["basis_sha256"]), filled)
    return IssuedNow(state, filled, filled, tuple(new.values()), papers.changed)
