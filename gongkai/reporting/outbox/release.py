"""A person releases the drafts that stand in `OUT/<year>`, and is on record with a reason.

`gongkai issue` and the deployment `issue` in the Prefect UI are the two ways to ask for it. Refused here: drafts that
are not complete, not the warehouse's, or left by a run that failed.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from functools import partial
from pathlib import Path

from sqlalchemy import Engine

from gongkai.profile import load_profile
from gongkai.reporting.outbox.drafts import current_drafts, refuse_without_drafts
from gongkai.reporting.outbox.finality import refuse_what_waits
from gongkai.reporting.outbox.issue_note import Release
from gongkai.reporting.outbox.issued_cards import IssuedNow, issue_cards, standing_cards
from gongkai.reporting.outbox.parcels import UNSIGNED, Filled, fill_outbox, unsigned_receipts
from gongkai.reporting.report import lacks
from gongkai.reporting.report.lacks import Lack
from gongkai.reporting.shared.year_folder import YearFolder
from gongkai.settings import Settings, warehouse_url
from gongkai.warehouse.audit import TypedIn
from gongkai.warehouse.claim import claimed
from gongkai.warehouse.engine import opened
from gongkai.warehouse.records import YearState
from gongkai.warehouse.rows.issued_cards import CardState
from gongkai.warehouse.totals import Totals, compute_totals


def release(
    year: int,
    out: Path,
    by: str,
    reason: str,
    warehouse: str | None,
    as_of: datetime | None,
    say: Callable[[str], None],
    despite: Mapping[str, str] | None = None,
    typed_in: TypedIn = "command",
    *,
    final: bool = False,
) -> str:
    """Fills `OUT/outbox/<year>/<unit>/` from the current drafts, while nobody else works on the year.

    Args:
        year: the report year.
        out: the output folder.
        by: who releases.
        reason: why.
        warehouse: its URL; None for the one that the settings name.
        as_of: the moment of the release; None for the clock's.
        say: is told for whom this waits, if it has to.
        despite: id of a lack → why it is issued all the same.
        typed_in: where the name was typed.
        final: the cards become final (正式); else they are put out for opinions (征求意见).

    Returns:
        What was released and where, as a sentence.

    Raises:
        CallError: there are no drafts, they are not complete, or the warehouse has moved on since they were written;
            the last run did not come to its end.
        Refused: something is lacking (`issue_lacks`) and nobody said to issue all the same (`despite`: id → why); what
            is final waits for something (`finality`).
        BusyError: another run holds the year and does not end.
    """
    url = warehouse_url(out, warehouse)
    refuse_without_drafts(out, year, "签发")
    with claimed(url, out, year, f"签发 {by.strip()}", Settings().wait, say):
        profile = load_profile(Settings().profile)
        at = profile.local(as_of or datetime.now(profile.district.zone))
        asked = Release(by=by, reason=reason, at=at, despite=despite or {}, typed_in=typed_in, final=final)
        with opened(url) as engine:
            return _released(engine, year, out, asked)


def _released(engine: Engine, year: int, out: Path, asked: Release) -> str:
    drafts = current_drafts(engine, year, out, "签发", asked.at)
    standing = standing_cards(engine, drafts)
    missing = issue_lacks(drafts.folder, drafts.state, compute_totals(drafts.state), asked.final)
    if asked.final:
        refuse_what_waits(standing, asked.at, missing)
    asked = replace(asked, despite=lacks.released(missing, asked.despite, "签发"))
    folder = YearFolder(out, year)
    now = issue_cards(engine, folder, drafts, standing, asked)
    store = partial(now.store, release=asked)
    try:
        filled = fill_outbox(engine, now.folder, folder.open_outbox(), now.state, asked, store)
    except Exception:
        now.discard()
        raise
    if now.filled is not None:
        folder.put_in_place(now.filled)
    return f"{parcels_words(filled, folder.outbox)}。{_cards_words(now)}"


def parcels_words(filled: Filled, outbox: Path) -> str:
    """To how many units something is issued by it; whoever changed nothing has signed nothing."""
    same = len({path.parent for path in filled.placed}) - len(filled.new)
    if not filled.new:
        return f"{same} 个单位的材料与上次签发的相同，没有签发新的内容，此前的签发单仍然有效：{outbox}"
    return f"已签发 {len(filled.new)} 个单位的材料：{outbox}" + (f"；{same} 个单位的没有变化，不再发" if same else "")


def _cards_words(now: IssuedNow) -> str:
    """Which cards are issued by it, in which state, and until when units may appeal."""
    if not now.new:
        return "评分表没有变化，此前签发的仍然有效"
    state = now.new[0].state
    until = sorted({card.appeal_until for card in now.new if card.appeal_until})
    appeal = f"，申诉截止 {until[-1]}" if until and state is CardState.PRELIMINARY else ""
    return f"其中评分表 {len(now.new)} 份（{state.word}{appeal}）"


def issue_lacks(folder: Path, state: YearState, totals: Totals, final: bool = False) -> tuple[Lack, ...]:
    """What an issue of the drafts in a year's folder is refused for, unless somebody releases it by name."""
    missing = lacks.final_lacks(state, totals) if final else lacks.card_lacks(state, totals)
    if unsigned := unsigned_receipts(folder, state):
        said = f"{len(unsigned)} 个单位的回执没有签名（{'、'.join(unsigned)}）"
        return (Lack(UNSIGNED, f"{said}，请按上次运行的提示恢复签名私钥（gongkai key show）"), *missing)
    return missing
