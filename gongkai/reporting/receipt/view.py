"""What a receipt's page says: accepted or not, until when, how much to fix, then every finding in its place.

Strings in the order of reading. What the rules said of the file is `receipt.said`, what else the unit sent
`receipt.other_files`.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from gongkai.findings import Severity
from gongkai.national_format import for_year
from gongkai.profile import Profile, Unit
from gongkai.profile.models import Contact
from gongkai.reporting.receipt.advice import CAUTION, AdvicePart, addresses_of, advice_view
from gongkai.reporting.receipt.appeals_received import AppealFileLine, AppealLine, appeal_files, appeal_lines
from gongkai.reporting.receipt.entries_replaced import replaced_words
from gongkai.reporting.receipt.open_cases import OpenCaseLine, open_cases, open_cases_view
from gongkai.reporting.receipt.other_files import AlsoSent, ChangesView, also_sent, changes_view, standing_beside
from gongkai.reporting.receipt.said import Said, SettledLine, said_of_file
from gongkai.reporting.shared.granted import extensions_of, waived, waiver_words
from gongkai.reporting.shared.settled_explanations import explained
from gongkai.reporting.shared.standing import due_of
from gongkai.reporting.shared.wording import Wording
from gongkai.reporting.shared.words import without_asking
from gongkai.reporting.style import Page, day, moment, page_of
from gongkai.submission.form import CSV
from gongkai.submission.repair.parts import Repair
from gongkai.submission.verdict import Status, UnitState, Verdict
from gongkai.warehouse.records import Revision, StoredFile, UnitYear, YearState


@dataclass(frozen=True)
class Until:
    """What stands under 期限: the day, and a sentence that says what it means now."""

    day: str
    sentence: str

    @property
    def in_a_subject(self) -> str:
        """The same in a few words."""
        return f"{self.day}前重报" if self.day[-1:] == "日" else f"报送{self.day}"


@dataclass(frozen=True)
class ReceiptView:
    """Everything `receipt.html` prints.

    Attributes:
        standing: which revision counts meanwhile, empty where it is this one.
        extensions: each in words.
        today: the day as of which the open cases are counted.
        changes: against the revision before it; None where there is none to compare with.
        marked: the file name of the returned workbook, beside the receipt; empty where there is none.
    """

    unit: Unit
    state: UnitState
    errors: int
    queries: int
    notices: int
    until: Until
    standing: str
    revision: int
    received_at: str
    on_time: bool
    file: str
    sha256: str
    said: Said
    advice: tuple[AdvicePart, ...]
    advice_caution: str
    waived: tuple[SettledLine, ...]
    changes: ChangesView | None
    open_cases: tuple[OpenCaseLine, ...]
    today: str
    also_sent: AlsoSent
    extensions: tuple[str, ...]
    contact: Contact
    appeals: tuple[AppealLine, ...] = ()
    appeal_files: tuple[AppealFileLine, ...] = ()
    marked: str = ""

    @property
    def good(self) -> bool:
        return self.state is UnitState.ACCEPTED

    @property
    def waits(self) -> bool:
        """Whether it is the office's turn, to confirm where the file came from."""
        return self.state is UnitState.WAITING

    @property
    def to_fix(self) -> int:
        return 0 if self.waits else self.errors + self.queries


@dataclass(frozen=True)
class FileView:
    """A file that is no unit's revision, for `receipt_files.html`; `status` and `received` are words."""

    file: str
    sha256: str
    received: str
    status: str
    good: bool
    said: Said
    replaced: str = ""
    marked: str = ""


def receipt_page(unit_year: UnitYear, revision: Revision, state: YearState, basis: str) -> Page:
    """Head and foot of one unit's receipt."""
    return page_of(state, basis, "年度报送回执", unit_year.unit, f"第 {revision.number} 次报送", own=True)


