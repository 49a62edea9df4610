"""Every rule at its edge (the plain pass and fail are in `test_examples`); all judged in one batch."""

from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from expectations.catalogue import load_catalogue
from expectations.validation import Context, validate
from gongkai.findings import Severity
from gongkai.submission.form import Reading
from gongkai.submission.inbox import received_files
from gongkai.submission.verdict import Status, Verdict
from tests.unit.expectations.conftest import ON_TIME, ZONE, Case, cases_with, of, put, read, register, sound
from tests.unit.expectations.edges import RECORD_EDGES
from tests.unit.expectations.edges_not_stated import NOT_STATED_EDGES

NORMATIVE = "proactive_disclosure.normative_documents"
ROW = "requests.granted"


TWELVE = put("requests.granted.total", 12)
CASES = [
    Case(
        "SHAPE",
        "edge: another way to write a date is read",
        (put("register", cases_with(2, received_on="2022年3月1日")),),
    ),
    Case(
        "WRONG-TEMPLATE",
        "edge: no version at all",
        (put("schema", None),),
        ("-",),
        "文件没有写明格式，应为“gongkai/submission/1”。请用本年度下发的填报表重新填写并报送。",
    ),
    Case(
        "WRONG-UNIT",
        "edge: a unit that is no longer expected",
        unit="OLD",
        expected=("unit",),
        says="已撤销（代码 OLD）的报送到 2021 年度为止，2022 年度不报送。请核对年度和单位代码。",
    ),
    Case(
        "WRONG-UNIT",
        "edge: another authority's name",
        (put("authority", "别镇人民政府"),),
        ("authority",),
        "文件内的机关名称是“别镇人民政府”，登记的是“T01镇人民政府”，两处不一致。请核对机关名称；"
        "名称确已变更的，请告知政务公开主管部门。",
    ),
    Case(
        "WRONG-YEAR",
        "edge: a year without a format",
        (put("year", 2015),),
        ("-",),
        "文件内的年度是“2015”，没有该年度的年度报告格式。请核对年度后重新报送。",
    ),
    Case(
        "WRONG-CARRIER",
        "edge: tables that are there and empty",
        (put("tables", {"requests": {"granted": {"total": None}}}),),
        unit="N01",
    ),
    Case("INTAKE-CLOSED", "edge: the last second", received_at=datetime(2023, 3, 31, 23, 59, 59, tzinfo=ZONE)),
    Case("INTAKE-CLOSED", "edge: an extension", unit="X01", received_at=datetime(2023, 4, 20, 12, 0, tzinfo=ZONE)),
    Case(
        "PERSONAL-DATA",
        "edge: eleven digits that are no number to call",
        (put("register", cases_with(2, subject="字第20220000001号")),),
    ),
    Case(
        "PERSONAL-SUSPECT",
        "edge: a village is nobody",
        (put("register", cases_with(2, subject="申请人：叶家村，要求公开补偿标准")),),
    ),
    Case("UNKNOWN-KEY", "edge: inside a table", (put("requests.granted.women", 1),), ("requests.granted.women",)),
    Case(
        "BLANK",
        "edge: in a workbook the cell is named",
        (put("requests.granted.other_org", None),),
        ("requests.granted.other_org",),
        "表三“（一）予以公开”行“其他”列（F6 单元格）没有填写。没有发生的请填 0，不要留空。",
        addresses={"requests.granted.other_org": "F6"},
    ),
    Case(
        "BLANK",
        "edge: not applicable is not zero",
        (put("proactive_disclosure.rules.issued", "/"),),
        ("proactive_disclosure.rules.issued",),
        "表二“规章”行“本年制发件数”列填写的是“/”，不是数字。“/”不等于 0：没有发生的请填 0，有数的请填实际数字。",
    ),
    Case(
        "BLANK",
        "edge: a row that the file does not have",
        (put("disputes.litigation_direct", ...),),
        tuple(f"disputes.litigation_direct.{c}" for c in ("upheld", "corrected", "other_result", "pending", "total")),
        "表四“未经复议直接起诉”的“结果维持”没有填写。没有发生的请填 0，不要留空。",
    ),
    Case(
        "BLANK",
        "edge: a required field of a list",
        (put("register", cases_with(3, received_on=None)),),
        ("register[案03].received_on",),
        "“依申请公开台账”第“案03”条的“收到日期”没有填写。请补填。",
    ),
    Case(
        "REGISTER-ABSENT",
        "edge: no requests, no register",
        tuple(put(f"requests.{row}.total", 0) for row in ("new_requests", "carried_in")),
    ),
    Case(
        "NOT-A-NUMBER",
        "edge: a figure outside the tables",
        (put("activities", {"portal_items": "很多"}),),
        ("activities.portal_items",),
    ),
    Case(
        "NONNEG",
        "edge: money just below zero",
        (put("proactive_disclosure.administrative_fees.amount_wan_yuan", "-0.0000000001"),),
        ("proactive_disclosure.administrative_fees.amount_wan_yuan",),
    ),
    Case(
        "INTEGER", "edge: money has decimals", (put("proactive_disclosure.administrative_fees.amount_wan_yuan", "0.5"),)
    ),
    Case(
        "INTEGER",
        "edge: a figure outside the tables",
        (put("activities", {"training_sessions": 1.5}),),
        ("activities.training_sessions",),
    ),
    Case("RULES-ZERO", "edge: a city makes rules", (put("proactive_disclosure.rules.in_force", 3),), unit="C01"),
    Case("REQ-BALANCE", "edge: a blank term decides nothing", (put("requests.carried_out.total", None),)),
    Case(
        "REQ-OUTCOME-SUM",
        "edge: one blank of 21 terms",
        (put("requests.closed_other.natural_person", None), put("requests.granted.natural_person", 15)),
    ),
    Case(
        "REQ-ROW-SUM",
        "edge: in a workbook the cell is named",
        (TWELVE,),
        ("requests.granted.total",),
        "表三“（一）予以公开”行：六类申请人合计 11，总计填写 12，相差 1。请核对 H9 单元格，或相应修改分项。",
        addresses={"requests.granted.total": "H9"},
    ),
    Case("REQ-ROW-SUM", "edge: not applicable is no term", (TWELVE, put("requests.granted.other_org", "—"))),
    *(
        Case(f"DIS-SUM-{group.upper()}", "edge: blank total", (put(f"disputes.{group}.total", None),))
        for group in ("reconsideration", "litigation_direct", "litigation_after_reconsideration")
    ),
    Case(
        "STOCK-FLOOR-RULES",
        "edge: exactly the floor",
        (put("proactive_disclosure.rules.issued", 2), put("proactive_disclosure.rules.in_force", 2)),
        unit="C01",
    ),
    Case(
        "STOCK-FLOOR-NORMATIVE_DOCUMENTS",
        "edge: more repealed than issued",
        (put(f"{NORMATIVE}.repealed", 9), put(f"{NORMATIVE}.in_force", 0)),
    ),
    Case("CARRYOUT-CEILING", "edge: everything carried over", (put("requests.carried_out.total", 13),)),
    Case(
        "YOY-CARRY",
        "edge: last year was not accepted, and the message says so",
        (put("requests.carried_in.total", 4),),
        ("requests.carried_in.total",),
        "表三“二、上年结转政府信息公开申请数量”行“总计”列填写 4，本单位2021年度报告（第 2 版，未受理）中"
        "“结转下年度继续办理”为 1，相差 3。上年的报送未受理，不能据以认定差错：请核对该格；"
        "本年无误的，请更正上年报送，或在“疑点说明”中选择理由。",
        unit="T03",
    ),
    Case("YOY-CARRY", "edge: no last year", (put("requests.carried_in.total", 4),)),
    Case("YOY-STOCK-RULES", "edge: blank", (put("proactive_disclosure.rules.in_force", None),), unit="T02"),
    Case("YOY-STOCK-NORMATIVE_DOCUMENTS", "edge: no last year", (put(f"{NORMATIVE}.in_force", 8),)),
    Case(
        "DISPUTE-PLAUSIBLE",
        "edge: exactly as many",
        (put("disputes.litigation_after_reconsideration.total", 2),),
        unit="T02",
    ),
    Case("CASE-DUPLICATE", "edge: rows without a number", (put("register", [*cases_with(2, case_no=None), {}]),)),
    Case(
        "CASE-NEW",
        "edge: received on the last day of the year before",
        (put("register", cases_with(1, received_on="2021-12-31")),),
    ),
    Case(
        "CASE-NEW",
        "edge: the column beside has one too many",
        (
            put("register", register()),
            put("requests.new_requests.natural_person", 9),
            put("requests.new_requests.legal_service_org", 1),
        ),
        ("requests.new_requests.natural_person", "requests.new_requests.legal_service_org"),
        "依申请公开台账中本年收到的“自然人”申请 10 件，表三“一、本年新收政府信息公开申请数量”行“自然人”列填写 9，"
        "相差 1。台账计入该格的有：案02、案03、案04、案05、案06、案07、案08、案09等 10 件。"
        "请核对 B6 单元格（少填的 1 件可能填在了“一、本年新收政府信息公开申请数量”行“法律服务机构”列 F6 单元格）"
        "和台账的收到日期、申请人类型。",
        addresses={"requests.new_requests.natural_person": "B6", "requests.new_requests.legal_service_org": "F6"},
    ),
    Case(
        "CASE-NEW",
        "edge: two columns could have it, so none is named",
        (
            put("register", register()),
            put("requests.new_requests.natural_person", 9),
            put("requests.new_requests.legal_service_org", 1),
            put("requests.carried_in.natural_person", 2),
        ),
        ("requests.new_requests.natural_person", "requests.new_requests.legal_service_org"),
        "依申请公开台账中本年收到的“自然人”申请 10 件，表三“一、本年新收政府信息公开申请数量”行“自然人”列填写 9，"
        "相差 1。台账计入该格的有：案02、案03、案04、案05、案06、案07、案08、案09等 10 件。"
        "请核对该格和台账的收到日期、申请人类型。",
    ),
    Case(
        "CASE-OUTCOME",
        "edge: a closed case without an outcome decides nothing",
        (put("register", cases_with(12, outcome=None)),),
    ),
    Case(
        "CASE-OPEN",
        "edge: closed on New Year's Day is open at year's end",
        (put("register", cases_with(13, replied_on="2023-01-01")),),
    ),
    *RECORD_EDGES,
    *NOT_STATED_EDGES,
]


