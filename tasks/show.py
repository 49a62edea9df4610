"""What the Prefect UI shows of a run: pages with links, and how far a long step has come. Codes and counts only.

Keys stay the same from run to run, so that each page has its history in the UI.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import cast
from uuid import UUID

from prefect import get_run_logger, task
from prefect.artifacts import create_markdown_artifact, create_progress_artifact, update_progress_artifact
from prefect.cache_policies import NO_CACHE
from sqlalchemy import Engine

from expectations.wording import rule_wording
from gongkai.assessment.assess import assess_year
from gongkai.assessment.scorecard import Assessment
from gongkai.delivery.incoming.arrival_rows import markdown_page
from gongkai.delivery.incoming.journal import arrivals
from gongkai.reporting.outbox.finality import what_waits
from gongkai.reporting.outbox.issued_cards import IssueMoment
from gongkai.reporting.outbox.release import issue_lacks
from gongkai.reporting.screen.issue_page import issue_page
from gongkai.reporting.screen.site_links import Places
from gongkai.reporting.screen.unit_page import unit_page
from gongkai.reporting.screen.year_pages import board_page, matrix_page, ranking_page, totals_page
from gongkai.reporting.shared.manifest import NAME as MANIFEST
from gongkai.reporting.style import moment
from gongkai.settings import ServerSettings
from gongkai.warehouse.engine import opened, reading
from gongkai.warehouse.locks import load_lock
from gongkai.warehouse.queries import load_year
from gongkai.warehouse.records import YearState
from gongkai.warehouse.rows.issued import last_notes
from gongkai.warehouse.rows.issued_cards import issued_cards
from gongkai.warehouse.rows.known import LATEST
from gongkai.warehouse.totals import Totals, compute_totals
from tasks.values import Opaque, YearSnapshot
from tasks.workspace import Workspace

_SHOWN = "shown.json"
_ISSUE = "{} 年度签发前的核对"
STEPS = 3
"""The long steps of a whole run: taking in, writing, publishing."""


@task(name="发布到界面", cache_policy=NO_CACHE)
def show_year(
    workspace: Workspace,
    snapshot: Opaque[YearSnapshot],
    assessment: Opaque[Assessment],
    outputs: Opaque[Sequence[tuple[str, str]]],
) -> None:
    """Shows the district's pages, and those of units whose page has changed since it was last shown."""
    state, totals = snapshot.value.state, snapshot.value.totals
    settings, year, lock = ServerSettings(), snapshot.value.state.year, workspace.lock
    wordings, written = rule_wording(lock.rules if lock else None), dict(outputs.value)
    places = Places(settings.pages_url, year, written)
    issuing = _issue(workspace.engine, workspace.outputs.place, state, totals, assessment.value, written)
    pages = {
        f"units-{year}": (f"{year} 年度各单位状态", board_page(state, places, wordings)),
        f"rules-{year}": (f"{year} 年度单位 × 规则", matrix_page(state, wordings)),
        f"totals-{year}": (f"{year} 年度{state.profile.district.whole}数据", totals_page(state, totals)),
        f"ranking-{year}": (f"{year} 年度考核排名", ranking_page(assessment.value, state, places)),
        f"issue-{year}": (_ISSUE.format(year), issuing),
    }
    units = {
        f"unit-{year}-{_key(unit.unit.code)}": (
            f"{unit.unit.code} {unit.unit.name} {year} 年度",
            unit_page(unit, state, places, wordings),
        )
        for unit in state.units
    }
    for key, (title, page) in {**pages, **_changed(units, settings.state)}.items():
        create_markdown_artifact(key=key, markdown=page, description=title)


@task(name="更新签发前的核对", cache_policy=NO_CACHE)
def show_issue(year: int, out: Path, warehouse: str) -> None:
    """Shows anew what an issue would release, after one: from the manifest that stands and what was issued."""
    folder = out / str(year)
    manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    written = {output["path"]: output["sha256"] for output in manifest["outputs"]}
    with opened(warehouse) as engine:
        state = load_year(engine, year, datetime.fromisoformat(manifest["as_of"]))
        with reading(engine) as connection:
            state = replace(state, issued=issued_cards(connection, year, LATEST, state.profile))
        assessment = assess_year(state, state.previous_scores)
        page = _issue(engine, folder, state, compute_totals(state), assessment, written)
    create_markdown_artifact(key=f"issue-{year}", markdown=page, description=_ISSUE.format(year))


