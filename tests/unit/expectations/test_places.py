"""How a place is named to a clerk."""

import pytest

from expectations.places import label, parts, place, spot, spots
from gongkai.national_format import for_year
from gongkai.submission.form import Origin

FORMAT = for_year(2021)


@pytest.mark.parametrize(
    ("where", "named"),
    [
        ("requests.granted.total", "表三“（一）予以公开”行“总计”列"),
        ("requests.refused_security_stability.total", "表三“3.危及‘三安全一稳定’”行“总计”列"),
        ("requests.partly_granted.other_org", "表三“（二）部分公开”行“其他”列"),
        ("proactive_disclosure.administrative_fees.amount_wan_yuan", "表二“行政事业性收费”行“本年收费金额”列"),
        ("disputes.litigation_direct.pending", "表四“未经复议直接起诉”的“尚未审结”"),
        ("register[2021-001].replied_on", "“依申请公开台账”第“2021-001”条的“办结日期”"),
        ("register[3]", "“依申请公开台账”第 3 条"),
        ("register", "“依申请公开台账”"),
        ("activities.portal_items", "“年度工作数据”的“门户网站主动公开信息”"),
        ("activities.unheard_of", "“年度工作数据”的“unheard_of”"),
        ("reason", "“更正理由”"),
        ("requests.granted", "“requests.granted”"),
    ],
)
def test_a_place_is_named_as_it_is_printed(where: str, named: str) -> None:
    assert place(where, FORMAT) == named


def test_the_address_stands_beside_the_place_when_it_is_known() -> None:
    assert (
        place("requests.granted.total", FORMAT, Origin("表三", "H9")) == "表三“（一）予以公开”行“总计”列（H9 单元格）"
    )
    assert (spot(Origin("表三", "H9")), spot(Origin())) == (" H9 单元格", "该格")
    assert spots([Origin("表三", "H6"), Origin("表三", "H7")]) == " H6、H7 单元格"
    assert spots([Origin("表三", "H6"), Origin()]) == "以上各格"


@pytest.mark.parametrize(
    ("where", "expected"),
    [
        ("requests.granted.total", ("requests", "granted", "total")),
        ("register[a.b].replied_on", ("register", "a.b", "replied_on")),
        ("activities.portal_items", ("activities", None, "portal_items")),
        ("unit", ("unit", None, None)),
        ("-", (None, None, None)),
    ],
)
def test_a_where_has_table_row_and_column(where: str, expected: tuple[str | None, ...]) -> None:
    assert parts(where) == expected


def test_a_label_keeps_its_number_in_brackets() -> None:
    assert label("（七）总计") == "（七）总计"