def receipt_view(
    unit_year: UnitYear,
    revision: Revision,
    state: YearState,
    repairs: Sequence[Repair] = (),
    wording: Mapping[str, Wording] | None = None,
) -> ReceiptView:
    """The receipt of a unit's revision."""
    verdict, national_format = revision.verdict, for_year(state.year)
    settled = tuple(
        SettledLine(
            without_asking(one.finding.message),
            one.finding.rule,
            f"{f'沿用第 {one.revision} 次报送的说明：' if one.taken_over else ''}{one.words}",
        )
        for one in explained(revision, unit_year.revisions, wording)
    )
    return ReceiptView(
        unit=unit_year.unit,
        state=verdict.state,
        errors=verdict.count(Severity.ERROR),
        queries=verdict.count(Severity.QUERY),
        notices=verdict.count(Severity.NOTICE),
        until=until_of(unit_year, verdict, state),
        standing=standing_beside(unit_year.accepted, revision),
        revision=revision.number,
        received_at=moment(state.profile.local(revision.received_at)),
        on_time=verdict.on_time,
        file=revision.file,
        sha256=revision.sha256[:12],
        said=replace(said_of_file(verdict, national_format), settled=settled),
        advice=tuple(advice_view(repairs, national_format, addresses_of(revision.submission))),
        advice_caution=CAUTION,
        waived=tuple(
            SettledLine(without_asking(found.message), found.rule, waiver_words(entry))
            for found, entry in waived(verdict, state.inspections)
        ),
        changes=changes_view(unit_year, revision, state.year),
        open_cases=open_cases_view(open_cases(revision, state)),
        today=day(state.profile.local(state.as_of).date()),
        also_sent=also_sent(unit_year, state),
        extensions=tuple(waiver_words(entry) for entry in extensions_of(unit_year.unit, state.inspections)),
        contact=state.profile.district.contact,
        appeals=appeal_lines(unit_year, state),
        appeal_files=appeal_files(unit_year, state),
        marked=marked_workbook(unit_year, revision) or "",
    )


def marked_workbook(unit_year: UnitYear, revision: Revision) -> str | None:
    """The file name of the workbook that goes back marked: of one that was returned; None for anything else.

    Whoever sent CSV gets the template with what was read of it.
    """
    filled = revision.kind in ("workbook", CSV) and revision.submission is not None
    return f"{unit_year.unit.code}-returned.xlsx" if filled and revision.verdict.status is Status.RETURNED else None


def files_view(
    files: Iterable[StoredFile], state: YearState, marked: Mapping[str, str] | None = None
) -> list[FileView]:
    """Files that are no unit's revision, in the state's order; `marked`: SHA-256 → the workbook that goes back."""
    listed, back = list(files), marked or {}
    return [
        replace(
            file_view(one, state.profile, state.year),
            replaced=replaced_words(one, listed),
            marked=back.get(one.sha256, ""),
        )
        for one in listed
    ]


def file_view(stored: StoredFile, profile: Profile, year: int) -> FileView:
    """One such file."""
    return FileView(
        file=stored.name,
        sha256=stored.sha256[:12],
        received=f"{moment(profile.local(stored.received_at))} 收到",
        status=stored.verdict.state.word,
        good=stored.verdict.status is Status.ACCEPTED,
        said=said_of_file(stored.verdict, for_year(year)),
    )


def until_of(unit_year: UnitYear, verdict: Verdict, state: YearState) -> Until:
    """Until when a revision that is not accepted can be sent again; of an accepted one, whether it was in time."""
    if verdict.status is Status.ACCEPTED:
        return Until("按时" if verdict.on_time else "逾期", "")
    if verdict.waiting:
        return Until("不必重报", "主管部门核实这份文件的来源后处理，不必重新报送。")
    return until_open(unit_year, state)


def until_open(unit_year: UnitYear, state: YearState) -> Until:
    """Until when a unit of which nothing is accepted can send again."""
    today, due = state.profile.local(state.as_of).date(), due_of(unit_year, state)
    last = max(state.profile.cycle.hard_deadline(state.year), due)
    if today <= due:
        return Until(day(due), f"请在{day(due)}前重新报送。")
    if today <= last:
        return Until(day(last), f"按时报送的期限（{day(due)}）已过，请尽快重新报送；报送渠道将于{day(last)}关闭。")
    return Until("已截止", f"报送渠道已于{day(last)}关闭。请联系政务公开主管部门，说明情况后办理延期。")
