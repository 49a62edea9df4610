"""The units' papers: receipts, returned workbooks and scorecards, each with its own basis and moment.

A paper whose content did not change is taken over as it stands; only the others are written.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from expectations.office_files.verdicts import review_office
from expectations.settling.waivers import waivable
from expectations.wording import rule_wording
from gongkai.assessment.scorecard import Scorecard
from gongkai.reporting.receipt.writer import RECEIPTS, other_files, write_other_receipt, write_receipt
from gongkai.reporting.scorecard.writer import SCORECARDS, write_scorecard
from gongkai.reporting.shared.own_basis import OwnBases, OwnBasis
from gongkai.reporting.shared.papers import Papers
from gongkai.warehouse.locks import kept_rules
from gongkai.warehouse.records import YearState
from gongkai.warehouse.rows.papers import keep_papers, papers_in_force
from tasks.step import run_logger, step
from tasks.values import Opaque, YearSnapshot
from tasks.workspace import Workspace


@dataclass
class PaperWork:
    """The papers of a run, and those of them that must be written.

    Attributes:
        receipts: unit → basis of its receipt; `cards`: of its scorecard; `others`: file receipts of no unit by name.
    """

    papers: Papers
    receipts: dict[str, OwnBasis]
    cards: dict[str, OwnBasis]
    others: dict[str, OwnBasis]

    @property
    def units(self) -> set[str]:
        """The units of which something must be written."""
        return {*self.receipts, *self.cards}


@step("沿用未变的材料")
def take_over_unchanged(
    workspace: Workspace, cards: Opaque[Mapping[str, Scorecard]], answered: bool, snapshot: Opaque[YearSnapshot]
) -> Opaque[PaperWork]:
    """Puts the papers that say what they said into this run's outputs as they stand.

    Args:
        workspace: the run's workspace.
        cards: the scorecards by unit, of the assessed units.
        answered: whether receipts are written at all.
        snapshot: the year.
    """
    state, bases = snapshot.value.state, OwnBases(snapshot.value.state)
    known = papers_in_force(workspace.engine, workspace.year, workspace.as_of)
    papers = Papers(known, workspace.as_of, workspace.outputs.place, workspace.staging)

    def to_write(folder: str, hashes: Mapping[str, str]) -> dict[str, OwnBasis]:
        owned = {code: papers.own(f"{folder}/{code}", sha256) for code, sha256 in hashes.items()}
        return {code: own for code, own in owned.items() if not papers.taken_over(f"{folder}/{code}", own)}

    answered_units = [u for u in state.units if answered and (u.revisions or u.attachments or u.appealing)]
    others = other_files(_reviewed(state)) if answered else {}
    work = PaperWork(
        papers,
        to_write(RECEIPTS, {unit.unit.code: bases.receipt(unit) for unit in answered_units}),
        to_write(SCORECARDS, {unit: bases.card(card) for unit, card in cards.value.items()}),
        to_write(RECEIPTS, {name: bases.files(name, files) for name, files in others.items()}),
    )
    all_of_them, left = len(answered_units) + len(cards.value), len(work.receipts) + len(work.cards)
    run_logger().info("回执和评分表共 %d 份，%d 份内容未变，沿用原件", all_of_them, all_of_them - left)
    return Opaque(work)


@step("写出单位材料", "写出 {unit} 的材料")
def write_unit_documents(
    workspace: Workspace,
    unit: str,
    card: Opaque[Scorecard | None],
    work: Opaque[PaperWork],
    snapshot: Opaque[YearSnapshot],
) -> None:
    """Writes what has changed of one unit's papers: its scorecard, its receipt and returned workbook."""
    state, papers = snapshot.value.state, work.value.papers
    if card.value is not None and (own := work.value.cards.get(unit)):
        papers.written(f"{SCORECARDS}/{unit}", own, write_scorecard(card.value, state, workspace.staging, own))
    if own := work.value.receipts.get(unit):
        latest = state.unit(unit).latest
        wording = rule_wording(kept_rules(workspace.engine, latest.verdict.rules_version) if latest else None)
        written = write_receipt(state.unit(unit), state, workspace.staging, wording, own)
        papers.written(f"{RECEIPTS}/{unit}", own, written)


@step("写出其他文件的回执")
def write_other_receipts(workspace: Workspace, work: Opaque[PaperWork], snapshot: Opaque[YearSnapshot]) -> list[Path]:
    """Writes the receipts of the office's own input and of files nobody could place, where they have changed."""
    listed = []
    state = snapshot.value.state
    rules = kept_rules(workspace.engine, state.rules_version)
    for name, own in work.value.others.items():
        written = write_other_receipt(
            name, _reviewed(state), workspace.staging, own, rule_wording(rules), waivable(state.year, rules)
        )
        work.value.papers.written(f"{RECEIPTS}/{name}", own, written)
        listed += written
    return listed


@step("登记材料的内容")
def keep_changed_papers(workspace: Workspace, work: Opaque[PaperWork]) -> None:
    """Records which papers say something else from now on; a rebuild only looks."""
    if workspace.run_id:
        keep_papers(workspace.engine, work.value.papers.changed, workspace.year, workspace.run_id)


def _reviewed(state: YearState) -> YearState:
    """The year with all that is to be said of the office's own files today."""
    return replace(state, office_files=review_office(state))
