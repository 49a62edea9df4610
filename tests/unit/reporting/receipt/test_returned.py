"""The returned workbook: marked, linked, listed; corrected in it, or explained in it, the unit is accepted."""

import io
import subprocess
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import openpyxl
import pytest

from expectations.validation import Context, validate
from expectations.wording import rule_wording
from gongkai.findings import Severity
from gongkai.national_format import for_year
from gongkai.profile import Profile, Unit, load_profile
from gongkai.reporting.receipt.advice import advise
from gongkai.reporting.receipt.returned_workbook import Returned, returned_workbook
from gongkai.reporting.receipt.writer import write_receipt
from gongkai.submission.form import Cell, Reading, ReceivedFile, State, Submission
from gongkai.submission.template.writer import workbook_bytes
from gongkai.submission.verdict import Status, Verdict
from gongkai.submission.workbook.reader import read_workbook
from gongkai.warehouse.years.last_year import Previous

RECEIVED_AT = datetime(2022, 1, 20, 9, tzinfo=ZoneInfo("Asia/Shanghai"))
STOCK = "proactive_disclosure.normative_documents.in_force"


@pytest.fixture(scope="module")
def profile() -> Profile:
    return load_profile(None)


@pytest.fixture(scope="module")
def unit(profile: Profile) -> Unit:
    found = profile.unit("T01")
    assert found is not None
    return found


def submitted(changes: dict[str, Any] | None = None, year: int = 2021, *more: Cell) -> Submission:
    """A report of zeros but for the given cells; text is what could not be read as a number."""
    cells = []
    for spec in for_year(year).cells:
        value = (changes or {}).get(spec.where, 0)
        state = State.UNREADABLE if isinstance(value, str) else State.BLANK if value is None else State.VALUE
        cells.append(Cell(spec.table, spec.row, spec.column, value, state))
        if isinstance(value, str):
            cells[-1] = cells[-1]._replace(value=None, origin=cells[-1].origin._replace(raw=value))
    reported = frozenset(cell.table for cell in more if cell.row != "-")
    return Submission("T01", year, (*cells, *more), reported, authority="示例区和平街道办事处", prepared_by="测试")


LAST_YEAR = replace(submitted(), year=2020)


def judged(data: bytes, profile: Profile, previous: Submission | None = None) -> tuple[Reading, Verdict]:
    """What the pipeline's reader and rules say of the bytes."""
    file = ReceivedFile(Path("T01.xlsx"), "T01/T01.xlsx", "T01", "0" * 64, len(data), RECEIVED_AT)
    reading = read_workbook(file, data)
    before = {"T01": Previous(previous, 1, True)} if previous else {}
    context = Context(2021, profile, RECEIVED_AT + timedelta(days=1), before, {})
    (verdict,) = validate([reading], context)
    return reading, verdict


class Round:
    """A unit's first workbook, its verdict, and the workbook that it gets back."""

    def __init__(self, make: Any, profile: Profile, unit: Unit, first: Submission, previous: Submission | None) -> None:
        self.profile, self.previous = profile, previous
        first = replace(first, authority=unit.authority)
        self.reading, self.verdict = judged(workbook_bytes(first, profile, unit, 2021), profile, previous)
        assert self.reading.submission is not None
        self.revision = make.revision("T01", self.verdict, submission=self.reading.submission, kind="workbook")
        state = make.state({"T01": (self.revision,)}, profile=profile)
        before = {"T01": Previous(previous, 1, True)} if previous else {}
        self.state = replace(state, previous=before)
        repairs = advise(self.state.unit("T01"), self.revision, self.state)
        self.said = Returned(self.verdict.findings, repairs, "修改清单", "请尽快重新报送。", rule_wording())
        self.bytes = returned_workbook(self.reading.submission, self.said, profile, unit, previous)
        self.book = openpyxl.load_workbook(io.BytesIO(self.bytes))

    def judged_after(self, edit: Callable[[openpyxl.Workbook], None]) -> tuple[Reading, Verdict]:
        book = openpyxl.load_workbook(io.BytesIO(self.bytes))
        edit(book)
        out = io.BytesIO()
        book.save(out)
        return judged(out.getvalue(), self.profile, self.previous)

    def lines(self) -> list[tuple[Any, ...]]:
        return [tuple(cell.value for cell in row) for row in self.book["修改清单"].iter_rows()]


@pytest.fixture
def around(make: Any, profile: Profile, unit: Unit) -> Callable[..., Round]:
    def play(changes: dict[str, Any], *more: Cell, previous: Submission | None = None) -> Round:
        return Round(make, profile, unit, submitted(changes, 2021, *more), previous)

    return play


def cell(book: openpyxl.Workbook, where: str) -> Any:
    sheet, _, address = book.defined_names[where.replace(".", "__")].attr_text.rpartition("!")
    return book[sheet.strip("'")][address.replace("$", "")]


WRONG = {
    "requests.granted.total": 3,
    "requests.granted.natural_person": 2,
    "disputes.litigation_direct.upheld": "约3件",
}