@pytest.fixture(scope="module")
def verdicts(context: Context) -> dict[int, Verdict]:
    return dict(enumerate(validate([case.reading() for case in CASES], context)))


@pytest.mark.parametrize("at", range(len(CASES)), ids=[f"{case.rule} {case.kind}" for case in CASES])
def test_rule(at: int, verdicts: dict[int, Verdict]) -> None:
    case, found = CASES[at], of(verdicts[at], CASES[at].rule)
    assert tuple(finding.where for finding in found) == case.expected
    if case.says is not None:
        assert found[0].message == case.says
    for finding in found:
        rule = load_catalogue().rule(case.rule)
        softened = rule.query_while_provisional and case.unit == "T03"  # whose last year was not accepted
        assert finding.severity is (Severity.QUERY if softened else rule.severity)
        assert finding.hint == rule.hint


def test_every_rule_about_a_submission_has_an_edge() -> None:
    elsewhere = {
        "rollup",
        "explanations",
        "revision",
        "published",
        "narrative",
        "office",
        "reports",
    }  # each has a test file of its own
    # A single file shows the first two only beside others (test_peers.py); no JSON can break the others
    # (tests/unit/submission/inbox/test_corpus.py, tests/unit/submission/workbook).
    not_by_example = {"PEER-OUTLIER", "TEXT-REUSED", "MACROS-IGNORED", "FORMULA-STALE", "TWO-SHEETS"}
    not_by_example |= {
        "REPORT-ALTERED",
        "REPORT-LEVEL",
        "REPORT-NOT-APPROVED",
        "REPORT-PROVISIONAL",
    }  # of no submission: frames/test_reports.py
    wanted = {rule.id for rule in load_catalogue().rules if rule.frame not in elsewhere} - not_by_example
    assert wanted - {case.rule for case in CASES} == set()


