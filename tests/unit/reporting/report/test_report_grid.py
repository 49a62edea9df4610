"""The official tables as grids: headings merged as printed, every place of the table filled once."""

from decimal import Decimal

import pytest

from gongkai.national_format import for_year
from gongkai.reporting.report.grid import Grid, build_grids, figure_text


def grids(year: int) -> dict[str, Grid]:
    return build_grids(for_year(year), {spec.where: str(n) for n, spec in enumerate(for_year(year).cells)})


@pytest.mark.parametrize("year", [2019, 2021])
@pytest.mark.parametrize("table", ["proactive_disclosure", "requests", "disputes"])
def test_every_place_is_covered_exactly_once(year: int, table: str) -> None:
    grid = grids(year)[table]
    covered = [
        (row + r, column + c)
        for row, column, cell in grid.placed()
        for r in range(cell.rowspan)
        for c in range(cell.colspan)
    ]
    assert sorted(covered) == [(r, c) for r in range(len(grid.rows)) for c in range(len(grid.widths))]


@pytest.mark.parametrize("year", [2019, 2021])
def test_the_tables_print_every_cell_of_the_format_and_no_other(year: int) -> None:
    printed = [where for grid in grids(year).values() for where in grid.figures()]
    assert printed == [spec.where for spec in for_year(year).cells]


def test_the_widths_fill_the_text_area_of_an_official_page() -> None:
    assert {round(sum(grid.widths), 6) for grid in grids(2021).values()} == {156}


def test_a_column_of_long_figures_is_wider_and_the_others_stay_even() -> None:
    figures = {spec.where: "0" for spec in for_year(2021).cells} | {"requests.new_requests.total": "1234567"}
    *others, total = build_grids(for_year(2021), figures)["requests"].widths[3:]
    assert len(set(others)) == 1
    assert total > 1.5 * others[0]


def test_table_three_has_the_merged_headings_of_the_form() -> None:
    spans = {cell.text: (cell.rowspan, cell.colspan) for _, _, cell in grids(2021)["requests"].placed()}
    assert spans["（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）"] == (3, 3)
    assert spans["申请人情况"] == (1, 7)
    assert spans["法人或其他组织"] == (1, 5)
    assert spans["自然人"] == (2, 1)
    assert spans["一、本年新收政府信息公开申请数量"] == (1, 3)
    assert spans["三、本年度办理结果"] == (22, 1)
    assert spans["（一）予以公开"] == (1, 2)
    assert spans["（三）不予公开"] == (8, 1)
    assert spans["1.属于国家秘密"] == (1, 1)
    assert spans["（六）其他处理"] == (3, 1)


def test_other_handling_is_one_row_in_the_format_of_2019() -> None:
    spans = {cell.text: (cell.rowspan, cell.colspan) for _, _, cell in grids(2019)["requests"].placed()}
    assert spans["三、本年度办理结果"] == (20, 1)
    assert spans["（六）其他处理"] == (1, 2)


def test_table_four_has_three_levels_of_headings_over_one_row() -> None:
    grid = grids(2021)["disputes"]
    assert [(c.text, c.rowspan, c.colspan) for c in grid.rows[0]] == [("行政复议", 2, 5), ("行政诉讼", 1, 10)]
    assert [(c.text, c.colspan) for c in grid.rows[1]] == [("未经复议直接起诉", 5), ("复议后起诉", 5)]
    assert [c.text for c in grid.rows[2]] == ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"] * 3
    assert len(grid.rows[3]) == 15


def test_table_two_is_four_blocks_whose_last_column_takes_the_rest() -> None:
    grid = grids(2021)["proactive_disclosure"]
    captions = [row[0].text for row in grid.rows if row[0].kind == "caption"]
    assert captions == ["第二十条第（一）项", "第二十条第（五）项", "第二十条第（六）项", "第二十条第（八）项"]
    licences = next(row for row in grid.rows if row[0].text == "行政许可")
    assert [cell.colspan for cell in licences] == [1, 3]


def test_money_names_its_unit_in_the_column_head() -> None:
    heads = [cell.text for grid in (grids(2019), grids(2021)) for _, _, cell in grid["proactive_disclosure"].placed()]
    assert "采购总金额（单位：元）" in heads
    assert "本年收费金额（单位：万元）" in heads


def test_zero_is_0_and_missing_says_so() -> None:
    assert [figure_text(v) for v in (0, Decimal("0.00"), None, 12464, Decimal("0.092"))] == [
        "0",
        "0",
        "未报",
        "12464",
        "0.092",
    ]
