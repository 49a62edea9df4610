"""What a receipt says beside its revision: what else the unit sent, what changed, which revision counts meanwhile."""

from collections.abc import Iterator
from dataclasses import dataclass

from gongkai.national_format import NationalFormat, for_year
from gongkai.reporting.receipt.changed_cells import ChangeLine, base_of, change_lines, changes_between
from gongkai.reporting.receipt.files_beside import FileBesideLine, file_lines
from gongkai.reporting.style import moment
from gongkai.submission.form import Cell, State, Submission
from gongkai.warehouse.records import PublishedReport, RepeatedFile, Revision, UnitYear, YearState


@dataclass(frozen=True)
class EarlierRevision:
    """A revision before the one that the receipt speaks of."""

    number: int
    received_at: str
    status: str
    file: str


@dataclass(frozen=True)
class RepeatedLine:
    """A file that says what revision `number` says already."""

    number: int
    received_at: str
    file: str


@dataclass(frozen=True)
class PublishedLine:
    """A published report, what became of it, and where the submission differs from it."""

    received_at: str
    file: str
    words: str
    differences: tuple[str, ...]


@dataclass(frozen=True)
class AlsoSent:
    """What else the unit sent: revisions before this one, files that repeat one, published reports, what is no form."""

    earlier: tuple[EarlierRevision, ...]
    repeated: tuple[RepeatedLine, ...]
    published: tuple[PublishedLine, ...]
    attachments: tuple[FileBesideLine, ...]
    unreadable: tuple[FileBesideLine, ...]


@dataclass(frozen=True)
class ChangesView:
    """What differs from a revision, `against` which is named with its verdict."""

    against: str
    lines: tuple[ChangeLine, ...]


def also_sent(unit_year: UnitYear, state: YearState) -> AlsoSent:
    """What else the unit sent, oldest first."""

    def received(one: Revision | RepeatedFile | PublishedReport) -> str:
        return moment(state.profile.local(one.received_at))

    return AlsoSent(
        earlier=tuple(
            EarlierRevision(one.number, received(one), one.verdict.state.word, one.file)
            for one in unit_year.revisions[:-1]
        ),
        repeated=tuple(RepeatedLine(one.number, received(one), one.file) for one in unit_year.repeated),
        published=tuple(
            PublishedLine(
                received(one),
                one.file,
                _beside(one),
                tuple(f.message for f in one.findings if f.rule == "PUBLISHED-DIFFERS" and f.settled_by is None),
            )
            for one in unit_year.published
        ),
        attachments=file_lines(unit_year.attachments, state),
        unreadable=file_lines(unit_year.unreadable, state),
    )


def _beside(report: PublishedReport) -> str:
    """What became of a report that came beside the submission, in one sentence."""
    if report.submission is None:
        unread = next((found.message for found in report.findings), "没有读出年度报告的数字。")
        return f"没有作为报送采用：{unread}"
    compared = "报送" if report.number is None else f"第 {report.number} 次报送"
    form = for_year(report.submission.year)
    read, every = sum(cell.state is State.VALUE for cell in _national(report.submission, form)), len(form.cells)
    if not read:
        return f"随附的年度报告，没有读出其中的数字，未与{compared}核对，不另立版本"
    found = sum(one.rule == "PUBLISHED-DIFFERS" for one in report.findings)
    said = f"有 {found} 处不同，请核对后更正其中一处" if found else "与报送不同之处（如有）列在问题清单中"
    how = "逐格核对" if read == every else f"核对了读出的 {read} 格（共 {every} 格，其余没有读出）"
    return f"随附的年度报告，已与{compared}的数字{how}，不另立版本" + (f"；{said}" if report.number is not None else "")


def _national(submission: Submission, form: NationalFormat) -> Iterator[Cell]:
    return (cell for table in form.tables for cell in submission.by_table.get(table, ()))


def changes_view(unit_year: UnitYear, revision: Revision, year: int) -> ChangesView | None:
    """What differs from the revision before it; None where there is none to compare with."""
    base = base_of(unit_year, revision)
    if base is None or revision.submission is None:
        return None
    return ChangesView(
        against=f"第 {base.number} 次报送（{base.verdict.state.word}）",
        lines=tuple(change_lines(changes_between(revision, base), year)),
    )


def standing_beside(accepted: Revision | None, latest: Revision) -> str:
    """Which revision counts meanwhile, where it is not the one this receipt speaks of."""
    if accepted is None or accepted.number == latest.number:
        return ""
    return f"第 {accepted.number} 次报送此前已受理，仍然有效；本次报送未受理，不替代它。"
