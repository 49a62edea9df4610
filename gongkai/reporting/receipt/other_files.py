"""What a receipt says beside its revision: what else the unit sent, what changed, which revision counts meanwhile."""

from typing import Any

from gongkai.reporting.receipt.changed_cells import base_of, change_lines, changes_between
from gongkai.reporting.style import moment
from gongkai.warehouse.records import PublishedReport, Revision, UnitYear, YearState


def also_sent(unit_year: UnitYear, state: YearState) -> dict[str, Any]:
    """What else the unit sent: revisions before this one, files that repeat one, published reports."""
    return {
        "earlier": [
            {
                "number": one.number,
                "received_at": moment(state.profile.local(one.received_at)),
                "status": one.verdict.status.word,
                "file": one.file,
            }
            for one in unit_year.revisions[:-1]
        ],
        "repeated": [
            {"number": one.number, "received_at": moment(state.profile.local(one.received_at)), "file": one.file}
            for one in unit_year.repeated
        ],
        "published": [
            {
                "received_at": moment(state.profile.local(one.received_at)),
                "file": one.file,
                "words": _beside(one),
                "differences": [
                    f.message for f in one.findings if f.rule == "PUBLISHED-DIFFERS" and f.settled_by is None
                ],
            }
            for one in unit_year.published
        ],
    }


def _beside(report: PublishedReport) -> str:
    """What became of a report that came beside the submission, in one sentence."""
    if report.submission is None:
        unread = next((found.message for found in report.findings), "没有读出年度报告的数字。")
        return f"没有作为报送采用：{unread}"
    if report.number is None:
        return "随附的年度报告，已与报送的数字逐格核对，不另立版本"
    found = sum(one.rule == "PUBLISHED-DIFFERS" for one in report.findings)
    said = f"有 {found} 处不同，请核对后更正其中一处" if found else "与报送不同之处（如有）列在问题清单中"
    return f"随附的年度报告，已与第 {report.number} 次报送的数字逐格核对，不另立版本；{said}"


def changes_view(unit_year: UnitYear, revision: Revision, year: int) -> dict[str, Any] | None:
    """What differs from the revision before it; None where there is none to compare with."""
    base = base_of(unit_year, revision)
    if base is None or revision.submission is None:
        return None
    return {
        "against": f"第 {base.number} 次报送（{base.verdict.status.word}）",
        "lines": change_lines(changes_between(revision, base), year),
    }


def standing_beside(accepted: Revision | None, latest: Revision) -> str:
    """Which revision counts meanwhile, where it is not the one this receipt speaks of."""
    if accepted is None or accepted.number == latest.number:
        return ""
    return f"第 {accepted.number} 次报送此前已受理，仍然有效；本次报送未受理，不替代它。"
