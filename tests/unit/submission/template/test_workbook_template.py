"""The workbook that is handed out, looked at with a second library: what a clerk can do in it, and what it says."""

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.utils import get_column_letter
from openpyxl.workbook.child import INVALID_TITLE_REGEX

from gongkai.national_format import for_year
from gongkai.profile import Profile
from gongkai.submission.fields import groups, groups_asked, lists
from gongkai.submission.form import HEAD_FIELDS
from gongkai.submission.template.writer import workbook_bytes, write_templates

YEARS = (2019, 2021)


def opened(data: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(data))


@pytest.fixture(scope="module", params=YEARS)
def book(request: pytest.FixtureRequest, profile: Profile) -> tuple[int, openpyxl.Workbook]:
    unit = profile.unit("A03")
    assert unit is not None
    return request.param, opened(workbook_bytes(None, profile, unit, request.param))


def all_cells(book: openpyxl.Workbook) -> list[Any]:
    return [cell for sheet in book.worksheets for row in sheet.iter_rows() for cell in row]


def test_every_place_of_the_contract_has_its_defined_name(book: tuple[int, openpyxl.Workbook]) -> None:
    year, workbook = book
    wanted = {f"{s.table}__{s.row}__{s.column}" for s in for_year(year).cells}
    wanted |= {f"{group.key}__{key}" for group in groups_asked(year).values() for key in group.fields}
    wanted |= {f"{name}__header" for name in lists()} | {f"{name}__reported" for name in lists()}
    wanted |= {f"head__{key}" for key in HEAD_FIELDS}
    wanted |= {"meta__unit", "meta__year", "meta__template"}
    assert wanted <= set(workbook.defined_names)


@pytest.mark.parametrize("code", ["A03", "OFFICE"])
def test_only_the_office_is_asked_for_what_only_the_office_knows(profile: Profile, code: str) -> None:
    names = set(opened(workbook_bytes(None, profile, profile.chosen(2021, [code])[0], 2021)).defined_names)
    office = {f"{group.key}__{f.key}" for group in groups().values() for f in group.fields.values() if f.office}
    assert names & office == (office if code == "OFFICE" else set())


def test_a_clerk_can_write_into_the_places_and_nowhere_else(book: tuple[int, openpyxl.Workbook], desk: Any) -> None:
    _, workbook = book
    inputs = {
        desk.place_of(workbook, name)
        for name in workbook.defined_names
        if name == "meta__rest_is_zero" or not name.startswith("meta__")
        if not name.endswith(("__header", "__area"))
    }
    assert all(sheet.protection.sheet for sheet in workbook.worksheets)
    unlocked = {(c.parent.title, c.coordinate) for c in all_cells(workbook) if not c.protection.locked}
    merged = {
        (sheet.title, f"{get_column_letter(column)}{row}")
        for sheet in workbook.worksheets
        for span in sheet.merged_cells.ranges
        for row, column in list(span.cells)[1:]
    }
    assert unlocked - merged == inputs


def test_the_rows_below_a_list_header_are_unlocked(book: tuple[int, openpyxl.Workbook]) -> None:
    _, workbook = book
    sheet = workbook[lists()["register"].sheet or ""]
    assert not sheet.column_dimensions["A"].protection.locked


def test_numbers_are_validated_and_choices_drop_down_in_chinese(book: tuple[int, openpyxl.Workbook], desk: Any) -> None:
    year, workbook = book
    rules = {
        (sheet.title, str(span)): rule
        for sheet in workbook.worksheets
        for rule in sheet.data_validations.dataValidation
        for span in rule.sqref.ranges
    }
    whole = rules[desk.place_of(workbook, "requests__granted__total")]
    assert (whole.type, whole.formula1, whole.errorTitle) == ("whole", "0", "请核对填写内容")
    if year == 2019:
        change = rules[desk.place_of(workbook, "proactive_disclosure__administrative_licences__items_change")]
        assert int(change.formula1) < 0, "the change against last year may be negative"
    sheet, cells = rules_of_outcome(rules)
    system = workbook["系统信息"]
    offered = [cell.value for (cell,) in system[cells.partition("!")[2].replace("$", "")]]
    assert sheet == "依申请台账"
    assert offered == list(for_year(year).outcomes.values())


def rules_of_outcome(rules: dict[tuple[str, str], Any]) -> tuple[str, str]:
    column = get_column_letter(list(lists()["register"].fields).index("outcome") + 1)
    return next(
        (s, r.formula1) for (s, span), r in rules.items() if s == "依申请台账" and span.startswith(f"{column}6:")
    )


