"""What every decision about the district's report needs: who acts, the report that the drafts show, and its files anew.

`approval` and `adopting` decide; the decision is on record before any file is. The report alone is written anew then,
in its new state, with a new manifest; everything else in `OUT/<year>` stays as the run made it.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Engine

from gongkai.errors import CallError
from gongkai.profile import load_profile
from gongkai.reporting.outbox.drafts import Drafts
from gongkai.reporting.report.district_report import DistrictReport
from gongkai.reporting.report.writer import write_report
from gongkai.reporting.shared.manifest import write_manifest
from gongkai.reporting.shared.wording import Wordings
from gongkai.reporting.shared.year_folder import YearFolder
from gongkai.settings import Settings, warehouse_url
from gongkai.warehouse.audit import Decision, Kind, TypedIn
from gongkai.warehouse.engine import reading
from gongkai.warehouse.locks import load_lock
from gongkai.warehouse.report_standing import ReportStanding
from gongkai.warehouse.rows.known import LATEST
from gongkai.warehouse.rows.report_decisions import approved_documents, report_standing
from gongkai.warehouse.totals import compute_totals


@dataclass(frozen=True, kw_only=True)
class Act:
    """Who acts on the report of which year, where and when.

    Attributes:
        warehouse: its URL; None for the one that the settings name.
        at: the moment; None for the clock's.
        wordings: the words of the rules that a lock kept (None: today's), for the annex.
        say: is told for whom this waits, if it has to.
        typed_in: a command or a form.
    """

    year: int
    out: Path
    by: str
    wordings: Callable[[str | None], Wordings]
    say: Callable[[str], None]
    warehouse: str | None = None
    at: datetime | None = None
    typed_in: TypedIn = "command"
    url: str = field(init=False, repr=False)
    moment: datetime = field(init=False)
    subject: str = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "by", " ".join(self.by.split()))
        object.__setattr__(self, "url", warehouse_url(self.out, self.warehouse))
        profile = load_profile(Settings().profile)
        object.__setattr__(self, "moment", profile.local(self.at) if self.at else datetime.now(profile.district.zone))
        object.__setattr__(self, "subject", profile.district.says("全区报告"))


def drafted_report(engine: Engine, act: Act, drafts: Drafts) -> DistrictReport:
    """The report that the drafts show, with every decision up to now."""
    lock = load_lock(engine, act.year)
    with reading(engine) as connection:
        standing = report_standing(connection, act.year, LATEST, drafts.state.as_of)
    wording = act.wordings(lock.rules if lock else None)
    basis = str(drafts.manifest["basis_sha256"])
    return DistrictReport(drafts.state, compute_totals(drafts.state), basis, wording, standing)


def refuse_another_text(drafts: Drafts, report: DistrictReport) -> None:
    """What is approved is what somebody read: the text and tables of the draft that stands."""
    drafted = json.loads((drafts.folder / "report" / "report.json").read_text(encoding="utf-8"))
    if drafted.get("content_sha256") != report.view.content_sha256:
        raise CallError(f"{drafts.folder / 'report'} 中的送审稿与数据仓库不一致。请重新运行，看过新稿后再审定。")


def with_standing(report: DistrictReport, standing: ReportStanding) -> DistrictReport:
    """The same report after a decision."""
    return replace(report, standing=standing)


def decision(act: Act, kind: Kind, subject: str, reason: str, after: Mapping[str, Any]) -> Decision:
    return Decision(
        kind=kind,
        at=act.moment,
        by=act.by,
        typed_in=act.typed_in,
        year=act.year,
        subject=subject,
        reason=reason,
        after=after,
    )


def write_anew(engine: Engine, act: Act, drafts: Drafts, report: DistrictReport) -> None:
    """Puts the report in its new state in place, at one instant, with a manifest of what then stands."""
    folder = YearFolder(act.out, act.year)
    filled = folder.begin()
    write_report(report, filled / "report", approved_documents(engine, act.year, LATEST))
    folder.complete(filled)
    write_manifest(drafts.state, report.basis, filled)
    folder.put_in_place(filled)
