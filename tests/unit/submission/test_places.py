"""How a place is named to people, and what stands there: never by a machine's address or an English key."""

import re
from datetime import date
from decimal import Decimal

import pytest

from gongkai.national_format import for_year
from gongkai.submission.fields import groups, lists
from gongkai.submission.form import HEAD_FIELDS, Origin
from gongkai.submission.places import ENTRY_LABELS, column_name, label, part, parts, place, spot, spots
from gongkai.submission.value_words import value_words

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
        ("register.case_no", "“依申请公开台账”的“登记编号”"),
        ("register", "“依申请公开台账”"),
        ("activities.portal_items", "“年度工作数据”的“门户网站主动公开信息”"),
        ("activities", "“年度工作数据”"),
        ("reason", "“更正理由”"),
        ("prepared_on", "“填报日期”"),
        ("requests", "表三"),
        ("requests.granted", "表三“（一）予以公开”行"),
        ("requests.total", "表三“总计”列"),
        ("disputes.litigation_direct", "表四“未经复议直接起诉”"),
        ("entries[7].points", "检查记录 7 的“分值”"),
        ("entries[7]", "检查记录 7"),
        ("-", ""),
    ],
)
def test_a_place_is_named_as_it_is_printed(where: str, named: str) -> None:
    assert place(where, FORMAT) == named


@pytest.mark.parametrize(
    ("where", "named"),
    [
        ("remark", "“remark”"),
        ("requests.granted.男", "表三“（一）予以公开”行的“男”"),
        ("requests.合计", "表三的“合计”"),
        ("register[3].备注", "“依申请公开台账”第 3 条的“备注”"),
        ("activities.unheard_of", "“年度工作数据”的“unheard_of”"),
        ("entries[7].pionts", "检查记录 7 的“pionts”"),
    ],
)
def test_what_the_form_does_not_have_stays_the_word_of_the_sender_at_the_nearest_place(where: str, named: str) -> None:
    assert place(where, FORMAT) == named


@pytest.mark.parametrize("year", [2019, 2021])
def test_no_address_of_the_form_is_named_by_a_key(year: int) -> None:
    national_format = for_year(year)
    cells = [spec.where for spec in national_format.cells]
    addresses = {where.rsplit(".", depth)[0] for where in cells for depth in (0, 1, 2)} | set(HEAD_FIELDS)
    addresses |= {f"entries[1].{key}" for key in ENTRY_LABELS}
    for group in (*lists().values(), *groups().values()):
        addresses |= {group.key, *(f"{group.key}.{key}" for key in group.fields)}
    for group in lists().values():
        addresses |= {f"{group.key}[1]", *(f"{group.key}[1].{key}" for key in group.fields)}
    for where in addresses:
        named = (place(where, national_format), part(where, national_format)[1], column_name(where, national_format))
        assert not re.search("[a-z]", "".join(named)), (where, named)


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
        ("register.replied_on", ("register", None, "replied_on")),
        ("activities.portal_items", ("activities", None, "portal_items")),
        ("unit", ("unit", None, None)),
        ("-", (None, None, None)),
    ],
)
def test_a_where_has_table_row_and_column(where: str, expected: tuple[str | None, ...]) -> None:
    assert parts(where) == expected


def test_a_label_keeps_its_number_in_brackets() -> None:
    assert label("（七）总计") == "（七）总计"


@pytest.mark.parametrize(
    ("value", "where", "words"),
    [
        ("granted", "register[1].outcome", "（一）予以公开"),
        (("graphic", "video"), "interpretations[1].forms", "图解、视频"),
        (True, "documents[1].needs_interpretation", "是"),
        (Decimal("3.50"), "proactive_disclosure.administrative_fees.amount_wan_yuan", "3.50"),
        (date(2021, 3, 1), "prepared_on", "2021-03-01"),
        (2021, "year", "2021"),
        ("他", "-", "他"),
        (None, "requests.granted.total", "空"),
    ],
)
def test_a_value_is_printed_as_people_read_it(value: object, where: str, words: str) -> None:
    assert value_words(value, where, FORMAT, blank="空") == words
