"""What the Prefect UI shows of a run: pages with links, and how far a long step has come. Codes and counts only.

Keys stay the same from run to run, so that each page has its history in the UI.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from prefect import get_run_logger, task
from prefect.artifacts import create_markdown_artifact, create_progress_artifact, update_progress_artifact
from prefect.cache_policies import NO_CACHE

from expectations.wording import rule_wording
from gongkai.assessment.scorecard import Assessment
from gongkai.reporting.screen.issue_page import issue_page
from gongkai.reporting.screen.places import Places
from gongkai.reporting.screen.unit_page import unit_page
from gongkai.reporting.screen.year_pages import board_page, matrix_page, ranking_page, totals_page
from gongkai.settings import ServerSettings
from gongkai.warehouse.engine import reading
from gongkai.warehouse.rows.issued import last_notes
from tasks.values import Opaque, YearSnapshot
from tasks.workspace import Workspace

_SHOWN = "shown.json"


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
    with reading(workspace.engine) as connection:
        issued = last_notes(connection, year)
    pages = {
        f"units-{year}": (f"{year} 年度各单位状态", board_page(state, places, wordings)),
        f"rules-{year}": (f"{year} 年度单位 × 规则", matrix_page(state, wordings)),
        f"totals-{year}": (f"{year} 年度全区数据", totals_page(state, totals)),
        f"ranking-{year}": (f"{year} 年度考核排名", ranking_page(assessment.value, state, places)),
        f"issue-{year}": (f"{year} 年度签发前的核对", issue_page(state, written, issued, places, wordings)),
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


class Progress:
    """How far a run has come, as a bar in the UI; one step after the other."""

    def __init__(self, steps: Sequence[str]) -> None:
        self._steps = steps
        self._bar = create_progress_artifact(progress=0.0, description=f"下一步：{steps[0]}")

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        """Tells that a step is at work, and, once it is left, that it is done."""
        done = self._steps.index(name)
        update_progress_artifact(self._bar, progress=100.0 * done / len(self._steps), description=f"正在：{name}")
        yield
        last = done + 1 == len(self._steps)
        update_progress_artifact(
            self._bar,
            progress=100.0 * (done + 1) / len(self._steps),
            description="已完成" if last else f"下一步：{self._steps[done + 1]}",
        )
