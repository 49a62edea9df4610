"""The JSON form: strict, exact, and nothing dropped in silence."""

import json
from decimal import Decimal
from typing import Any

import pytest

from gongkai.submission.form import State
from gongkai.submission.readers.json_reader import read_json

PHONE = "13800000000"


def rules(reading: Any) -> list[tuple[str, str]]:
    return [(issue.rule, issue.where) for issue in reading.issues]


def test_a_complete_document_is_read_without_a_word(desk: Any) -> None:
    reading = desk.read_document(desk.document())
    assert (reading.kind, reading.issues, reading.coercions) == ("json", (), ())
    assert (reading.submission.unit, reading.submission.year, len(reading.submission.cells)) == ("T01", 2021, 200)


def test_numbers_never_pass_through_a_float(desk: Any) -> None:
    text = json.dumps(desk.document()).replace('"amount_wan_yuan": "0"', '"amount_wan_yuan": 0.1')
    found = read_json(desk.received, text.encode()).submission
    assert found is not None
    assert found.value("proactive_disclosure.administrative_fees.amount_wan_yuan") == Decimal("0.1")


@pytest.mark.parametrize("year", ["2021", 2021.0, "2021年", "２０２１年度", " 2021 "])
def test_a_year_is_one_however_a_program_writes_it(desk: Any, year: Any) -> None:
    reading = desk.read_document({**desk.document(), "year": year})
    assert reading.submission.year == 2021
    assert [(one.where, one.value) for one in reading.coercions] == [("year", 2021)]


def test_blank_absent_zero_and_not_applicable_are_four_things(desk: Any) -> None:
    content = desk.document()
    granted = content["tables"]["requests"]["granted"]
    granted["natural_person"], granted["other_org"] = None, "/"
    del granted["total"]
    cells = desk.read_document(content).submission.by_where
    assert cells["requests.granted.natural_person"].state is State.BLANK
    assert cells["requests.granted.other_org"].state is State.NOT_APPLICABLE
    assert cells["requests.granted.commercial_enterprise"].value == 0
    assert "requests.granted.total" not in cells


def test_an_absent_list_is_not_an_empty_one(desk: Any) -> None:
    found = desk.submission(register=[], documents=None)
    assert found.reported == {"register"}


@pytest.mark.parametrize(("tables", "carries"), [(None, False), ({}, False), ({"requests": {}}, True)])
def test_tables_left_out_are_no_tables(desk: Any, tables: Any, carries: bool) -> None:
    assert desk.submission(tables=tables).has_tables is carries


def test_every_unknown_key_is_named_and_masked(desk: Any) -> None:
    content = desk.document(
        extra=1,
        activities={"x": 1},
        register=[{"case_no": "1", "姓名" + PHONE: "张三丰"}],
    )
    content["tables"]["x"] = {}
    content["tables"]["requests"]["x"] = {}
    content["tables"]["requests"]["granted"]["x"] = 1
    reading = desk.read_document(content)
    assert ("PERSONAL-DATA", "register[1].姓名〔已屏蔽：手机号码〕") in rules(reading)
    assert [where for rule, where in rules(reading) if rule == "UNKNOWN-KEY"] == [
        "requests.granted.x",
        "requests.x",
        "x",
        "activities.x",
        "register[1].姓名〔已屏蔽：手机号码〕",
        "extra",
    ]
    assert "张三丰" not in repr(reading)


def test_every_wrong_shape_is_an_issue(desk: Any) -> None:
    content = desk.document(
        activities=[],
        register={},
        documents=["x"],
        responses=[{"raised_on": "昨天"}],
        interpretations=[{"rating": "特优"}],
        authority=[1],
    )
    content["tables"]["disputes"] = 3
    content["tables"]["requests"]["granted"] = "x"
    assert [where for rule, where in rules(desk.read_document(content)) if rule == "SHAPE"] == [
        "requests.granted",
        "disputes",
        "activities",
        "register",
        "documents[1]",
        "interpretations[1].rating",
        "authority",
    ]


def test_tables_of_a_wrong_shape_are_an_issue(desk: Any) -> None:
    reading = desk.read_document(desk.document(tables=[]))
    assert rules(reading) == [("SHAPE", "tables")]
    assert not reading.submission.has_tables


def test_not_applicable_in_a_field_is_told_as_read_like_blank(desk: Any) -> None:
    reading = desk.read_document(desk.document(activities={"portal_items": "/"}))
    assert reading.submission.value("activities.portal_items") is None
    assert [(c.where, c.raw, c.value) for c in reading.coercions] == [("activities.portal_items", "/", None)]


