"""The ranking: the contract's JSON, and a workbook that opens, prints and is the same bytes twice."""

import io
import json
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import openpyxl

from gongkai.assessment.scorecard import Assessment
from gongkai.profile import load_profile
from gongkai.reporting.ranking import ranking_workbook, write_ranking
from gongkai.reporting.style import page_of

PROFILE = load_profile()


def test_json_ranks_groups_apart_best_first_unranked_last(make: SimpleNamespace, tmp_path: Path) -> None:
    assessment = make.assessment(A01="80.00", A02=None, A03="91.50", T01="70.00")

    [place, _] = write_ranking(assessment, make.state(), "b" * 64, tmp_path)

    ranking = json.loads(place.read_text(encoding="utf-8"))
    assert ranking["year"] == 2021
    assert list(ranking["groups"]) == ["area", "town"]
    area = [(row["unit"], row["total"], row["rank"]) for row in ranking["groups"]["area"]]
    assert area == [("A03", "91.50", 1), ("A01", "80.00", 2), ("A02", None, None)]
    assert {"unit", "name", "total", "grade", "rank"} <= set(ranking["groups"]["town"][0])


def test_workbook_has_a_sheet_a_group_with_scores_as_numbers_and_a_median_row(
    make: SimpleNamespace, tmp_path: Path
) -> None:
    assessment = make.assessment(A01="80.00", A02=None, A03="91.50", T01="70.00")

    path = write_ranking(assessment, make.state(), "b" * 64, tmp_path)[1]

    book = openpyxl.load_workbook(path)
    assert book.sheetnames == ["试点领域", "镇街"]
    sheet = book["试点领域"]
    rows = list(sheet.iter_rows(values_only=True))
    assert "演示数据，不代表任何真实单位" in str(rows[1][0])
    assert rows[2][:5] == ("名次", "代码", "单位", "总分", "等次")
    assert rows[2][7] == "A1 及时公开率"
    assert rows[3][7] == 10
    assert rows[4][:4] == (1, "A03", "财政预决算", 91.5)
    assert rows[6][:4] == ("无", "A02", "公共资源交易", "未评分")
    assert (rows[7][2], rows[7][3], rows[7][7]) == ("中位数", 88.2, 9)
    not_applicable = rows[2].index("F4 保密审查留痕")
    assert rows[4][not_applicable] == "不适用"
    assert sheet.page_setup.orientation == "landscape"
    assert sheet.print_title_rows == "$1:$3"
    assert all(cell is not None for row in rows[4:7] for cell in row)


def test_text_of_others_is_never_a_formula(make: SimpleNamespace) -> None:
    card = replace(make.card(), name='=HYPERLINK("http://example.invalid","x")')
    data = ranking_workbook(Assessment(2021, "s", (card,)), page_of(make.state(), "b" * 64, "排名"), PROFILE)

    cell = openpyxl.load_workbook(io.BytesIO(data)).worksheets[0]["C5"]

    assert (cell.data_type, cell.value) == ("s", '=HYPERLINK("http://example.invalid","x")')


def test_same_assessment_same_bytes(make: SimpleNamespace) -> None:
    page = page_of(make.state(), "b" * 64, "排名")

    first, second = (ranking_workbook(make.assessment(A01="80.00"), page, PROFILE) for _ in range(2))

    assert first == second


def test_year_without_assessed_units_still_gives_a_workbook(make: SimpleNamespace) -> None:
    data = ranking_workbook(Assessment(2021, "s", ()), page_of(make.state(), "b" * 64, "排名"), PROFILE)

    assert openpyxl.load_workbook(io.BytesIO(data)).sheetnames == ["无参评单位"]
