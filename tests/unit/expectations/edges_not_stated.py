"""Edges where a register or a list does not tell all: other years' days, lists not at hand, fields not filled in.

Nobody is accused over what is not stated.
"""

from tests.unit.expectations.conftest import Case, Edit, cases_with, put
from tests.unit.expectations.edges import case, paper


def settled(closed: str, filed: str = "2021-11-01", **cells: int) -> tuple[Edit, ...]:
    """A reconsideration upheld on that day beside the lawsuit of `sound`, and cells of table four's first row."""
    one = {"case_no": "复1", "kind": "reconsideration", "filed_on": filed, "closed_on": closed, "result": "upheld"}
    lawsuit = {"case_no": "诉1", "kind": "litigation_after_reconsideration", "result": "pending"}
    row = [put(f"disputes.reconsideration.{column}", value) for column, value in cells.items()]
    return (put("disputes_register", [one, lawsuit]), *row)


def interpreted(number: str) -> tuple[Edit, ...]:
    return paper(), put("interpretations", [{"document_number": number}])


DISPUTE = {"case_no": "复1", "kind": "reconsideration", "result": "upheld"}
_LAST_DECEMBER = [
    {
        "case_no": f"件{n}",
        "received_on": "2021-12-15",
        "applicant_type": "natural_person",
        "applicant_ref": "甲",
        "fee_basis": "item",
        "fee_yuan": "100",
    }
    for n in (11, 12)
]