def test_a_sound_submission_is_accepted_and_says_what_could_not_be_checked(context: Context) -> None:
    (verdict,) = validate([Case("-", "-").reading()], context)
    assert (verdict.status, verdict.on_time) == (Status.ACCEPTED, True)
    assert [finding.rule for finding in verdict.findings] == ["REGISTER-ABSENT"]
    assert {entry.rule: entry.reason for entry in verdict.rules_not_applied} == {
        **dict.fromkeys(
            [
                "YOY-CARRY",
                "YOY-STOCK-RULES",
                "YOY-STOCK-NORMATIVE_DOCUMENTS",
                "DISPUTE-PLAUSIBLE",
                "YOY-JUMP",
                "FEE-UNIT",
            ],
            "没有上年度报告。",
        ),
        **dict.fromkeys(["CASE-NEW", "CASE-CARRIED", "CASE-OUTCOME", "CASE-OPEN"], "没有报送依申请公开台账。"),
    }


def test_findings_stand_in_the_order_of_what_to_fix_first(verdicts: dict[int, Verdict]) -> None:
    for verdict in verdicts.values():
        ranks = [finding.severity.rank for finding in verdict.findings]
        assert ranks == sorted(ranks)


def test_on_time_is_decided_by_the_soft_deadline_or_an_extension(context: Context) -> None:
    late = datetime(2023, 2, 1, 0, 0, tzinfo=ZONE)
    cases = [
        Case("-", "-", received_at=ON_TIME),
        Case("-", "-", received_at=late),
        Case("-", "-", unit="X01", received_at=late),
    ]
    assert [v.on_time for v in validate([case.reading() for case in cases], context)] == [True, False, True]


