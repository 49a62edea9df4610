"""An edited report: as in the draft it needs nothing, a wrong figure is found, new words are judged in both scopes."""

import io
import os
import subprocess
import zipfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from gongkai.errors import CallError
from gongkai.reporting.report.adoption.compare import compare_report
from gongkai.reporting.report.adoption.comparison import ReportComparison, read_confirmations
from gongkai.reporting.report.district_report import DistrictReport
from gongkai.reporting.report.docx_writer import report_docx
from gongkai.submission.published.docx_source import W
from gongkai.warehouse.report_standing import Adoption, ReportStanding
from tests.golden.report.edited import Edit, digits, edited, paragraph_behind, stripped, typed

TYPOS = int(os.environ.get("GONGKAI_TYPOS", "15"))
_OWN = "编印工作手册"  # stands in a computed paragraph of section one


@pytest.fixture(scope="module")
def report(demonstration: Any) -> DistrictReport:
    return demonstration.report


@pytest.fixture(scope="module")
def draft(report: DistrictReport) -> bytes:
    return report_docx(report.view)


def compared(report: DistrictReport, draft: bytes, *edits: Edit) -> ReportComparison:
    return compare_report(edited(draft, *edits), report)


def said(comparison: ReportComparison) -> list[tuple[str, str]]:
    return [(one.observed, one.expected) for one in comparison.differences]


@pytest.mark.parametrize("edits", [(), (stripped,)], ids=["as written", "controls stripped"])
def test_what_stands_as_in_the_draft_needs_nothing(report: DistrictReport, draft: bytes, edits: Any) -> None:
    found = compared(report, draft, *edits)
    assert (found.differences, found.open) == ([], [])
    assert found.compared > 280  # 200 cells, and every number of the text
    assert found.text.places == dict(report.texts)


