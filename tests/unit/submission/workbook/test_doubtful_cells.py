"""What a person sees in a cell is what is read, or nothing is: footnote marks, struck figures, formats, formulas."""

import re
import zipfile
from collections.abc import Callable
from decimal import Decimal
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Font
from openpyxl.styles.colors import Color

from gongkai.findings import Coercion
from gongkai.submission.form import Cell, Reading, State

LICENCES = "proactive_disclosure__administrative_licences__decisions"
FEES = "proactive_disclosure__administrative_fees__amount_wan_yuan"
PORTAL = "activities__portal_items"
MARKS = [
    ({"vertAlign": "superscript"}, "为上标"),
    ({"vertAlign": "subscript"}, "为下标"),
    ({"strike": True}, "划有删除线"),
]
Work = Callable[[Callable[[openpyxl.Workbook], None]], Reading]


@pytest.fixture
def work(desk: Any, filled: Any) -> Work:
    """Reads a filled workbook after a clerk worked in it."""
    return lambda edit: desk.read_bytes(desk.edited(filled(activities={"portal_items": 5}), edit))


def cell(reading: Reading, name: str) -> Cell:
    assert reading.submission is not None
    return reading.submission.by_where[name.replace("__", ".")]


def coercions(reading: Reading, name: str) -> list[Coercion]:
    return [one for one in reading.coercions if one.where == name.replace("__", ".")]


def with_shared_text(data: bytes, runs: str) -> bytes:
    """The workbook with a rich text at 表二 B9 as Excel keeps it: among the shared texts."""
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        known = old.read("xl/sharedStrings.xml").count(b"<si>")
        for name in old.namelist():
            content = old.read(name).decode()
            if name == "xl/sharedStrings.xml":
                content = content.replace("</sst>", f"<si>{runs}</si></sst>")
            elif name == "xl/worksheets/sheet2.xml":
                content, count = re.subn(
                    r'<c r="B9" s="(\d+)"/>', rf'<c r="B9" s="\1" t="s"><v>{known}</v></c>', content
                )
                assert count == 1
            new.writestr(name, content)
    return out.getvalue()


@pytest.mark.parametrize(("font", "word"), MARKS)
def test_a_figure_with_a_marked_part_is_not_certain(work: Work, desk: Any, font: dict[str, Any], word: str) -> None:
    def edit(book: openpyxl.Workbook) -> None:
        text = CellRichText("124", TextBlock(InlineFont(**font), "1"))
        desk.put(book, LICENCES, text)
        desk.put(book, PORTAL, text)

    reading = work(edit)
    found = cell(reading, LICENCES)
    assert (found.state, found.origin.raw) == (State.UNREADABLE, f"1241，其中‘1’{word}")
    assert [(i.rule, i.observed) for i in reading.issues if i.where == "activities.portal_items"] == [
        ("NOT-A-NUMBER", f"1241，其中‘1’{word}")
    ]


@pytest.mark.parametrize(
    ("mark", "word"),
    [
        ('<vertAlign val="superscript"/>', "为上标"),
        ('<vertAlign val="subscript"/>', "为下标"),
        ("<strike/>", "划有删除线"),
    ],
)
def test_so_is_one_among_the_texts_that_excel_shares(desk: Any, blank: bytes, mark: str, word: str) -> None:
    spoken = '<rPh sb="0" eb="1"><t>9</t></rPh>'
    runs = f"<r><t>24</t></r><r><rPr>{mark}<sz val='11'/></rPr><t>1</t></r><r><t> </t></r>{spoken}"
    found = cell(desk.read_bytes(with_shared_text(blank, runs)), LICENCES)
    assert (found.state, found.origin.raw) == (State.UNREADABLE, f"241，其中‘1’{word}")


@pytest.mark.parametrize(("font", "word"), MARKS)
@pytest.mark.parametrize("value", [124, "124"])
def test_a_figure_that_is_marked_as_a_whole_is_not_certain(
    work: Work, desk: Any, font: dict[str, Any], word: str, value: Any
) -> None:
    def edit(book: openpyxl.Workbook) -> None:
        sheet, address = desk.place_of(book, LICENCES)
        book[sheet][address].value = value
        book[sheet][address].font = Font(**font)

    found = cell(work(edit), LICENCES)
    assert (found.state, found.origin.raw) == (State.UNREADABLE, f"124，整格{word}")


def test_a_run_that_is_only_bold_or_coloured_is_plain(work: Work, desk: Any) -> None:
    text = CellRichText("12", TextBlock(InlineFont(b=True, color=Color(rgb="FF0000")), "4"))
    reading = work(lambda book: desk.put(book, LICENCES, text))
    assert cell(reading, LICENCES).value == 124