def test_labels_are_the_official_ones(book: tuple[int, openpyxl.Workbook]) -> None:
    year, workbook = book
    form = for_year(year)
    printed = {str(cell.value) for cell in all_cells(workbook)}
    assert {spec.row_label for spec in form.cells if spec.table != "disputes"} <= printed
    assert {spec.column_label for spec in form.cells} <= printed
    assert {section.heading for section in form.sections if section.table} <= printed
    assert {field.label for group in lists().values() for field in group.fields.values()} <= printed


def test_the_first_sheet_says_by_when_whom_to_ask_and_what_to_do(book: tuple[int, openpyxl.Workbook]) -> None:
    year, workbook = book
    cover = workbook.worksheets[0]
    said = " ".join(str(cell.value) for row in cover.iter_rows() for cell in row if cell.value)
    assert cover.title == "填报说明"
    for text in (f"{year + 1} 年 1 月 31 日", "政务公开科", "财政预决算（A03）", "还有", "1. 先填", "没有的填 0"):
        assert text in said


def test_hidden_data_stand_in_a_very_hidden_sheet(book: tuple[int, openpyxl.Workbook], desk: Any) -> None:
    _, workbook = book
    sheet, _ = desk.place_of(workbook, "meta__unit")
    assert workbook[sheet].sheet_state == "veryHidden"
    assert all(s.sheet_state == "visible" for s in workbook.worksheets if s.title != sheet)


def test_every_sheet_prints_landscape_on_one_page_width(book: tuple[int, openpyxl.Workbook]) -> None:
    _, workbook = book
    for sheet in workbook.worksheets:
        if sheet.sheet_state == "visible":
            assert (sheet.page_setup.orientation, sheet.page_setup.fitToWidth or 1) == ("landscape", 1)
            assert "第 &P 页" in sheet.oddFooter.right.text
    assert workbook["依申请台账"].print_title_rows == "$5:$5"


def test_text_that_looks_like_a_formula_stays_text(filled: Callable[..., bytes], desk: Any) -> None:
    data = filled(narrative={"overview": "=1+1"}, responses=[{"topic": "@SUM(A1)"}], prepared_by="+8")
    workbook = opened(data)
    sheet, cell = desk.place_of(workbook, "narrative__overview")
    assert (workbook[sheet][cell].data_type, workbook[sheet][cell].value) == ("s", "=1+1")
    assert desk.read_bytes(data).submission.value("narrative.overview") == "=1+1"


def test_broken_identities_show_beside_the_table_and_on_the_cover(desk: Any, profile: Profile) -> None:
    content = desk.document()
    content["tables"]["requests"]["new_requests"] |= {"natural_person": 10, "total": 11}
    content["tables"]["disputes"]["reconsideration"]["upheld"] = None
    unit = profile.unit("T01")
    assert unit is not None
    data = workbook_bytes(desk.read_document(content).submission, profile, unit, 2021)
    shown = openpyxl.load_workbook(io.BytesIO(data), data_only=True)
    row = {str(r[0].value): r for r in shown["表三"].iter_rows() if r[0].value}
    assert row["一、本年新收政府信息公开申请数量"][10].value == "✕ 差 1"
    assert row["二、上年结转政府信息公开申请数量"][10].value == "平衡"
    balance = row["校验：第一项加第二项之和，等于第三项加第四项之和"]
    assert [cell.value for cell in balance[3:10]] == ["✕ 差 10", *["平衡"] * 5, "✕ 差 11"]
    assert shown["表四"]["A7"].value == "未填完"
    progress = {r[0].value: r[2].value for r in shown["填报说明"].iter_rows() if r[0].value}
    assert (progress["表二"], progress["表三"]) == ("已填完，校验相符", "3 处校验不符")
    assert (progress["表四"], progress["依申请台账"]) == ("还有 1 格未填", "未报")
    live = opened(data)["表三"]["K6"].value
    assert live.startswith('=IF(AND(COUNT(D6,E6,F6,G6,H6,I6,J6)<7,meta__rest_is_zero<>"是"),"未填完"')