def test_the_fix_list_comes_first_and_links_every_line_to_its_cell(around: Callable[..., Round]) -> None:
    back = around(WRONG)
    assert back.book.sheetnames[0] == "修改清单"
    assert back.book.active.title == "修改清单"
    sheet = back.book["修改清单"]
    numbered = [row for row in sheet.iter_rows() if isinstance(row[0].value, int)]
    assert len(numbered) == len(back.verdict.findings)
    linked = {row[1].hyperlink.location.replace("'", "").replace("!", " ") for row in numbered}
    assert linked == {row[1].value for row in numbered}
    granted = cell(back.book, "requests.granted.total")
    assert f"{granted.parent.title} {granted.coordinate}" in linked


def test_faulty_cells_are_filled_and_commented_with_both_values_and_the_code(around: Callable[..., Round]) -> None:
    back = around(WRONG)
    granted, untouched = cell(back.book, "requests.granted.total"), cell(back.book, "requests.carried_in.total")
    assert granted.fill.fgColor.rgb != untouched.fill.fgColor.rgb
    for part in ("合计 2", "填写 3", "相差 1", "〔REQ-ROW-SUM〕"):
        assert part in granted.comment.text
    assert untouched.comment is None


def test_what_could_not_be_read_is_put_back_as_typed(around: Callable[..., Round]) -> None:
    kind, title = Cell("documents", "1", "kind", "normative"), Cell("documents", "1", "title", "示例文件")
    back = around(WRONG, kind, title)
    assert cell(back.book, "disputes.litigation_direct.upheld").value == "约3件"


def test_what_lists_and_figures_lost_is_put_back(profile: Profile, unit: Unit, around: Callable[..., Round]) -> None:
    def spoil(book: openpyxl.Workbook) -> None:
        header = book.defined_names["register__header"].attr_text
        sheet = book[header.rpartition("!")[0].strip("'")]
        columns = {c.value: n for n, c in enumerate(sheet[5], 1)}
        sheet.cell(6, columns["登记编号"], "测-1")
        sheet.cell(6, columns["收到日期"], "三月初")
        cell(book, "activities.portal_items").value = "约五个"

    reading, verdict = around({}).judged_after(spoil)
    assert reading.submission is not None
    said = Returned(verdict.findings, (), "修改清单", "", rule_wording())
    book = openpyxl.load_workbook(io.BytesIO(returned_workbook(reading.submission, said, profile, unit)))
    values = {c.value for sheet in book.worksheets[1:] for row in sheet.iter_rows() for c in row}
    assert {"三月初", "约五个", "测-1"} <= values


def test_errors_stand_before_queries_and_advice_between(around: Callable[..., Round]) -> None:
    back = around({**WRONG, STOCK: 4}, previous=LAST_YEAR)
    heads = [str(line[0]) for line in back.lines() if line[0] and str(line[0])[0] in "✕？·修"]
    assert [head[0] for head in heads if head != "修改清单"][:3] == ["✕", "修", "？"]


def test_corrected_in_it_the_workbook_is_accepted(around: Callable[..., Round]) -> None:
    back = around(WRONG)
    assert back.verdict.status is Status.RETURNED

    def correct(book: openpyxl.Workbook) -> None:
        cell(book, "requests.granted.total").value = 0
        cell(book, "requests.granted.natural_person").value = 0
        cell(book, "disputes.litigation_direct.upheld").value = 0

    reading, verdict = back.judged_after(correct)
    assert verdict.status is Status.ACCEPTED, verdict.findings
    assert not [issue for issue in reading.issues if issue.rule == "UNKNOWN-KEY"]


def test_sent_again_as_it_is_it_says_what_the_first_one_said(around: Callable[..., Round]) -> None:
    back = around(WRONG)
    reading, verdict = judged(back.bytes, back.profile)
    assert reading.submission is not None
    assert back.reading.submission is not None
    assert reading.submission.content() == back.reading.submission.content()
    assert [f.message for f in verdict.findings] == [f.message for f in back.verdict.findings]


def test_a_query_explained_on_the_fix_list_is_settled(around: Callable[..., Round]) -> None:
    back = around({STOCK: 4}, previous=LAST_YEAR)
    assert [f.severity for f in back.verdict.findings] == [Severity.QUERY]
    (line,) = [line for line in back.lines() if line[8] == "YOY-STOCK-NORMATIVE_DOCUMENTS"]
    assert "请在“修改清单”中选择理由" in line[2]
    sheet = back.book["修改清单"]
    (offered,) = [v for v in sheet.data_validations.dataValidation if v.type == "list"]
    (row,) = {span.min_row for span in offered.sqref.ranges}
    texts, column, first, last = _range(back.book, offered.formula1)
    reasons = [texts.cell(n, column).value for n in range(first, last + 1)]
    assert reasons == list(rule_wording()["YOY-STOCK-NORMATIVE_DOCUMENTS"].reasons.values())

    def explain(book: openpyxl.Workbook) -> None:
        book["修改清单"].cell(row, 7).value = reasons[0]
        book["修改清单"].cell(row, 8).value = "示例：四份文件到期。"

    reading, verdict = back.judged_after(explain)
    assert reading.submission is not None
    assert verdict.status is Status.ACCEPTED
    assert [finding.settled_by for finding in verdict.findings] == ["expired"]
    (record,) = reading.submission.records("explanations")
    assert (record["where"], record["text"]) == (STOCK, "示例：四份文件到期。")


