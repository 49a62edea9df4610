"""Every rule by example: one that passes, one that fails, one at the edge. All examples are judged in one batch."""

from dataclasses import replace
from datetime import datetime

import pytest

from expectations.catalogue import load_catalogue
from expectations.validation import Context, validate
from gongkai.findings import Severity
from gongkai.submission.form import Reading
from gongkai.submission.verdict import Status, Verdict
from tests.unit.expectations.conftest import ON_TIME, ZONE, Case, cases_with, of, put, read, register, sound
from tests.unit.expectations.examples import RECORD_CASES

NORMATIVE = "proactive_disclosure.normative_documents"
ROW = "requests.granted"


TWELVE = put("requests.granted.total", 12)
CASES = [
    Case("SHAPE", "pass", (put("register", register()),)),
    Case(
        "SHAPE",
        "fail",
        (put("register", cases_with(2, received_on="三月一日")),),
        ("register[案02].received_on",),
        "“依申请公开台账”第“案02”条的“收到日期”现为“三月一日”，"
        "应为日期（例如 2021-03-01），两者不符。"
        "请改正后重新报送。",
    ),
    Case(
        "SHAPE",
        "edge: another way to write a date is read",
        (put("register", cases_with(2, received_on="2022年3月1日")),),
    ),
    Case("WRONG-TEMPLATE", "pass"),
    Case(
        "WRONG-TEMPLATE",
        "fail",
        (put("schema", "gongkai/submission/0"),),
        ("-",),
        "文件的格式或版本是“gongkai/submission/0”，应为“gongkai/submission/1”。请用本年度下发的填报表重新填写并报送。",
    ),
    Case(
        "WRONG-TEMPLATE",
        "edge: no version at all",
        (put("schema", None),),
        ("-",),
        "文件没有写明格式，应为“gongkai/submission/1”。请用本年度下发的填报表重新填写并报送。",
    ),
    Case("WRONG-UNIT", "pass"),
    Case(
        "WRONG-UNIT",
        "fail",
        (put("unit", "T02"),),
        ("unit",),
        "文件内的单位代码是“T02”，却放在“T01”的文件夹中，两处不一致。请核对单位代码，或放入正确的文件夹后重新报送。",
    ),
    Case(
        "WRONG-UNIT",
        "edge: a unit that is no longer expected",
        unit="OLD",
        expected=("unit",),
        says="文件放在“OLD”文件夹中，它不是 2022 年度报送单位的文件夹。请放入本单位的文件夹后重新报送。",
    ),
    Case(
        "WRONG-UNIT",
        "edge: another authority's name",
        (put("authority", "别镇人民政府"),),
        ("authority",),
        "文件内的机关名称是“别镇人民政府”，登记的是“T01镇人民政府”，两处不一致。请核对机关名称；"
        "名称确已变更的，请告知政务公开主管部门。",
    ),
    Case("WRONG-YEAR", "pass"),
    Case(
        "WRONG-YEAR",
        "fail",
        (put("year", 2021),),
        ("year",),
        "文件内的年度是 2021，本次收集的是 2022 年度。请核对年度，或换成 2022 年度的文件后重新报送。",
    ),
    Case(
        "WRONG-YEAR",
        "edge: a year without a format",
        (put("year", 2015),),
        ("-",),
        "文件内的年度是“2015”，没有该年度的年度报告格式。请核对年度后重新报送。",
    ),
    Case("WRONG-CARRIER", "pass", (put("tables", None),), unit="N01"),
    Case(
        "WRONG-CARRIER",
        "fail",
        unit="N01",
        expected=("tables",),
        says="本单位的表二、表三、表四由T01镇人民政府的其他单位统一报送，此文件却填写了 200 个单元格，"
        "汇总时会重复计算。"
        "请清空这三张表后重新报送。",
    ),
    Case(
        "WRONG-CARRIER",
        "edge: tables that are there and empty",
        (put("tables", {"requests": {"granted": {"total": None}}}),),
        unit="N01",
    ),
    Case("INTAKE-CLOSED", "pass", received_at=datetime(2023, 2, 15, tzinfo=ZONE)),
    Case(
        "INTAKE-CLOSED",
        "fail",
        received_at=datetime(2023, 4, 1, 0, 0, 0, tzinfo=ZONE),
        expected=("-",),
        says="本文件于 2023-04-01 收到，2022 年度的报送已于 2023-03-31 截止，晚了 1 天。"
        "请与政务公开主管部门联系，获准延期后重新报送。",
    ),
    Case("INTAKE-CLOSED", "edge: the last second", received_at=datetime(2023, 3, 31, 23, 59, 59, tzinfo=ZONE)),
    Case("INTAKE-CLOSED", "edge: an extension", unit="X01", received_at=datetime(2023, 4, 20, 12, 0, tzinfo=ZONE)),
    Case("PERSONAL-DATA", "pass", (put("register", cases_with(2, subject="咨询补贴标准")),)),
    Case(
        "PERSONAL-DATA",
        "fail",
        (put("register", cases_with(2, subject="来电 13800000000")),),
        ("register[案02].subject",),
        "“依申请公开台账”第“案02”条的“内容简述”含有手机号码，系统已屏蔽，未予保存。请删除个人信息后重新报送。",
    ),
    Case(
        "PERSONAL-DATA",
        "edge: eleven digits that are no number to call",
        (put("register", cases_with(2, subject="字第20220000001号")),),
    ),
    Case("UNKNOWN-KEY", "pass"),
    Case(
        "UNKNOWN-KEY",
        "fail",
        (put("remark", "备注"),),
        ("remark",),
        "文件中的“remark”不是规定的填报项目，没有采用。请核对是否写错名称；确为多余的，可不处理。",
    ),
    Case("UNKNOWN-KEY", "edge: inside a table", (put("requests.granted.women", 1),), ("requests.granted.women",)),
    Case("BLANK", "pass"),
    Case(
        "BLANK",
        "fail",
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
    Case("REGISTER-ABSENT", "pass", (put("register", register()),)),
    Case(
        "REGISTER-ABSENT",
        "fail",
        expected=("requests.new_requests.total",),
        says="表三本年新收和上年结转的申请合计 13 件，但没有报送依申请公开台账，办理时限和办理结果无法核对。"
        "请补报台账。",
    ),
    Case(
        "REGISTER-ABSENT",
        "edge: no requests, no register",
        tuple(put(f"requests.{row}.total", 0) for row in ("new_requests", "carried_in")),
    ),
    Case("NOT-A-NUMBER", "pass", (put("requests.granted.total", "１１"),)),
    Case(
        "NOT-A-NUMBER",
        "fail",
        (put("requests.granted.total", "55（另有自然失效29件）"),),
        ("requests.granted.total",),
        "表三“（一）予以公开”行“总计”列填写的“55（另有自然失效29件）”不是可确认的数字，应为整数。"
        "请只填数字，不带单位、括号和文字。",
    ),
    Case(
        "NOT-A-NUMBER",
        "edge: a figure outside the tables",
        (put("activities", {"portal_items": "很多"}),),
        ("activities.portal_items",),
    ),
    Case("NONNEG", "pass"),
    Case(
        "NONNEG",
        "fail",
        (put("requests.granted.total", -1),),
        ("requests.granted.total",),
        "表三“（一）予以公开”行“总计”列填写 -1，小于 0。件数和金额不能是负数，应不小于 0，相差 1。请核对改正。",
    ),
    Case(
        "NONNEG",
        "edge: money just below zero",
        (put("proactive_disclosure.administrative_fees.amount_wan_yuan", "-0.0000000001"),),
        ("proactive_disclosure.administrative_fees.amount_wan_yuan",),
    ),
    Case("INTEGER", "pass", (put("requests.granted.total", "11.0"),)),
    Case(
        "INTEGER",
        "fail",
        (put("requests.granted.total", "11.5"),),
        ("requests.granted.total",),
        "表三“（一）予以公开”行“总计”列填写 11.5，应为整数（例如 11，相差 0.5）。请核对改正。",
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
    Case("RULES-ZERO", "pass"),
    Case(
        "RULES-ZERO",
        "fail",
        (put("proactive_disclosure.rules.issued", 3),),
        ("proactive_disclosure.rules.issued",),
        "表二“规章”行“本年制发件数”列填写 3，应为 0，相差 3。区级及以下机关不制定规章；"
        "行政规范性文件请填在“行政规范性文件”一行。",
    ),
    Case("RULES-ZERO", "edge: a city makes rules", (put("proactive_disclosure.rules.in_force", 3),), unit="C01"),
    Case("REQ-BALANCE", "pass"),
    Case(
        "REQ-BALANCE",
        "fail",
        (put("requests.carried_out.total", 3),),
        ("requests.outcome_total.total",),
        "表三“总计”列：本年新收 12 加上年结转 1 为 13，办理结果总计 12 加结转下年度 3 为 15，相差 2。请核对以上各格。",
    ),
    Case("REQ-BALANCE", "edge: a blank term decides nothing", (put("requests.carried_out.total", None),)),
    Case("REQ-OUTCOME-SUM", "pass"),
    Case(
        "REQ-OUTCOME-SUM",
        "fail",
        (put("requests.granted.natural_person", 15),),
        ("requests.outcome_total.natural_person",),
        "表三“自然人”列：（一）至（六）各项合计 16，“（七）总计”填写 10，相差 6。请核对 B26 单元格，或相应修改分项。",
        addresses={"requests.outcome_total.natural_person": "B26"},
    ),
    Case(
        "REQ-OUTCOME-SUM",
        "edge: one blank of 21 terms",
        (put("requests.closed_other.natural_person", None), put("requests.granted.natural_person", 15)),
    ),
    Case("REQ-ROW-SUM", "pass"),
    Case(
        "REQ-ROW-SUM",
        "fail",
        (TWELVE,),
        ("requests.granted.total",),
        "表三“（一）予以公开”行：六类申请人合计 11，总计填写 12，相差 1。请核对 H9 单元格，或相应修改分项。",
        addresses={"requests.granted.total": "H9"},
    ),
    Case("REQ-ROW-SUM", "edge: not applicable is no term", (TWELVE, put("requests.granted.other_org", "—"))),
    *(
        case
        for group, label in (
            ("reconsideration", "行政复议"),
            ("litigation_direct", "未经复议直接起诉"),
            ("litigation_after_reconsideration", "复议后起诉"),
        )
        for case in (
            Case(f"DIS-SUM-{group.upper()}", "pass"),
            Case(
                f"DIS-SUM-{group.upper()}",
                "fail",
                (
                    put(f"disputes.{group}.total", 7),
                    put(f"disputes.{group}.upheld", 3),
                    put(f"disputes.{group}.pending", 0),
                ),
                (f"disputes.{group}.total",),
                f"表四“{label}”：结果维持、结果纠正、其他结果、尚未审结合计 3，"
                "总计填写 7，相差 4。"
                "请核对该格，或相应修改分项。",
            ),
            Case(f"DIS-SUM-{group.upper()}", "edge: blank total", (put(f"disputes.{group}.total", None),)),
        )
    ),
    Case("STOCK-FLOOR-RULES", "pass", unit="C01"),
    Case(
        "STOCK-FLOOR-RULES",
        "fail",
        (put("proactive_disclosure.rules.issued", 2),),
        ("proactive_disclosure.rules.in_force",),
        "表二“规章”行：现行有效件数填写 0，少于本年制发 2 减本年废止 0 的差 2，相差 2。请核对以上各格。",
        unit="C01",
    ),
    Case(
        "STOCK-FLOOR-RULES",
        "edge: exactly the floor",
        (put("proactive_disclosure.rules.issued", 2), put("proactive_disclosure.rules.in_force", 2)),
        unit="C01",
    ),
    Case("STOCK-FLOOR-NORMATIVE_DOCUMENTS", "pass"),
    Case("STOCK-FLOOR-NORMATIVE_DOCUMENTS", "fail", (put(f"{NORMATIVE}.in_force", 0),), (f"{NORMATIVE}.in_force",)),
    Case(
        "STOCK-FLOOR-NORMATIVE_DOCUMENTS",
        "edge: more repealed than issued",
        (put(f"{NORMATIVE}.repealed", 9), put(f"{NORMATIVE}.in_force", 0)),
    ),
    Case("CARRYOUT-CEILING", "pass"),
    Case(
        "CARRYOUT-CEILING",
        "fail",
        (put("requests.carried_out.total", 14),),
        ("requests.carried_out.total",),
        "表三“总计”列：结转下年度 14，多于本年新收 12 与上年结转 1 之和 13，多出 1。请核对以上各格。",
    ),
    Case("CARRYOUT-CEILING", "edge: everything carried over", (put("requests.carried_out.total", 13),)),
    Case("YOY-CARRY", "pass", unit="T02"),
    Case(
        "YOY-CARRY",
        "fail",
        (put("requests.carried_in.total", 4),),
        ("requests.carried_in.total",),
        "表三“二、上年结转政府信息公开申请数量”行“总计”列填写 4，2021年度报告（第 2 版，尚未受理）中"
        "“结转下年度继续办理”为 1，"
        "相差 3。请核对该格；因机构撤并或上年数据更正而不同的，请与政务公开主管部门联系。",
        unit="T03",
    ),
    Case("YOY-CARRY", "edge: no last year", (put("requests.carried_in.total", 4),)),
    Case("YOY-STOCK-RULES", "pass", unit="T02"),
    Case(
        "YOY-STOCK-RULES",
        "fail",
        (put("proactive_disclosure.rules.in_force", 1),),
        ("proactive_disclosure.rules.in_force",),
        unit="T02",
    ),
    Case("YOY-STOCK-RULES", "edge: blank", (put("proactive_disclosure.rules.in_force", None),), unit="T02"),
    Case("YOY-STOCK-NORMATIVE_DOCUMENTS", "pass", unit="T02"),
    Case(
        "YOY-STOCK-NORMATIVE_DOCUMENTS",
        "fail",
        (put(f"{NORMATIVE}.in_force", 8),),
        (f"{NORMATIVE}.in_force",),
        "表二“行政规范性文件”行：2021年度报告（第 1 版，已受理）的现行有效件数 4，加本年制发 2，减本年废止 1，为 5；"
        "现行有效件数填写 8，相差 3。请核对以上各格；情况属实的，请在“疑点说明”中选择理由。",
        unit="T02",
    ),
    Case("YOY-STOCK-NORMATIVE_DOCUMENTS", "edge: no last year", (put(f"{NORMATIVE}.in_force", 8),)),
    Case("DISPUTE-PLAUSIBLE", "pass", unit="T02"),
    Case(
        "DISPUTE-PLAUSIBLE",
        "fail",
        (put("disputes.litigation_after_reconsideration.total", 3),),
        ("disputes.litigation_after_reconsideration.total",),
        "表四“复议后起诉”总计 3，多于本年行政复议 1 与2021年度报告（第 1 版，已受理）行政复议 1 之和 2，多出 1。"
        "请核对该格；属实的，可不处理。",
        unit="T02",
    ),
    Case(
        "DISPUTE-PLAUSIBLE",
        "edge: exactly as many",
        (put("disputes.litigation_after_reconsideration.total", 2),),
        unit="T02",
    ),
    Case("CASE-DUPLICATE", "pass", (put("register", register()),)),
    Case(
        "CASE-DUPLICATE",
        "fail",
        (put("register", cases_with(3, case_no="案02")),),
        ("register[案02].case_no",),
        "依申请公开台账中，登记编号“案02”出现 2 次（第 2、3 行），应只出现 1 次，多出 1 次。"
        "请删去重复的行，或改正编号。",
    ),
    Case("CASE-DUPLICATE", "edge: rows without a number", (put("register", [*cases_with(2, case_no=None), {}]),)),
    Case("CASE-NEW", "pass", (put("register", register()),)),
    Case(
        "CASE-NEW",
        "fail",
        (put("register", register()[:-1]),),
        ("requests.new_requests.natural_person", "requests.new_requests.total"),
        "依申请公开台账中本年收到的“自然人”申请 9 件，表三“一、本年新收政府信息公开申请数量”行"
        "“自然人”列填写 10，相差 1。"
        "台账计入该格的有：案02、案03、案04、案05、案06、案07、案08、案09等 9 件。"
        "请核对该格和台账的收到日期、申请人类型。",
    ),
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
    Case("CASE-OUTCOME", "pass", (put("register", register()),)),
    Case(
        "CASE-OUTCOME",
        "fail",
        (put("register", cases_with(12, outcome="granted")),),
        (
            "requests.granted.natural_person",
            "requests.granted.total",
            "requests.refused_internal_affairs.natural_person",
            "requests.refused_internal_affairs.total",
        ),
        "依申请公开台账中本年办结、结果为“（一）予以公开”的“自然人”申请 10 件，表三该行“自然人”列填写 9，相差 1。"
        "台账计入该格的有：案01、案02、案03、案04、案05、案06、案07、案08等 10 件。"
        "请核对该格（少填的 1 件可能填在了“5.属于三类内部事务信息”行“自然人”列）和台账的办结日期、办理结果、"
        "申请人类型。",
    ),
    Case(
        "CASE-OUTCOME",
        "edge: a closed case without an outcome decides nothing",
        (put("register", cases_with(12, outcome=None)),),
    ),
    Case("CASE-OPEN", "pass", (put("register", register()),)),
    Case(
        "CASE-OPEN",
        "fail",
        (put("register", cases_with(12, replied_on=None)),),
        ("requests.carried_out.natural_person", "requests.carried_out.total"),
        "依申请公开台账中到年末尚未办结的“自然人”申请 2 件，表三“四、结转下年度继续办理”行“自然人”列填写 1，相差 1。"
        "台账计入该格的有：案12、案13。请核对该格（少填的 1 件可能填在了“5.属于三类内部事务信息”行“自然人”列）"
        "和台账的办结日期。",
    ),
    Case(
        "CASE-OPEN",
        "edge: closed on New Year's Day is open at year's end",
        (put("register", cases_with(13, replied_on="2023-01-01")),),
    ),
    *RECORD_CASES,
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
        assert (finding.severity, finding.hint) == (rule.severity, rule.hint)


def test_every_rule_about_a_submission_has_a_pass_a_fail_and_an_edge() -> None:
    shown = {
        rule.id: {case.kind.split(":")[0] for case in CASES if case.rule == rule.id} for rule in load_catalogue().rules
    }
    elsewhere = {"rollup", "explanations", "revision", "published"}
    # A single file shows the first two only beside others (test_peers.py); no JSON can break the last
    # (tests/unit/submission/test_corpus.py).
    not_by_example = {"PEER-OUTLIER", "TEXT-REUSED", "MACROS-IGNORED"}
    lacking = [
        rule.id
        for rule in load_catalogue().rules
        if rule.frame not in elsewhere and rule.id not in not_by_example and shown[rule.id] != {"pass", "fail", "edge"}
    ]
    assert lacking == []


def test_a_sound_submission_is_accepted_and_says_what_could_not_be_checked(verdicts: dict[int, Verdict]) -> None:
    at = next(n for n, case in enumerate(CASES) if (case.rule, case.kind) == ("BLANK", "pass"))
    verdict = verdicts[at]
    assert (verdict.status, verdict.on_time) == (Status.ACCEPTED, True)
    assert [finding.rule for finding in verdict.findings] == ["REGISTER-ABSENT"]
    assert {entry.rule: entry.reason for entry in verdict.rules_not_applied} == {
        **dict.fromkeys(
            ["YOY-CARRY", "YOY-STOCK-RULES", "YOY-STOCK-NORMATIVE_DOCUMENTS", "DISPUTE-PLAUSIBLE"], "没有上年度报告。"
        ),
        **dict.fromkeys(["CASE-NEW", "CASE-CARRIED", "CASE-OUTCOME", "CASE-OPEN"], "没有报送依申请公开台账。"),
    }


def test_a_query_or_an_error_returns_and_a_wrong_unit_or_year_quarantines(verdicts: dict[int, Verdict]) -> None:
    for at, case in enumerate(CASES):
        if (
            case.rule in ("WRONG-TEMPLATE", "WRONG-YEAR", "WRONG-UNIT")
            and case.expected
            and "authority" not in case.kind
        ):
            if case.expected != ("authority",):
                assert verdicts[at].status is Status.QUARANTINED
                assert {entry.rule for entry in verdicts[at].rules_not_applied} >= {"BLANK", "REQ-BALANCE", "CASE-NEW"}
        elif case.expected and load_catalogue().rule(case.rule).severity is not Severity.NOTICE:
            assert verdicts[at].status is Status.RETURNED


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


def test_a_loose_file_is_its_unit_s_by_what_it_says(context: Context) -> None:
    assert validate([read(sound("T01"), folder=None)], context)[0].status is Status.ACCEPTED


def test_a_file_of_which_nothing_was_read_is_quarantined_with_a_sentence(context: Context) -> None:
    reading = Reading(read(sound()).file, None)
    assert [finding.message for finding in validate([reading], context)[0].findings] == [
        "文件无法读取。请用下发的填报表重新填写并报送。"
    ]


def test_a_sender_s_own_check_leaves_the_deadline_out_and_says_so(context: Context) -> None:
    late = read(sound(), received_at=datetime(2023, 9, 1, tzinfo=ZONE))
    (verdict,) = validate([late], replace(context, judge_deadline=False))
    assert verdict.status is Status.ACCEPTED
    assert ("INTAKE-CLOSED", "自查时不核对截止日期。") in [(n.rule, n.reason) for n in verdict.rules_not_applied]


def test_a_unit_without_tables_has_no_table_rules_and_says_why(context: Context) -> None:
    document = sound("N01")
    document["tables"] = None
    (verdict,) = validate([read(document, "N01")], context)
    assert (verdict.status, verdict.findings) == (Status.ACCEPTED, ())
    reasons = {entry.rule: entry.reason for entry in verdict.rules_not_applied}
    assert reasons["REQ-BALANCE"] == reasons["CASE-NEW"] == "本单位的表格由同一机关的其他单位报送。"