@settings(max_examples=TYPOS, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_a_wrong_digit_in_any_figure_is_found(report: DistrictReport, draft: bytes, data: st.DataObject) -> None:
    """200 times in `make quality`."""

    def mistype(root: Any) -> None:
        if data.draw(st.booleans(), "controls stripped"):
            stripped(root)
        run, at = data.draw(st.sampled_from(digits(root)), "where")
        wrong = data.draw(st.sampled_from([d for d in "0123456789" if d != run.text[at]]), "digit")
        run.text = run.text[:at] + wrong + run.text[at + 1 :]

    (difference,) = compared(report, draft, mistype).differences
    assert difference.observed != difference.expected
    assert difference.place


@pytest.mark.parametrize("edits", [(), (stripped,)], ids=["tagged", "stripped"])
def test_a_wrong_headline_figure_is_told_with_place_both_values_and_sentence(
    report: DistrictReport, draft: bytes, edits: Any
) -> None:
    (found,) = compared(report, draft, *edits, typed("7.29", "7.92")).differences
    assert found.words.startswith("一、总体情况：填写 7.92，应为 7.29。语句：“全区平均答复用时7.92个工作日")


def test_a_figure_in_new_words_is_right_for_the_scope_that_it_names(report: DistrictReport, draft: bytes) -> None:
    right = "2021年，全区新收政府信息公开申请430件，区政府办公室收到政府信息公开申请70件。"
    found = compared(report, draft, paragraph_behind(_OWN, right))
    assert (found.differences, found.open) == ([], [])
    wrong = compared(report, draft, paragraph_behind(_OWN, "2021年，全区新收政府信息公开申请70件。"))
    assert said(wrong) == [("70", "全区 430")]


def test_words_that_deny_what_the_tables_say_are_found(report: DistrictReport, draft: bytes) -> None:
    denied = paragraph_behind(_OWN, "全区未发生因政府信息公开引起的行政复议和行政诉讼。")
    ((observed, expected),) = said(compared(report, draft, denied))
    assert observed.startswith("未发生因政府信息公开引起的")
    assert expected == "全区 3"


def test_a_tagged_figure_keeps_its_value_in_any_words_and_one_digit_before_it_is_seen(
    report: DistrictReport, draft: bytes
) -> None:
    assert not compared(report, draft, typed("全区各报送单位合计公开", "各单位加起来一共公开")).differences
    assert said(compared(report, draft, typed("全区各报送单位合计公开", "各单位加起来公开1"))) == [("19378", "9378")]


def test_what_nothing_can_be_compared_with_waits_for_a_person(report: DistrictReport, draft: bytes) -> None:
    data = edited(draft, paragraph_behind(_OWN, "组织开放日活动3场，邀请市民代表120人次。"))
    found = compare_report(data, report)
    assert [one.observed for one in found.unconfirmed] == ["3", "120"]
    marked = found.to_json()
    marked["to_confirm"][0]["confirmed_by"] = "李四"
    half = compare_report(data, report, read_confirmations(marked, "张三"))
    assert [(one.observed, one.confirmed_by) for one in half.open] == [("3", "李四"), ("120", None)]
    with pytest.raises(CallError, match="不是 gongkai adopt 写出的"):
        read_confirmations({"to_confirm": []}, "张三")


@pytest.mark.parametrize(
    ("edit", "there"),
    [
        (typed("三、收到和处理政府信息公开申请情况", "三、依申请公开"), "没有找到"),
        (typed("2.其他法律行政法规禁止公开", "2.其他法律禁止公开"), "“2.其他法律禁止公开”"),
        (typed("2022年2月", "2022年3月"), "2022年3月15日"),
    ],
    ids=["heading", "label", "day"],
)
def test_headings_labels_and_the_day_stay_as_computed(
    report: DistrictReport, draft: bytes, edit: Edit, there: str
) -> None:
    assert there in [observed for observed, _ in said(compared(report, draft, edit))]


def test_an_edit_takes_days_and_may_bear_the_day_of_an_earlier_draft(report: DistrictReport, draft: bytes) -> None:
    data = edited(draft, typed("2022年2月", "2022年1月"))
    assert compare_report(data, report, days=["2022年1月15日"]).differences == []


def test_an_identity_number_stops_everything_and_is_told_without_its_value(
    report: DistrictReport, draft: bytes
) -> None:
    number = "11010519491231002X"
    found = compared(report, draft, paragraph_behind(_OWN, f"申请人王某，身份证号{number}。"))
    assert [one.place for one in found.differences] == ["文字"]
    assert (found.open, found.text.places) == ([], {})
    assert number not in str(found.to_json())


def test_a_tracked_change_must_be_settled_first(report: DistrictReport, draft: bytes) -> None:
    def track(root: Any) -> None:
        run = next(root.iter("{http://schemas.openxmlformats.org/wordprocessingml/2006/main}r"))
        inserted = run.makeelement("{http://schemas.openxmlformats.org/wordprocessingml/2006/main}ins")
        run.addprevious(inserted)
        inserted.append(run)

    assert ("未接受的修订", "接受或拒绝全部修订后的文件") in said(compared(report, draft, track))


def test_an_adopted_text_is_shown_and_names_its_sentences_when_a_figure_moves(make_year: Any) -> None:
    before = make_year()
    data = edited(report_docx(before.view), typed("均在法定期限内办结", "全部按时办结"))
    text = compare_report(data, before.report).text.to_json()
    adopted = ReportStanding(
        adoptions=[Adoption(number=1, at=before.state.as_of, by="张三", file="a", sha256="0", text=text)]
    )

    same = make_year()
    same.standing = adopted
    assert "全部按时办结" in same.view.text()
    assert (same.report.moved, same.report.lacks) == ((), before.report.lacks)

    moved = make_year()
    moved.standing = adopted
    moved.office()["activities"]["training_attendees"] = 99
    (one,) = moved.report.moved
    assert (one.path, one.now) == ("activities.training_attendees", str(int(one.was) + 70))
    assert f"参训{one.now}人次" in moved.view.text()  # never an old figure
    assert one.sentence in next(lack.what for lack in moved.report.lacks if lack.id == "ADOPTED")
    again = compare_report(report_docx(moved.view), moved.report)
    assert (again.differences, again.open) == ([], [])


def test_no_sentence_of_the_generated_report_is_called_wrong(report: DistrictReport) -> None:
    assert [lack for lack in report.lacks if lack.id.startswith("TEXT")] == []


def test_a_statement_of_the_office_that_no_scope_bears_out_is_a_lack(make_year: Any) -> None:
    year = make_year()
    year.office()["narrative"] = {"measures": "全区新收政府信息公开申请9999件。"}
    (lack,) = [lack for lack in year.report.lacks if lack.id.startswith("TEXT")]
    assert "“9999件”与数据不符：全区 " in lack.what


@pytest.mark.libreoffice
def test_saved_by_libreoffice_it_is_the_same_report(report: DistrictReport, draft: bytes, tmp_path: Path) -> None:
    file = tmp_path / "report.docx"
    file.write_bytes(edited(draft, typed("均在法定期限内办结", "全部按时办结")))
    home = f"-env:UserInstallation=file://{tmp_path}/home"
    saved = [
        "soffice",
        home,
        "--headless",
        "--convert-to",
        "docx:MS Word 2007 XML",
        "--outdir",
        str(tmp_path / "saved"),
    ]
    subprocess.run([*saved, str(file)], check=True, capture_output=True, timeout=120)
    found = compare_report((tmp_path / "saved/report.docx").read_bytes(), report)
    assert (found.differences, found.open) == ([], [])
    wrong = edited((tmp_path / "saved/report.docx").read_bytes(), typed("7.29", "7.92"))
    assert said(compare_report(wrong, report)) == [("7.92", "7.29")]


_LETTERS = {
    "w": W[1:-1],
    "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
    "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
    "v": "urn:schemas-microsoft-com:vml",
}


def holding(xml: str, words: str = "编印工作手册") -> Any:
    """Puts something that is no text behind the words of a paragraph."""
    spaces = " ".join(f'xmlns:{letter}="{space}"' for letter, space in _LETTERS.items())

    def edit(root: Any) -> None:
        paragraph = next(p for p in root.iter(f"{W}p") if words in "".join(t.text or "" for t in p.iter(f"{W}t")))
        paragraph.append(etree.fromstring(f"<w:r {spaces}>{xml}</w:r>"))

    return edit


@pytest.mark.parametrize(
    ("xml", "what"),
    [
        ('<w:drawing><pic:pic descr="全年9999件"/></w:drawing>', "图片"),
        ("<m:oMath><m:r><m:t>9999</m:t></m:r></m:oMath>", "公式"),
        ('<w:sym w:font="Wingdings" w:char="F08C"/>', "符号字体的字符"),
        ("<w:object/>", "嵌入的对象或文件"),
        ('<w:pict><v:shape><v:textpath string="9999件"/></v:shape></w:pict>', "艺术字"),
        ("<w:rPr><w:vanish/></w:rPr><w:t>9999件</w:t>", "隐藏文字"),
        ('<w:pPr><w:numPr><w:numId w:val="3"/></w:numPr></w:pPr>', "自动编号"),
    ],
)
def test_what_would_not_be_adopted_is_told(report: DistrictReport, draft: bytes, xml: str, what: str) -> None:
    (found,) = compare_report(edited(draft, holding(xml)), report).differences
    assert (found.place, found.observed) == ("文件", what)


def test_a_text_box_is_text(report: DistrictReport, draft: bytes) -> None:
    said = "<w:p><w:r><w:t>另9999件。</w:t></w:r></w:p>"
    box = f"<w:pict><v:textbox><w:txbxContent>{said}</w:txbxContent></v:textbox></w:pict>"
    assert [one.observed for one in compare_report(edited(draft, holding(box)), report).open] == ["9999"]


@pytest.mark.parametrize("sentence", ["开放日③场。", "占比三成，", "增长一倍。", "约三分之一。", "过半办结。", "Ⅻ次。"])
def test_a_number_in_one_sign_or_without_a_counter_is_listed(
    report: DistrictReport, draft: bytes, sentence: str
) -> None:
    found = compare_report(edited(draft, paragraph_behind("编印工作手册", sentence)), report)
    assert (found.differences, len(found.open)) == ([], 1)


def test_a_head_and_a_table_of_ones_own_are_told(report: DistrictReport, draft: bytes) -> None:
    written = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(draft)) as package, zipfile.ZipFile(written, "w") as into:
        for name in package.namelist():
            said = package.read(name)
            into.writestr(name, said.replace("送审稿".encode(), "新收9999件".encode()) if "header1" in name else said)
    (found,) = compare_report(written.getvalue(), report).differences
    assert (found.place, "新收9999件" in found.observed) == ("页眉页脚", True)

    def add(root: Any) -> None:
        cells = "".join(f"<w:tc><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc>" for text in ("开放日", "9999"))
        table = etree.fromstring(f'<w:tbl xmlns:w="{W[1:-1]}"><w:tr>{cells}</w:tr></w:tbl>')
        next(root.iter(f"{W}p")).addnext(table)

    (found,) = compare_report(edited(draft, add), report).differences
    assert (found.place, found.observed) == ("表格", "“开放日”")