def _range(book: openpyxl.Workbook, reference: str) -> tuple[Any, int, int, int]:
    name, _, span = reference.lstrip("=").rpartition("!")
    first, last = span.replace("$", "").split(":")
    sheet = book[name.strip("'")]
    return sheet, sheet[first].column, sheet[first].row, sheet[last].row


def test_two_rows_of_the_same_name_are_told_apart_by_their_lines(around: Callable[..., Round]) -> None:
    back = around({}, Cell("register", "1", "case_no", "测-1"), Cell("register", "2", "case_no", "测-1"))
    blanks = [line for line in back.lines() if line[8] == "BLANK" and "收到日期" in str(line[2])]
    assert [line[1] for line in blanks] == ["依申请台账 B6", "依申请台账 B7"]
    assert "B6" in blanks[0][2]
    assert back.book["依申请台账"]["B6"].comment is not None


def test_the_same_return_has_the_same_bytes(
    make: Any, profile: Profile, unit: Unit, around: Callable[..., Round]
) -> None:
    one, other = around(WRONG), around(WRONG)
    assert one.bytes == other.bytes


def test_the_receipt_brings_it_along_with_the_advice(around: Callable[..., Round], tmp_path: Path) -> None:
    back = around(WRONG)
    paths = write_receipt(back.state.unit("T01"), back.state, tmp_path, rule_wording())
    assert [path.name for path in paths] == ["T01.json", "T01.html", "T01-returned.xlsx"]
    page = paths[1].read_text(encoding="utf-8")
    assert "修改建议" in page
    assert "仅供参考" in page
    assert page.index('<a href="T01-returned.xlsx">') < page.index("逐一处理")  # first of all


def test_an_accepted_workbook_and_a_returned_json_bring_none(make: Any, tmp_path: Path) -> None:
    returned = make.verdict(make.finding())
    for revision in (make.revision("T01", make.verdict()), make.revision("T01", returned, kind="json")):
        state = make.state({"T01": (revision,)})
        names = [path.name for path in write_receipt(state.unit("T01"), state, tmp_path)]
        assert names == ["T01.json", "T01.html"]


def test_explanations_on_the_list_are_read_where_the_file_has_lost_its_names(around: Callable[..., Round]) -> None:
    """As in an .xls, or in sheets copied into a new book: the list is found by its headings."""
    back = around({STOCK: 4}, previous=LAST_YEAR)

    def explain(book: openpyxl.Workbook) -> None:
        row = next(r for r in book["修改清单"].iter_rows() if r[8].value == "YOY-STOCK-NORMATIVE_DOCUMENTS")
        row[6].value = "文件有效期届满，自动失效"
        for name in list(book.defined_names):
            del book.defined_names[name]
        book["修改清单"].title = "清单"

    reading, verdict = back.judged_after(explain)
    assert "另存或复制过的工作簿" in [coercion.raw for coercion in reading.coercions]
    assert verdict.status is Status.ACCEPTED, verdict.findings
    assert not [f for f in verdict.findings if "清单”" in f.message], "the list is ours"


def test_who_sent_csv_gets_the_template_with_what_was_read(around: Callable[..., Round], tmp_path: Path) -> None:
    back = around(WRONG)
    state = replace(
        back.state,
        units=tuple(replace(u, revisions=tuple(replace(r, kind="csv") for r in u.revisions)) for u in back.state.units),
    )
    assert tmp_path / "T01-returned.xlsx" in {
        path.parent.parent / path.name for path in write_receipt(state.unit("T01"), state, tmp_path, rule_wording())
    }


@pytest.mark.libreoffice
def test_corrected_in_libreoffice_the_workbook_is_accepted(around: Callable[..., Round], tmp_path: Path) -> None:
    """Saved by LibreOffice as it is, the workbook reads the same; corrected after that it is accepted."""
    back = around({**WRONG, STOCK: 4}, previous=LAST_YEAR)
    (tmp_path / "T01.xlsx").write_bytes(back.bytes)
    home = f"-env:UserInstallation=file://{tmp_path}/home"
    command = ["soffice", home, "--headless", "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", "saved"]
    subprocess.run([*command, "T01.xlsx"], cwd=tmp_path, check=True, capture_output=True, timeout=180)
    back.bytes = (tmp_path / "saved" / "T01.xlsx").read_bytes()
    reading, _ = judged(back.bytes, back.profile, back.previous)
    assert reading.submission is not None
    assert back.reading.submission is not None
    assert reading.submission.content() == back.reading.submission.content()

    def correct(book: openpyxl.Workbook) -> None:
        for where in WRONG:
            cell(book, where).value = 0
        row = next(r for r in book["修改清单"].iter_rows() if r[8].value == "YOY-STOCK-NORMATIVE_DOCUMENTS")
        row[6].value = "文件有效期届满，自动失效"

    _, verdict = back.judged_after(correct)
    assert verdict.status is Status.ACCEPTED, verdict.findings