def test_a_raised_part_of_a_text_is_read_and_told(work: Work, desk: Any) -> None:
    text = CellRichText("建成12m", TextBlock(InlineFont(vertAlign="superscript"), "2"), "窗口")
    reading = work(lambda book: desk.put(book, "narrative__overview", text))
    assert cell(reading, "narrative__overview").value == "建成12m2窗口"
    assert [one.why for one in coercions(reading, "narrative__overview")] == ["上标、下标按普通文字读取"]


@pytest.mark.parametrize(
    ("number_format", "stored", "value"),
    [
        ('0"件"', 24, 24),
        ('"约"0', 24, None),
        ('"1"00', 24, None),
        ("0%", 24, None),
        ("#,##0", 24000, 24000),
        ("0!-00", 124, None),
        ('#,##0"件"', 24, 24),
        ("0000", 24, 24),
        ("0,", 24000, None),
        (";;;", 24, None),
        (";;;", 0, 0),
        ("0;-0;;@", 0, 0),
        ('_ * "-"??_ ', 0, 0),
        ("0‰", 24, None),
        ('[>=10]0"件";0', 24, 24),
        ("[DBNum2][$-804]General", 24, 24),
    ],
)
def test_a_number_is_what_its_format_shows(work: Work, desk: Any, number_format: str, stored: int, value: Any) -> None:
    def edit(book: openpyxl.Workbook) -> None:
        sheet, address = desk.place_of(book, LICENCES)
        book[sheet][address].value = stored
        book[sheet][address].number_format = number_format

    found = cell(work(edit), LICENCES)
    assert found.value == value
    assert found.state is (State.UNREADABLE if value is None else State.VALUE)


@pytest.mark.parametrize(("number_format", "value"), [('"2021-"000', "2021-007"), ("0000", "0007"), ('0"-甲"', "7-甲")])
def test_a_number_in_a_text_is_read_as_it_is_shown(work: Work, desk: Any, number_format: str, value: str) -> None:
    def edit(book: openpyxl.Workbook) -> None:
        sheet, address = desk.place_of(book, "documents__header")
        row = book[sheet][address].row + 1
        book[sheet].cell(row, 1, 7).number_format = number_format

    (record,) = work(edit).submission.records("documents")
    assert record["number"] == value


def stored(data: bytes, formulas: dict[str, tuple[str, str]], *, calculated: bool) -> bytes:
    """The workbook with formulas whose results a program stored; `calculated`: as a spreadsheet program saves it."""
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            content = old.read(name).decode() if name.endswith(".xml") else old.read(name)
            if isinstance(content, str):
                for formula, (_, result) in formulas.items():
                    content = content.replace(f"<f>{formula}</f><v />", f"<f>{formula}</f><v>{result}</v>")
                    content = content.replace(f"<f>{formula}</f><v></v>", f"<f>{formula}</f><v>{result}</v>")
                if calculated:
                    content = content.replace(' fullCalcOnLoad="1"', "")
            new.writestr(name, content)
    return out.getvalue()


@pytest.mark.parametrize("result", ["0", "", "0.0"])
@pytest.mark.parametrize(("calculated", "value"), [(True, 0), (False, None)])
def test_a_stored_nought_is_one_only_where_a_program_calculated(
    desk: Any, filled: Any, result: str, calculated: bool, value: int | None
) -> None:
    data = desk.edited(filled(), lambda book: desk.put(book, LICENCES, "=SUM(20,4)"))
    reading = desk.read_bytes(stored(data, {"SUM(20,4)": (LICENCES, result)}, calculated=calculated))
    expected = None if result == "" else value
    assert cell(reading, LICENCES).value == expected
    told = [(i.where, i.observed) for i in reading.issues if i.rule == "FORMULA-STALE"]
    assert told == ([(LICENCES.replace("__", "."), "公式未计算：=SUM(20,4)")] if expected is None else [])


def test_a_result_that_is_not_nought_is_taken_whoever_stored_it(desk: Any, filled: Any) -> None:
    data = desk.edited(filled(), lambda book: desk.put(book, LICENCES, "=SUM(20,4)"))
    reading = desk.read_bytes(stored(data, {"SUM(20,4)": (LICENCES, "24")}, calculated=False))
    assert cell(reading, LICENCES).value == 24


@pytest.mark.parametrize("formula", ["=SUM(D8:I8)", "=SUM($D$8:$I$8)", "=D8+E8+F8+G8+H8+I8", "=SUM(D8:F8,G8,H8:I8)"])
def test_a_total_of_its_own_parts_is_computed_and_told(work: Work, desk: Any, formula: str) -> None:
    def edit(book: openpyxl.Workbook) -> None:
        desk.put(book, "requests__granted__natural_person", 9)
        desk.put(book, "requests__granted__other_org", "２")
        desk.put(book, "requests__granted__total", formula)

    reading = work(edit)
    assert cell(reading, "requests__granted__total").value == 11
    assert [(c.raw, c.value, c.why) for c in coercions(reading, "requests__granted__total")] == [
        (formula, 11, "公式没有计算结果，按其各项相加")
    ]
    assert not [i for i in reading.issues if i.rule == "FORMULA-STALE"]