NOT_STATED_EDGES = [
    Case(
        "CASE-DATES",
        "edge: a correction before the request, and no day on which it was asked for",
        (case(correction_received_on="2021-03-05"),),
        ("register[案02].correction_received_on",),
    ),
    Case(
        "CASE-OVERDUE", "edge: no clock starts before there was a request", (case(correction_received_on="2021-03-05"),)
    ),
    Case(
        "CASE-DATES",
        "edge: a third party's opinion that was on file before",
        (case(third_party_answered_on="2022-02-01"),),
    ),
    Case("CASE-OUTSIDE", "edge: a date that cannot be puts nothing outside", (case(replied_on="2021-03-10"),)),
    Case(
        "CASE-OUTSIDE",
        "edge: a dispute that was settled the year before",
        settled("2021-12-31"),
        ("disputes_register[复1].closed_on",),
        "复议诉讼台账“复1”：2021-12-31 审结，不在本年度之内，没有计入表四的核对。"
        "请核对日期；确属其他年度的，可删去本行。",
    ),
    Case(
        "CASE-OVERDUE",
        "edge: an extension of which the days are not filled in",
        (case(replied_on="2022-04-01", extension_notified_on="2022-03-28"),),
        ("register[案02].replied_on",),
        "依申请公开台账“案02”：2022-03-01 起算，2022-03-28 告知延期，但没有填写延期工作日，不计延期最迟应于 2022-03-29 "
        "答复，2022-04-01 办结，用时 23 个工作日，超期 3 个工作日。请补填延期的日期和工作日，并核对其他日期；"
        "没有延期、情况属实的，请在“疑点说明”中选择理由。",
    ),
    Case(
        "CASE-OVERDUE",
        "edge: later than any extension would allow, nothing need be filled in",
        (case(replied_on="2022-04-27", extension_days=20),),
        ("register[案02].replied_on",),
        "依申请公开台账“案02”：2022-03-01 起算，最迟应于 2022-03-29 答复，2022-04-27 办结，用时 41 个工作日，"
        "超期 21 个工作日。请核对起算、扣除和延期的日期；情况属实的，请在“疑点说明”中选择理由。",
    ),
    Case(
        "CASE-OVERDUE",
        "edge: an extension that began too late is another rule's",
        (case(replied_on="2022-04-01", extension_notified_on="2022-03-30"),),
        ("register[案02].replied_on",),
        "依申请公开台账“案02”：2022-03-01 起算，最迟应于 2022-03-29 答复，2022-04-01 办结，用时 23 个工作日，"
        "超期 3 个工作日。请核对起算、扣除和延期的日期；情况属实的，请在“疑点说明”中选择理由。",
    ),
    Case(
        "CASE-CORRECTION",
        "edge: counted from the day the clock started, which is named",
        (case(clock_started_on="2022-03-10", correction_asked_on="2022-03-22", replied_on="2022-04-15"),),
        ("register[案02].correction_asked_on",),
        "依申请公开台账“案02”：2022-03-01 收到，2022-03-10 起算，2022-03-22 通知补正，自起算之日起用时 8 个工作日，"
        "期限是 7 个，超期 1 个。请核对日期；情况属实的，请在“疑点说明”中选择理由。",
    ),
    Case(
        "CASE-FEE",
        "edge: a month of which the register holds only the cases still open",
        (put("register", _LAST_DECEMBER),),
    ),
    Case("DIS-REGISTER", "edge: settled in January, pending in table four", settled("2023-01-10", upheld=0, pending=1)),
    Case("DIS-REGISTER", "edge: settled in January, so in table four too", settled("2023-01-10")),
    Case(
        "DIS-REGISTER",
        "edge: settled in January, in table four neither settled nor pending",
        settled("2023-01-10", upheld=0, other_result=1),
        ("disputes.reconsideration.other_result", "disputes.reconsideration.pending"),
    ),
    Case("DIS-REGISTER", "edge: settled the year before", settled("2021-12-31", upheld=0, total=0)),
    Case("DIS-REGISTER", "edge: filed the year after", settled("2023-01-12", filed="2023-01-05", upheld=0, total=0)),
    Case("INTERPRETATION-ORPHAN", "edge: of a document in last year's list", interpreted("示规[2019]1号"), unit="T02"),
    Case("INTERPRETATION-ORPHAN", "edge: of an older document than any list holds", interpreted("示规〔2020〕7号")),
    Case(
        "INTERPRETATION-ORPHAN",
        "edge: of a document that last year's list would hold",
        interpreted("示规〔2021〕7号"),
        ("interpretations[示规〔2021〕7号].document_number",),
        unit="T02",
    ),
    Case("INTERPRETATION-ORPHAN", "edge: last year's list is not known", interpreted("示规〔2021〕7号")),
    Case(
        "INTERPRETATION-ORPHAN",
        "edge: a number without a year",
        interpreted("某号"),
        ("interpretations[某号].document_number",),
    ),
    Case(
        "DOC-LATE",
        "edge: told in calendar days, which are no working days more",
        (paper(made_on="2021-08-02"),),
        ("documents[示规〔2022〕1号].published_on",),
        "文件清单《示例管理办法》（示规〔2022〕1号）：2021-08-02 成文，2022-03-04 公开，历时 214 天，"
        "超过 20 个工作日的期限。请核对日期；情况属实的，请在“疑点说明”中选择理由。",
    ),
    Case(
        "DOC-EARLY",
        "edge: an older document of which both days lie in years that were judged",
        (paper(made_on="2018-12-02", published_on="2018-01-02"),),
    ),
    Case(
        "DOC-EARLY",
        "edge: a budget published as a draft before it was approved",
        (paper(kind="budget", made_on=None, approved_on="2022-03-10"),),
    ),
    Case(
        "CASE-DUPLICATE",
        "edge: a number once more in full width",
        (put("register", cases_with(3, case_no="案０２")),),
        ("register[案02].case_no",),
    ),
    Case(
        "CASE-DUPLICATE",
        "edge: a dispute entered twice",
        (put("disputes_register", [DISPUTE, DISPUTE]),),
        ("disputes_register[复1].case_no",),
        "复议诉讼台账中，案号“复1”出现 2 次（第 1、2 行），应只出现 1 次，多出 1 次。请删去重复的行，或改正编号。",
    ),
    Case(
        "CASE-DUPLICATE",
        "edge: one number for a reconsideration and a lawsuit, or for two requests",
        (
            put(
                "disputes_register",
                [DISPUTE, {**DISPUTE, "kind": "litigation_direct"}, {**DISPUTE, "request_case_no": "案02"}],
            ),
        ),
    ),
    Case(
        "CASE-FEE",
        "edge: pages that were refused cost nothing",
        (case(outcome="refused_process_info", fee_basis="page", pages=50, fee_yuan="0"),),
    ),
    Case(
        "CASE-FEE",
        "edge: what was handed out in part is charged by the page",
        (case(outcome="partly_granted", fee_basis="page", pages=50, fee_yuan="0"),),
        ("register[案02].fee_yuan",),
    ),
]