def test_a_count_that_is_none_is_an_issue_in_a_group_and_a_state_in_a_table(desk: Any) -> None:
    content = desk.document(activities={"portal_items": "很多"})
    content["tables"]["requests"]["granted"]["total"] = "很多"
    reading = desk.read_document(content)
    assert rules(reading) == [("NOT-A-NUMBER", "activities.portal_items")]
    assert reading.submission.by_where["requests.granted.total"].state is State.UNREADABLE


def test_a_key_for_applicants_may_hold_codes_and_no_names(desk: Any) -> None:
    rows = [{"case_no": "1", "申请人": "王示例"}, {"case_no": "2", "申请人": "自然人"}]
    reading = desk.read_document(desk.document(register=rows))
    assert [where for rule, where in rules(reading) if rule == "PERSONAL-DATA"] == ["register[1].申请人"]


def test_a_year_that_is_none_is_not_repeated(desk: Any) -> None:
    reading = desk.read_document(desk.document() | {"year": int(PHONE)})
    assert [rule for rule, _ in rules(reading)] == ["WRONG-YEAR"]
    assert PHONE not in repr(reading)


def test_personal_data_is_reported_by_place_and_kind_only(desk: Any) -> None:
    reading = desk.read_document(
        desk.document(prepared_by="甲" + PHONE, register=[{"case_no": PHONE, "subject": f"电话{PHONE}"}])
    )
    assert rules(reading) == [
        ("PERSONAL-DATA", "register[〔已屏蔽：手机号码〕].case_no"),
        ("PERSONAL-DATA", "register[〔已屏蔽：手机号码〕].subject"),
        ("PERSONAL-DATA", "prepared_by"),
    ]
    assert PHONE not in repr(reading)


@pytest.mark.parametrize(
    ("text", "rule", "observed"),
    [
        ('{"schema": "gongkai/submission/1"}', "SHAPE", "缺少单位代码"),
        ('{"schema": "gongkai/submission/1", "unit": "t 01"}', "SHAPE", "单位代码"),
        ('{"schema": "gongkai/submission/1", "unit": "T01"}', "SHAPE", "缺少年度"),
        ('{"schema": "gongkai/submission/1", "unit": "T01", "year": true}', "SHAPE", "年度“True”无法识别"),
        ('{"schema": "gongkai/submission/1", "unit": "T01", "year": 2018}', "WRONG-YEAR", "2018"),
        ('{"schema": "gongkai/submission/9"}', "WRONG-TEMPLATE", "gongkai/submission/9"),
        (f'{{"schema": "{PHONE}"}}', "WRONG-TEMPLATE", "已屏蔽"),
        ("[]", "WRONG-TEMPLATE", ""),
        ('{"a": 1, "a": 2}', "SHAPE", "a 重复出现"),
        ('{"a": NaN}', "SHAPE", "NaN"),
        ('{"a": ' + "9" * 5000 + "}", "SHAPE", "过长的数字"),
        ("[" * 100_000, "SHAPE", "嵌套"),
        ('{"a": ', "SHAPE", "第 1 行"),
    ],
)
def test_what_cannot_be_read_as_ours_is_quarantined(desk: Any, text: str, rule: str, observed: str) -> None:
    reading = read_json(desk.received, text.encode())
    assert reading.submission is None
    assert reading.issues[0].rule == rule
    assert observed in str(reading.issues[0].observed or "")
    assert PHONE not in repr(reading)


def test_another_encoding_is_named(desk: Any) -> None:
    reading = read_json(desk.received, '{"单位": 1}'.encode("gb18030"))
    assert "UTF-8" in str(reading.issues[0].observed)


def test_keys_lose_what_nobody_can_see_and_say_so(desk: Any) -> None:
    content = desk.document()
    content["tables"]["requests"]["granted\u200b"] = content["tables"]["requests"].pop("granted")
    content["\u2066unit"], content["year"] = content.pop("unit") + "\u200e", "2021"
    reading = desk.read_document(content)
    assert (reading.submission.unit, reading.submission.year) == ("T01", 2021)
    assert reading.submission.value("requests.granted.total") == 0
    assert not reading.issues
    assert [(c.where, c.value, c.why) for c in reading.coercions] == [
        ("unit", "T01", "去掉不可见的字符（U+200E）"),
        ("year", 2021, "年度写法"),
        ("-", "granted", "去掉不可见的字符（U+200B）"),
        ("-", "unit", "去掉不可见的字符（U+2066）"),
    ]


def test_two_keys_that_look_the_same_are_one_key_twice(desk: Any) -> None:
    content = {**desk.document(), "unit\u200b": "T02"}
    (issue,) = desk.read_document(content).issues
    assert "unit" in issue.observed
    assert "重复出现" in issue.observed