@pytest.mark.parametrize(
    "formula",
    ["=SUM(D8:H8)", "=SUM(D8:I9)", "=SUM(D8:I8)+1", "=D8+E8+F8+G8+H8+H8", "=SUM(D9:I9)", "=MAX(D8:I8)", "=J7"],
)
def test_a_formula_that_is_not_just_the_sum_of_the_parts_is_not_computed(work: Work, desk: Any, formula: str) -> None:
    reading = work(lambda book: desk.put(book, "requests__granted__total", formula))
    assert cell(reading, "requests__granted__total").state is State.UNREADABLE
    assert [i.rule for i in reading.issues if i.where == "requests.granted.total"] == ["FORMULA-STALE"]


@pytest.mark.parametrize("part", [None, "约3件", "=A1"])
def test_a_total_with_a_part_that_is_not_known_is_not_computed(work: Work, desk: Any, part: Any) -> None:
    def edit(book: openpyxl.Workbook) -> None:
        desk.put(book, "requests__granted__natural_person", part)
        desk.put(book, "requests__granted__total", "=SUM(D8:I8)")

    assert cell(work(edit), "requests__granted__total").state is State.UNREADABLE


def test_a_total_of_totals_is_computed_too(work: Work, desk: Any) -> None:
    def edit(book: openpyxl.Workbook) -> None:
        desk.put(book, "requests__granted__natural_person", 3)
        for row in range(8, 29):
            book["表三"][f"J{row}"] = f"=SUM(D{row}:I{row})"
        desk.put(book, "requests__outcome_total__natural_person", 3)

    reading = work(edit)
    assert cell(reading, "requests__granted__total").value == 3
    assert {i.rule for i in reading.issues} <= {"UNKNOWN-KEY"}


def test_an_amount_in_a_cell_keeps_its_unit_in_mind(work: Work, desk: Any) -> None:
    reading = work(lambda book: desk.put(book, FEES, "920元"))
    assert cell(reading, FEES).value == Decimal("0.092")
    assert [one.why for one in coercions(reading, FEES)] == ["由元换算为万元"]


@pytest.mark.parametrize(
    ("number_format", "stored", "value"),
    [
        ("0.00", "110.55", "110.55"),
        ('0.00"万元"', "110.55", "110.55"),
        ('0.00"元"', "110.55", None),
        ('"￥"0.00', "110.55", None),  # 元 or 万元, nobody knows
        ('"￥"0.00', "0", "0"),
    ],
)
def test_an_amounts_unit_may_stand_in_its_format(
    work: Work, desk: Any, number_format: str, stored: str, value: str | None
) -> None:
    def edit(book: openpyxl.Workbook) -> None:
        sheet, address = desk.place_of(book, FEES)
        book[sheet][address].value = float(stored)
        book[sheet][address].number_format = number_format

    assert cell(work(edit), FEES).value == (None if value is None else Decimal(value))


@pytest.mark.parametrize("number_format", ["yyyy-mm-dd", "yyyy/m/d", 'yyyy"年"m"月"d"日"', "yyyy-mm-dd hh:mm:ss"])
def test_a_date_cell_that_holds_nought_is_empty(work: Work, desk: Any, number_format: str) -> None:
    def edit(book: openpyxl.Workbook) -> None:
        sheet, address = desk.place_of(book, "activities__guide_updated_on")
        book[sheet][address].value = 0
        book[sheet][address].number_format = number_format

    reading = work(edit)
    assert reading.submission is not None
    assert reading.submission.value("activities.guide_updated_on") is None
    assert not reading.issues
    assert [one.why for one in coercions(reading, "activities__guide_updated_on")] == [
        "日期格中是 0（显示为 1900/1/0），按未填写读取"
    ]


def test_a_number_under_a_merged_cell_that_shows_another_is_not_read(work: Work, desk: Any) -> None:
    shown, hidden = "requests__new_requests__natural_person", "requests__new_requests__commercial_enterprise"

    def edit(book: openpyxl.Workbook) -> None:
        sheet, first = desk.place_of(book, shown)
        _, last = desk.place_of(book, hidden)
        book[sheet][first], book[sheet][last] = 24, 7
        book[sheet].merged_cells.add(f"{first}:{last}")  # without what a program of its own would take away

    reading = work(edit)
    assert cell(reading, shown).value == 24
    below = cell(reading, hidden)
    assert (below.state, below.origin.raw) == (State.UNREADABLE, "（不显示）（格中存的是 7）")