def test_a_loose_file_of_an_unknown_unit_is_quarantined(context: Context) -> None:
    (verdict,) = validate([read(sound("T77"), folder=None)], context)
    assert verdict.status is Status.QUARANTINED
    assert of(verdict, "WRONG-UNIT")[0].message == (
        "文件内的单位代码“T77”不在 2022 年度的报送单位名录中。请核对单位代码后重新报送。"
    )


@pytest.mark.parametrize(
    ("registry", "said"),
    [
        ({"to_year": 2021}, "（代码 T02）的报送到 2021 年度为止，2022 年度不报送。请核对年度和单位代码。"),
        ({"from_year": 2024}, "（代码 T02）自 2024 年度起报送，2022 年度不报送。请核对年度和单位代码。"),
    ],
)
@pytest.mark.parametrize("folder", ["T02", None])
def test_a_unit_that_is_not_expected_in_the_year_is_told_so(
    context: Context, registry: dict[str, int], said: str, folder: str | None
) -> None:
    units = [one.model_copy(update=registry) if one.code == "T02" else one for one in context.profile.units]
    later = replace(context, profile=context.profile.model_copy(update={"units": tuple(units)}))
    name = context.profile.unit("T02").name
    (verdict,) = validate([read(sound("T02"), folder=folder)], later)
    assert (verdict.status, of(verdict, "WRONG-UNIT")[0].message) == (Status.QUARANTINED, name + said)


def test_last_years_content_under_this_year_gets_one_sentence_first(context: Context) -> None:
    rows = [
        {**row, **{key: str(row[key]).replace("2022-", "2021-") for key in row if key.endswith("_on") and row[key]}}
        for row in register()
    ]
    (verdict,) = validate([read({**sound("T01"), "register": rows})], context)
    first, *details = verdict.findings
    assert (verdict.status, first.rule, first.where) == (Status.RETURNED, "WRONG-YEAR", "year")
    assert first.message.startswith("台账全部是 2021 年的：13 条都不是 2022 年收到的，其中 ")
    assert details


def test_a_register_of_this_year_is_not_taken_for_another_ones(context: Context) -> None:
    carried = [{**row, "received_on": "2021-12-20", "clock_started_on": "2021-12-20"} for row in register()]
    for rows in (register(), carried, carried[:1]):
        (verdict,) = validate([read({**sound("T01"), "register": rows})], context)
        assert not of(verdict, "WRONG-YEAR")


