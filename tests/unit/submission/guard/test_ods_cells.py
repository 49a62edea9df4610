"""What a person sees in a cell of an OpenDocument table: marked parts, shown texts, formulas nobody calculated."""

import pytest

from gongkai.submission.guard.rich_runs import CellLook
from gongkai.submission.guard.workbook_guard import Package, inspect
from tests.unit.submission.guard.test_workbook_guard import ods

STYLES = """
<style:style style:name="S" style:family="{family}"><style:text-properties {properties}/></style:style>
<style:style style:name="Child" style:family="{family}" style:parent-style-name="S"/>
<style:style style:name="Plain" style:family="{family}" style:parent-style-name="S">
<style:text-properties style:text-position="0% 100%" style:text-line-through-style="none"/></style:style>
"""
MARKS = [
    ('style:text-position="super 58%"', "为上标"),
    ('style:text-position="33% 58%"', "为上标"),
    ('style:text-position="sub 58%"', "为下标"),
    ('style:text-position="-33% 58%"', "为下标"),
    ('style:text-line-through-style="solid"', "划有删除线"),
    ('style:text-line-through-type="double"', "划有删除线"),
]


def read(cell: str, styles: str = "", *, columns: str = "", row: str = "", shared: str = "") -> Package:
    table = f'<table:table table:name="表">{columns}<table:table-row {row}>{cell}</table:table-row></table:table>'
    parts = {"styles": f"<office:document-styles>{shared}</office:document-styles>".encode()} if shared else {}
    return inspect(ods(styles + table, **parts))


def text_cell(said: str) -> str:
    return f'<table:table-cell office:value-type="string"><text:p>{said}</text:p></table:table-cell>'


def look(*args: str, **more: str) -> CellLook | None:
    return read(*args, **more).looks["表"].get((0, 0))


@pytest.mark.parametrize(("properties", "word"), MARKS)
@pytest.mark.parametrize("name", ["S", "Child"])
@pytest.mark.parametrize("shared", [True, False], ids=["styles.xml", "content.xml"])
def test_a_marked_part_is_found_wherever_its_style_stands(properties: str, word: str, name: str, shared: bool) -> None:
    styles = STYLES.format(family="text", properties=properties)
    cell = text_cell(f'24<text:span text:style-name="{name}">1</text:span>')
    found = look(cell, shared=styles) if shared else look(cell, styles)
    assert found == CellLook(parts=(("1", word),))


def test_a_style_that_takes_the_mark_away_marks_nothing() -> None:
    styles = STYLES.format(family="text", properties=MARKS[0][0])
    assert look(text_cell('<text:span text:style-name="Plain">1</text:span>'), styles) is None


@pytest.mark.parametrize(
    ("cell", "row", "columns"),
    [
        ('table:style-name="S"', "", ""),
        ("", 'table:default-cell-style-name="S"', ""),
        ("", "", '<table:table-column table:number-columns-repeated="3" table:default-cell-style-name="S"/>'),
    ],
    ids=["its own", "its row's", "its column's"],
)
def test_a_whole_cell_is_marked_by_its_style(cell: str, row: str, columns: str) -> None:
    styles = STYLES.format(family="table-cell", properties=MARKS[4][0])
    text = (
        f'<table:table-cell {cell} office:value-type="float" office:value="124"><text:p>124</text:p></table:table-cell>'
    )
    assert look(text, styles, row=row, columns=columns) == CellLook(whole="划有删除线")


@pytest.mark.parametrize(
    ("stored", "said", "shown"),
    [
        ("24", "2021-001", "2021-001"),
        ("24", "24件", "24件"),
        ("24", "24", ""),
        ("24", "024", ""),
        ("1234.5", "1,234.5", ""),
        ("110.554", "110.55", ""),
        ("24000", "24", "24"),  # thousands that the format leaves out
        ("24", "￥24", "￥24"),
        ("24", "", "（不显示）"),
        ("0", "", ""),
        ("0", "-", ""),
        ("0", "无", "无"),
    ],
)
def test_a_shown_text_that_is_not_the_number_is_kept(stored: str, said: str, shown: str) -> None:
    cell = f'<table:table-cell office:value-type="float" office:value="{stored}"><text:p>{said}</text:p>'
    found = look(f"{cell}</table:table-cell>")
    assert (found.shown if found else "") == shown


def test_a_number_that_a_program_wrote_without_its_text_is_the_number() -> None:
    assert look('<table:table-cell office:value-type="float" office:value="24"/>') is None


def test_what_a_comment_says_is_not_the_cells_text() -> None:
    note = "<office:annotation><text:p>第2次</text:p></office:annotation>"
    assert (
        look(
            f'<table:table-cell office:value-type="float" office:value="2">{note}<text:p>2</text:p></table:table-cell>'
        )
        is None
    )


@pytest.mark.parametrize(
    ("attributes", "stale"),
    [
        ("", True),
        ('office:value-type="float"', True),
        ('office:value-type="float" office:value="0"', True),  # and nothing is shown for it
        ('office:value-type="float" office:value="7"', False),
        ('office:value-type="string"', False),
    ],
)
def test_a_formula_without_a_result_is_told(attributes: str, stale: bool) -> None:
    package = read(f'<table:table-cell table:formula="of:=SUM([.A2:.C2])" {attributes}/>')
    assert package.broken["表"] == ({(0, 0): "=SUM([.A2:.C2])"} if stale else {})


def test_a_repeated_cell_is_told_wherever_it_stands() -> None:
    package = read(
        '<table:table-cell table:formula="of:=1" table:number-columns-repeated="2"/>',
        row='table:number-rows-repeated="2"',
    )
    assert set(package.broken["表"]) == {(0, 0), (0, 1), (1, 0), (1, 1)}


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("<text:ruby><text:ruby-base>9</text:ruby-base><text:ruby-text>1</text:ruby-text></text:ruby>", "为注音"),
        ("9<text:note><text:note-citation>1</text:note-citation></text:note>", "为脚注"),
        ('9<text:hidden-text text:string-value="1">1</text:hidden-text>', "为隐藏文字"),
        ("9<text:line-break/>1", "分作两行"),
    ],
)
def test_digits_that_stand_apart_are_no_digits_of_the_number(said: str, found: str) -> None:
    kept = look(text_cell(said))
    assert kept is not None
    assert [mark for _, mark in kept.parts] == [found]


def test_a_line_break_in_words_is_nothing_to_doubt() -> None:
    assert look(text_cell("第一行<text:line-break/>第二行")) is None


@pytest.mark.parametrize(("said", "found"), [("19", CellLook(shown="19")), ("9", None), ("9 <text:s/>", None)])
def test_a_text_that_the_file_keeps_otherwise_than_it_shows_it_is_told(said: str, found: CellLook | None) -> None:
    cell = text_cell(said).replace('"string"', '"string" office:string-value="9"')
    assert look(cell) == found


def test_a_formula_s_0_that_nothing_is_shown_for_was_never_calculated() -> None:
    cell = '<table:table-cell table:formula="of:=4+5" office:value-type="float" office:value="0">{}</table:table-cell>'
    assert read(cell.format("")).broken["表"] == {(0, 0): "=4+5"}
    assert not read(cell.format("<text:p>0</text:p>")).broken["表"]
