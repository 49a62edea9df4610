"""The national formats as the loader gives them: cells, labels, units, and which year has which."""

import pytest

from gongkai.errors import FormatError
from gongkai.national_format import for_year

BOUGHT = "proactive_disclosure.government_procurement"


@pytest.mark.parametrize(
    ("year", "document_no"),
    [
        (2019, "国办公开办函〔2019〕60号"),
        (2020, "国办公开办函〔2019〕60号"),
        (2021, "国办公开办函〔2021〕30号"),
        (2026, "国办公开办函〔2021〕30号"),
    ],
)
def test_the_report_year_chooses_the_format(year, document_no):
    assert for_year(year).document_no == document_no


def test_a_year_without_format_is_refused_by_name():
    with pytest.raises(FormatError, match="没有 2018 年度"):
        for_year(2018)


def count(year, table):
    return sum(cell.table == table for cell in for_year(year).cells)


def test_2021_has_10_and_175_and_15_cells():
    assert [count(2021, t) for t in ("proactive_disclosure", "requests", "disputes")] == [10, 175, 15]
    assert len(for_year(2021).cells) == 200


def test_2019_has_23_rows_of_requests_and_its_own_table_two():
    assert [count(2019, t) for t in ("proactive_disclosure", "requests", "disputes")] == [22, 161, 15]


@pytest.mark.parametrize("year", [2019, 2021])
def test_every_cell_stands_once_in_the_order_of_the_form(year):
    wheres = [cell.where for cell in for_year(year).cells]
    assert len(set(wheres)) == len(wheres)
    tables = [where.split(".")[0] for where in wheres]
    assert tables == sorted(tables, key=["proactive_disclosure", "requests", "disputes"].index)


@pytest.mark.parametrize(
    ("year", "where", "unit", "value_type", "label"),
    [
        (2021, "requests.granted.total", "件", "integer", "表三“（一）予以公开”行“总计”列"),
        (2021, "disputes.reconsideration.upheld", "件", "integer", "表四“行政复议”行“结果维持”列"),
        (
            2021,
            "proactive_disclosure.administrative_fees.amount_wan_yuan",
            "万元",
            "decimal",
            "表二“行政事业性收费”行“本年收费金额（单位：万元）”列",
        ),
        (
            2019,
            "proactive_disclosure.government_procurement.amount_yuan",
            "元",
            "decimal",
            "表二“政府集中采购”行“采购总金额”列",
        ),
        (
            2019,
            "proactive_disclosure.government_procurement.projects",
            "项",
            "integer",
            "表二“政府集中采购”行“采购项目数量”列",
        ),
    ],
)
def test_a_cell_carries_what_the_format_prints(year, where, unit, value_type, label):
    spec = for_year(year).spec(where)
    assert (spec.unit, spec.value_type, spec.label) == (unit, value_type, label)


def test_money_is_the_only_decimal_and_only_a_change_may_be_negative():
    for year in (2019, 2021):
        for spec in for_year(year).cells:
            assert (spec.value_type == "decimal") == spec.column.startswith("amount_"), spec.where
            assert spec.may_be_negative == (spec.column == "items_change"), spec.where


def test_a_cell_that_a_format_does_not_have():
    assert not for_year(2021).has("requests.granted.everybody")
    with pytest.raises(KeyError):
        for_year(2021).spec("requests.granted.everybody")


def test_outcomes_and_applicants_come_from_the_format():
    new, old = for_year(2021), for_year(2019)
    assert len(new.applicant_types) == len(old.applicant_types) == 6
    assert "total" not in new.applicant_types
    assert (len(new.outcomes), len(old.outcomes)) == (21, 19)
    assert "outcome_total" not in new.outcomes
    assert set(new.outcomes) - set(old.outcomes) == {"closed_no_correction", "closed_fee_unpaid"}


def test_six_sections_and_three_tables():
    for year in (2019, 2021):
        assert [section.heading[0] for section in for_year(year).sections] == list("一二三四五六")
        assert list(for_year(year).tables) == ["proactive_disclosure", "requests", "disputes"]
        assert [row.key for row in for_year(year).requests.rows][-2:] == ["outcome_total", "carried_out"]
        assert len(for_year(year).requests.columns) == 7


def test_a_format_is_one_value_wherever_it_was_chosen():
    assert for_year(2021) is for_year(2025)
    assert for_year(2019) != for_year(2021)
    assert len({for_year(2019), for_year(2020), for_year(2021)}) == 2