def test_a_unit_that_was_merged_is_told_who_follows(context: Context) -> None:
    changed: dict[str, dict[str, Any]] = {"T02": {"to_year": 2021}, "T03": {"succeeds": ("T02", "T03")}}
    units = tuple(one.model_copy(update=changed.get(one.code, {})) for one in context.profile.units)
    (verdict,) = validate(
        [read(sound("T02"), folder="T02")],
        replace(context, profile=context.profile.model_copy(update={"units": units})),
    )
    assert f"它的工作由{context.profile.unit('T03').name}（代码 T03）承接" in of(verdict, "WRONG-UNIT")[0].message


def test_a_file_in_the_folder_of_a_unit_that_was_merged_is_told_the_same(context: Context, tmp_path: Path) -> None:
    changed: dict[str, dict[str, Any]] = {"T02": {"to_year": 2021}, "T03": {"succeeds": ("T02", "T03")}}
    units = tuple(one.model_copy(update=changed.get(one.code, {})) for one in context.profile.units)
    profile = context.profile.model_copy(update={"units": units})
    for folder in ("T02", "某局"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "a.json").write_bytes(b"{}")
    found = received_files.scan(tmp_path, profile, context.as_of, 2022).unplaced
    gone, stray = validate(found, replace(context, profile=profile))
    said = "T02（代码 T02）的报送到 2021 年度为止，2022 年度不报送。它的工作由T03（代码 T03）承接，请由承接的单位报送。"
    assert of(gone, "WRONG-UNIT")[0].message == said
    assert "应放在以本年度应报单位的代码命名的文件夹中" in of(stray, "WRONG-UNIT")[0].message


def test_a_loose_file_is_its_unit_s_by_what_it_says(context: Context) -> None:
    assert validate([read(sound("T01"), folder=None)], context)[0].status is Status.ACCEPTED


def test_a_file_of_which_nothing_was_read_is_quarantined_with_a_sentence(context: Context) -> None:
    reading = Reading(read(sound()).file, None)
    assert [finding.message for finding in validate([reading], context)[0].findings] == [
        "文件无法读取。请用下发的填报表重新填写并报送。"
    ]


def test_a_sender_s_own_check_leaves_the_deadline_out_and_says_so(context: Context) -> None:
    late = read(sound(), received_at=datetime(2023, 9, 1, tzinfo=ZONE))
    (verdict,) = validate([late], replace(context, set_aside={"INTAKE-CLOSED": "自查时不核对截止日期。"}))
    assert verdict.status is Status.ACCEPTED
    assert ("INTAKE-CLOSED", "自查时不核对截止日期。") in [(n.rule, n.reason) for n in verdict.rules_not_applied]


def test_an_interpretation_that_no_list_can_tell_of_is_named_among_what_was_not_checked(context: Context) -> None:
    document = sound()
    document["documents"] = []
    document["interpretations"] = [{"document_number": "示规〔2022〕1号"}, {"document_number": "示规〔2021〕7号"}]
    (verdict,) = validate([read(document)], context)
    assert [found.where for found in of(verdict, "INTERPRETATION-ORPHAN")] == [
        "interpretations[示规〔2022〕1号].document_number"
    ]
    assert [entry.reason for entry in verdict.rules_not_applied if entry.rule == "INTERPRETATION-ORPHAN"] == [
        "政策解读第 2 行的文号属于以前年度，没有那一年的文件清单。"
    ]


def test_a_unit_without_tables_has_no_table_rules_and_says_why(context: Context) -> None:
    document = sound("N01")
    document["tables"] = None
    (verdict,) = validate([read(document, "N01")], context)
    assert (verdict.status, verdict.findings) == (Status.ACCEPTED, ())
    reasons = {entry.rule: entry.reason for entry in verdict.rules_not_applied}
    assert reasons["REQ-BALANCE"] == reasons["CASE-NEW"] == "本单位的表格由同一机关的其他单位报送。"