@task(name="显示收件情况", cache_policy=NO_CACHE)
def show_arrivals(inbox: Path) -> None:
    """Shows what was done with every mail and file that was fetched."""
    page = markdown_page(arrivals(inbox))
    create_markdown_artifact(key="arrivals", markdown=page, description="自动收件：每封邮件、每份文件")


@task(name="规则报警", cache_policy=NO_CACHE)
def show_alarm(workspace: Workspace) -> None:
    """Shows which rules hold the run's mails back."""
    said = [f"- **{sentence}**" for sentence in workspace.first_words] or ["没有规则报警，本次的邮件没有暂缓。"]
    page = "\n".join([f"# {workspace.year} 年度规则报警", f"截至 {moment(workspace.as_of)}。", "", *said])
    create_markdown_artifact(key=f"alarm-{workspace.year}", markdown=page, description=f"{workspace.year} 年度规则报警")


def _issue(
    engine: Engine, folder: Path, state: YearState, totals: Totals, assessment: Assessment, written: Mapping[str, str]
) -> str:
    """The page of what an issue of the drafts in a year's folder would release."""
    with reading(engine) as connection:
        issued = last_notes(connection, state.year)
    lock = load_lock(engine, state.year)
    waits = list(what_waits(IssueMoment(state, assessment), state.as_of))
    missing = issue_lacks(folder, state, totals)
    places = Places(ServerSettings().pages_url, state.year, written)
    return issue_page(state, written, issued, missing, waits, places, rule_wording(lock.rules if lock else None))


def _key(code: str) -> str:
    """An artifact's key takes lowercase letters, digits and dashes."""
    return code.lower().replace("_", "-")


def _changed(pages: Mapping[str, tuple[str, str]], state: Path) -> dict[str, tuple[str, str]]:
    """The pages that differ from what was shown last; a history of equal pages tells nobody anything."""
    kept = state / _SHOWN
    try:
        known = json.loads(kept.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        known = {}
    now = {key: hashlib.sha256(page.encode()).hexdigest() for key, (_, page) in pages.items()}
    try:
        state.mkdir(parents=True, exist_ok=True, mode=0o700)
        kept.write_text(json.dumps({**known, **now}, indent=1), encoding="utf-8")
    except OSError:
        get_run_logger().warning("界面上的单位页没有记下（%s 不能写入），下次全部重新显示", kept)
    return {key: pages[key] for key in pages if known.get(key) != now[key]}


class Screen:
    """Nobody looks: the command line's server ends with the command."""

    @contextmanager
    def step(self, name: str) -> Iterator[None]:  # noqa: ARG002  # whoever looks is told
        """A long step."""
        yield

    def warn(self, workspace: Workspace) -> None:
        """Which rules are in doubt."""

    def show(
        self,
        workspace: Workspace,
        snapshot: Opaque[YearSnapshot],
        assessment: Opaque[Assessment],
        outputs: Opaque[Sequence[tuple[str, str]]],
    ) -> None:
        """What the year looks like now."""

    def arrivals(self, inbox: Path) -> None:
        """What was fetched."""


class UserInterface(Screen):
    """The UI of a standing server: its pages, and a bar that shows how far the run has come."""

    def __init__(self) -> None:
        self._done = 0
        self._bar = cast(UUID, create_progress_artifact(progress=0.0, description="开始"))

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        """Tells that a step is at work, and, once it is left, that it is done."""
        self._tell(f"正在{name}")
        yield
        self._done += 1
        self._tell(f"已完成{name}")

    def warn(self, workspace: Workspace) -> None:
        """The page of the rule alarm: what holds the run's mails back, or that nothing does."""
        show_alarm(workspace)

    def show(
        self,
        workspace: Workspace,
        snapshot: Opaque[YearSnapshot],
        assessment: Opaque[Assessment],
        outputs: Opaque[Sequence[tuple[str, str]]],
    ) -> None:
        """The year's pages, and those of units that changed."""
        show_year(workspace, snapshot, assessment, outputs)

    def arrivals(self, inbox: Path) -> None:
        """The page of what was done with every mail and file."""
        show_arrivals(inbox)

    def _tell(self, what: str) -> None:
        update_progress_artifact(self._bar, progress=min(100.0, 100.0 * self._done / STEPS), description=what)