def test_last_year_is_carried_over_and_shown(desk: Any, profile: Profile) -> None:
    content = desk.document()
    content["tables"]["requests"]["carried_out"]["total"] = 3
    content["tables"]["proactive_disclosure"]["normative_documents"]["in_force"] = 5
    last = desk.read_document(content | {"activities": {"portal_items": 255}}).submission
    unit = profile.unit("T01")
    assert unit is not None
    data = workbook_bytes(None, profile, unit, 2022, last)
    found = desk.read_bytes(data).submission
    assert found.value("requests.carried_in.total") == 3
    assert found.value("requests.carried_in.natural_person") == 0
    assert found.value("requests.new_requests.total") is None
    shown = openpyxl.load_workbook(io.BytesIO(data), data_only=True)
    texts = {str(cell.value) for cell in all_cells(shown)}
    assert "参考：2021 年度报告的现行有效件数：规章 0 件，行政规范性文件 5 件。" in texts
    assert "参考：2021 年度“结转下年度继续办理”" in texts
    assert "255" in texts


def test_only_below_city_level_are_rules_filled_in_as_none(desk: Any, profile: Profile) -> None:
    unit = profile.unit("A03")
    assert unit is not None
    city = unit.model_copy(update={"level": "city"})
    where = "proactive_disclosure.rules.in_force"
    values = [desk.read_bytes(workbook_bytes(None, profile, u, 2021)).submission.value(where) for u in (unit, city)]
    assert values == [0, None]


def test_a_city_is_asked_for_the_whole_city(profile: Profile) -> None:
    """What only the office is asked speaks of the whole of it; a district's template goes on saying 全区."""
    office = profile.unit("OFFICE")
    assert office is not None
    city = profile.model_copy(update={"district": profile.district.model_copy(update={"level": "city"})})
    texts = [
        "".join(str(c.value) for c in all_cells(opened(workbook_bytes(None, p, office, 2021)))) for p in (profile, city)
    ]
    assert [texts[0].count("全区") > 4, texts[1].count("全区")] == [True, 0]
    assert texts[1] == texts[0].replace("全区", "全市")


def test_demonstration_data_say_so_on_every_sheet(profile: Profile) -> None:
    district = profile.district.model_copy(update={"demonstration": True})
    shown = profile.model_copy(update={"district": district})
    unit = profile.unit("A03")
    assert unit is not None
    workbook = opened(workbook_bytes(None, shown, unit, 2021))
    assert "演示数据" in str(workbook.worksheets[0]["A1"].value)
    assert all("演示数据" in s.oddHeader.right.text for s in workbook.worksheets if s.sheet_state == "visible")


def test_the_same_input_gives_the_same_bytes(filled: Callable[..., bytes]) -> None:
    assert filled(prepared_by="甲") == filled(prepared_by="甲")


def test_the_template_writer_writes_one_file_a_unit(tmp_path: Path, profile: Profile, desk: Any) -> None:
    units = profile.expected(2021)[:2]
    odd = units[1].model_copy(update={"name": "政务/服务: 中心"})
    paths = write_templates(profile, 2021, tmp_path / "out", [units[0], odd])
    assert [path.name for path in paths] == ["A01-重大建设项目-2021.xlsx", "A02-政务服务中心-2021.xlsx"]
    assert desk.read_bytes(paths[0].read_bytes()).submission.unit == "A01"


def test_sheet_names_are_ones_that_excel_takes(book: tuple[int, openpyxl.Workbook]) -> None:
    names = book[1].sheetnames
    assert not [name for name in names if INVALID_TITLE_REGEX.search(name) or len(name) > 31]


def test_rows_are_tall_enough_for_their_text(filled: Callable[..., bytes]) -> None:
    workbook = opened(filled(responses=[{"topic": "短"}, {"topic": "长" * 100}], narrative={"overview": "长" * 5000}))
    heights = workbook["回应关切"].row_dimensions
    assert (heights[6].height or 15) == 15
    assert heights[7].height >= 5 * 15
    assert sum(workbook["文字部分"].row_dimensions[row].height for row in range(4, 8)) >= 90 * 15


def test_a_table_that_another_authority_counts_says_so_in_every_cell(profile: Profile, desk: Any) -> None:
    unit = profile.chosen(2021, ["T01"])[0].model_copy(update={"requests_counted_by": "示例区人民政府"})
    workbook = opened(workbook_bytes(None, profile, unit, 2021))
    places = [
        desk.place_of(workbook, f"{s.table}__{s.row}__{s.column}")
        for s in for_year(2021).cells
        if s.table == "requests"
    ]
    assert {workbook[sheet][cell].value for sheet, cell in places} == {"另行统计"}
