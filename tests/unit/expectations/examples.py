"""Examples of the rules about single records: one that passes, one that fails, one at the edge."""

from typing import Any

from tests.unit.expectations.conftest import Case, Edit, cases_with, put

PAPER = {
    "number": "示规〔2022〕1号",
    "title": "示例管理办法",
    "kind": "other",
    "made_on": "2022-03-01",
    "published_on": "2022-03-04",
    "needs_interpretation": False,
}


def paper(**values: Any) -> Edit:
    """A list of documents with one document, changed as said."""
    return put("documents", [{**PAPER, **values}])


RECORD_CASES = [
    Case("CASE-DATES", "pass", (put("register", cases_with(2, clock_started_on="2022-03-01")),)),
    Case(
        "CASE-DATES",
        "fail",
        (put("register", cases_with(2, replied_on="2022-02-28")),),
        ("register[案02].replied_on",),
        "依申请公开台账“案02”：办结日期 2022-02-28 早于收到日期 2022-03-01。日期不可能如此，请核对改正。",
    ),
    Case(
        "CASE-DATES",
        "edge: years that cannot be",
        (put("register", cases_with(2, received_on="0202-03-01", archived_on="2201-04-01")),),
        ("register[案02].received_on",),
        "依申请公开台账“案02”：收到日期 0202-03-01 早于《政府信息公开条例》施行之日 2008-05-01；"
        "归档日期 2201-04-01 晚于本文件的收到日期 2023-01-20。日期不可能如此，请核对改正。",
    ),
    Case(
        "CASE-DATES",
        "edge: a dispute closed before it was filed",
        (
            put(
                "disputes_register",
                [{"case_no": "复1", "kind": "reconsideration", "filed_on": "2022-05-01", "closed_on": "2022-04-01"}],
            ),
        ),
        ("disputes_register[复1].closed_on",),
    ),
    Case("CASE-DATES", "edge: everything on one day", (put("register", cases_with(2, replied_on="2022-03-01")),)),
    Case("LIST-DATES", "pass", (paper(),)),
    Case(
        "LIST-DATES",
        "fail",
        (paper(published_on="2201-03-04"),),
        ("documents[示规〔2022〕1号].published_on",),
        "文件清单“示规〔2022〕1号”：公开日期 2201-03-04 晚于本文件的收到日期 2023-01-20。日期不可能如此，请核对改正。",
    ),
    Case("LIST-DATES", "edge: a document of long ago", (paper(made_on="1998-07-01", published_on="1998-08-10"),)),
    Case(
        "LIST-DATES",
        "edge: a list without ids",
        (put("responses", [{"raised_on": "0202-01-01"}]),),
        ("responses[1].raised_on",),
    ),
]


def case(**values: Any) -> Edit:
    """The agreeing register with its second case changed as said."""
    return put("register", cases_with(2, **values))


def items(count: int, **last: Any) -> Edit:
    """A register of so many items of one applicant in one month, free of charge but for what the last says."""
    rows = [
        {
            "case_no": f"件{number:02}",
            "received_on": "2022-03-01",
            "applicant_type": "natural_person",
            "applicant_ref": "甲",
            "fee_basis": "item",
            "fee_yuan": "0",
        }
        for number in range(1, count + 1)
    ]
    return put("register", [*rows[:-1], {**rows[-1], **last}])


def papers(*made: str | None) -> Edit:
    """A list of normative documents made on these days; the first was repealed in the year."""
    rows = [{**PAPER, "number": f"规{n}", "kind": "normative", "made_on": day} for n, day in enumerate(made, 1)]
    rows[0]["repealed_on"] = "2022-09-01"
    return put("documents", rows)


def item(**values: Any) -> dict[str, Any]:
    return {"area": "01", "item": "示例指南", "updated_on": "2022-05-01", **values}


def disputes(**values: Any) -> Edit:
    rows = [
        {"case_no": "复1", "kind": "reconsideration", "result": "upheld"},
        {"case_no": "诉1", "kind": "litigation_after_reconsideration", "result": "pending", **values},
    ]
    return put("disputes_register", rows)


_OWN_WORDS = "本单位围绕群众关心的事项逐项公开，办事指南重新核对，栏目按月检查，发现问题当周改正并留有记录。"
LONG_TEXT = "".join(
    f"{_OWN_WORDS}{end}" for end in ("窗口设有专人指引。", "意见簿每周翻看。", "问答汇编成册。", "地图标明位置。")
)
_FEES = "proactive_disclosure.administrative_fees.amount_wan_yuan"
_NEW = "requests.new_requests.total"

RECORD_CASES += [
    Case("CASE-CARRIED", "pass", (put("register", cases_with(1)),)),
    Case(
        "CASE-CARRIED",
        "fail",
        (put("register", cases_with(1, received_on="2022-01-04")),),
        ("requests.carried_in.natural_person", "requests.carried_in.total"),
        "依申请公开台账中上年收到、年初尚未办结的“自然人”申请 0 件，表三“二、上年结转政府信息公开申请数量”行“自然人”列"
        "填写 1，相差 1。请核对该格和台账的收到日期、办结日期。",
    ),
    Case("CASE-CARRIED", "edge: closed on New Year's Day", (put("register", cases_with(1, replied_on="2022-01-01")),)),
    # 2022-03-01 → 20 working days: 2022-03-29; nothing is off but weekends.
    Case("CASE-OVERDUE", "pass", (case(replied_on="2022-03-28"),)),
    Case(
        "CASE-OVERDUE",
        "fail",
        (case(replied_on="2022-03-31"),),
        ("register[案02].replied_on",),
        "依申请公开台账“案02”：2022-03-01 起算，应于 2022-03-29 前答复，2022-03-31 办结，用时 22 个工作日，"
        "超期 2 个工作日。请核对起算、扣除和延期的日期；情况属实的，请在“疑点说明”中选择理由。",
    ),
    Case("CASE-OVERDUE", "edge: the last day", (case(replied_on="2022-03-29"),)),
    Case(
        "CASE-OVERDUE",
        "edge: still open at the end of the year",
        (put("register", cases_with(13, received_on="2022-12-01")),),
        ("register[案13].replied_on",),
        "依申请公开台账“案13”：2022-12-01 起算，应于 2022-12-29 前答复，到 2022-12-31 尚未办结，已用 21 个工作日，"
        "超期 1 个工作日。请核对各项日期；情况属实的，请在“疑点说明”中选择理由。",
    ),
    Case("CASE-EXTENSION", "pass", (case(extension_notified_on="2022-03-29", extension_days=20),)),
    Case(
        "CASE-EXTENSION",
        "fail",
        (case(extension_days=25),),
        ("register[案02].extension_days",),
        "依申请公开台账“案02”：延期 25 个工作日，最多 20 个，多出 5 个。请核对延期告知日期和延期工作日。",
    ),
    Case(
        "CASE-EXTENSION",
        "edge: notified the day after the limit",
        (case(extension_notified_on="2022-03-30", extension_days=10, replied_on="2022-04-01"),),
        ("register[案02].extension_notified_on",),
    ),
    Case("CASE-CORRECTION", "pass", (case(correction_asked_on="2022-03-03"),)),
    Case(
        "CASE-CORRECTION",
        "fail",
        (case(correction_asked_on="2022-03-11", replied_on="2022-03-20"),),
        ("register[案02].correction_asked_on",),
        "依申请公开台账“案02”：2022-03-01 收到，2022-03-11 通知补正，用时 8 个工作日，期限是 7 个，超期 1 个。"
        "请核对日期；情况属实的，请在“疑点说明”中选择理由。",
    ),
    Case("CASE-CORRECTION", "edge: the seventh day", (case(correction_asked_on="2022-03-10"),)),
    Case("THIRD-PARTY", "pass", (case(outcome="refused_third_party_rights", third_party_asked_on="2022-03-02"),)),
    Case(
        "THIRD-PARTY", "fail", (case(outcome="refused_third_party_rights"),), ("register[案02].third_party_asked_on",)
    ),
    Case("THIRD-PARTY", "edge: another refusal", (case(outcome="refused_process_info"),)),
    Case("UNCLEAR-CONSISTENT", "pass", (case(outcome="closed_no_correction", correction_asked_on="2022-03-02"),)),
    Case(
        "UNCLEAR-CONSISTENT", "fail", (case(outcome="closed_no_correction"),), ("register[案02].correction_asked_on",)
    ),
    Case(
        "UNCLEAR-CONSISTENT",
        "edge: still unclear",
        (case(outcome="unavailable_still_unclear"),),
        ("register[案02].correction_asked_on",),
    ),
    Case("FEE-CONSISTENT", "pass", (case(outcome="closed_fee_unpaid", fee_notified_on="2022-03-02"),)),
    Case("FEE-CONSISTENT", "fail", (case(outcome="closed_fee_unpaid"),), ("register[案02].fee_notified_on",)),
    Case("FEE-CONSISTENT", "edge: another way to close", (case(outcome="closed_other"),)),
    Case("CASE-FEE", "pass", (case(fee_basis="page", pages=250, fee_yuan="4700"),)),
    Case(
        "CASE-FEE",
        "fail",
        (case(fee_basis="page", pages=250, fee_yuan="4600"),),
        ("register[案02].fee_yuan",),
        "依申请公开台账“案02”：共 250 页，按页收费，按标准应收 4700 元，填写 4600 元，相差 100 元。"
        "请核对件数或页数和收费金额。",
    ),
    Case("CASE-FEE", "edge: 35 items of one applicant in one month", (items(35, fee_yuan="3000"),)),
    Case("CASE-FEE", "edge: ten items are free", (items(10, fee_yuan="100"),), ("register[件10].fee_yuan",)),
    Case("CASE-FEE", "edge: nothing says how it was reckoned", (case(fee_yuan="500"),)),
    Case("DIS-REGISTER", "pass", (disputes(),)),
    Case(
        "DIS-REGISTER",
        "fail",
        (disputes(result="upheld"),),
        ("disputes.litigation_after_reconsideration.upheld", "disputes.litigation_after_reconsideration.pending"),
        "表四“复议后起诉”的“结果维持”填写 0，复议诉讼台账中共 1 件，相差 1。请核对该格和台账的类别、结果。",
    ),
    Case("DIS-REGISTER", "edge: a result that is not told", (disputes(result=None),)),
    Case("DOC-LATE", "pass", (paper(),)),
    Case(
        "DOC-LATE",
        "fail",
        (paper(published_on="2022-03-30"),),
        ("documents[示规〔2022〕1号].published_on",),
        "文件清单《示例管理办法》（示规〔2022〕1号）：2022-03-01 成文，2022-03-30 公开，历时 21 个工作日，"
        "期限是 20 个工作日，超期 1。请核对日期；情况属实的，请在“疑点说明”中选择理由。",
    ),
    Case("DOC-LATE", "edge: the twentieth working day", (paper(published_on="2022-03-29"),)),
    Case("DOC-LATE", "edge: late in another year", (paper(made_on="2018-01-02", published_on="2018-12-02"),)),
    Case("DOC-COUNT", "pass", (papers("2022-02-01", "2022-03-01"),)),
    Case(
        "DOC-COUNT",
        "fail",
        (papers("2022-02-01"),),
        ("proactive_disclosure.normative_documents.issued",),
        "表二“行政规范性文件”行“本年制发件数”列填写 2，文件清单中相应的行政规范性文件 1 件，相差 1。"
        "请核对该格和文件清单的类别、成文日期、废止日期；情况属实的，请在“疑点说明”中选择理由。",
    ),
    Case("DOC-COUNT", "edge: a document without a day decides nothing", (papers("2022-02-01", None),)),
    Case("INTERPRETATION-ORPHAN", "pass", (paper(), put("interpretations", [{"document_number": "示规[2022]1号"}]))),
    Case(
        "INTERPRETATION-ORPHAN",
        "fail",
        (paper(), put("interpretations", [{"document_number": "示规〔2022〕2号"}])),
        ("interpretations[示规〔2022〕2号].document_number",),
        "政策解读第 1 行所解读的文件“示规〔2022〕2号”，在文件清单中没有。请核对文号，或在文件清单中补上该文件。",
    ),
    Case(
        "INTERPRETATION-ORPHAN", "edge: no list of documents", (put("interpretations", [{"document_number": "某号"}]),)
    ),
    Case("INTERPRETATION-MISSING", "pass", (paper(), put("interpretations", []))),
    Case(
        "INTERPRETATION-MISSING",
        "fail",
        (paper(needs_interpretation=True), put("interpretations", [])),
        ("documents[示规〔2022〕1号].needs_interpretation",),
    ),
    Case("INTERPRETATION-MISSING", "edge: the list was not handed in", (paper(needs_interpretation=True),)),
    Case("AREA-UNKNOWN", "pass", (put("catalogue", [item()]),)),
    Case(
        "AREA-UNKNOWN",
        "fail",
        (put("catalogue", [item(area="27")]),),
        ("catalogue[1].area",),
        "标准目录第 1 行的领域编号“27”不在 26 个试点领域（01–26）之内。请核对编号，编号是两位数字。",
    ),
    Case("AREA-UNKNOWN", "edge: one digit", (put("catalogue", [item(area="1")]),), ("catalogue[1].area",)),
    Case("CATALOGUE-STALE", "pass", (put("catalogue", [item()]),)),
    Case("CATALOGUE-STALE", "fail", (put("catalogue", [item(updated_on="2021-12-31")]),), ("catalogue[1].updated_on",)),
    Case("CATALOGUE-STALE", "edge: taken out", (put("catalogue", [item(updated_on="2020-01-01", change="removed")]),)),
    Case("CATALOGUE-DUPLICATE", "pass", (put("catalogue", [item(), item(area="02")]),)),
    Case("CATALOGUE-DUPLICATE", "fail", (put("catalogue", [item(), item(item="示例 指南")]),), ("catalogue[1].item",)),
    Case("CATALOGUE-DUPLICATE", "edge: one of them was removed", (put("catalogue", [item(), item(change="removed")]),)),
    Case("YOY-JUMP", "pass", unit="T02"),
    Case(
        "YOY-JUMP",
        "fail",
        (put(_NEW, 120),),
        (_NEW,),
        "表三“一、本年新收政府信息公开申请数量”行“总计”列填写 120，2021年度报告（第 1 版，已受理）为 12，相差 108，"
        "变化在三倍以上且超出正常波动。请核对该格；情况属实的，请在“疑点说明”中选择理由。",
        unit="T02",
    ),
    Case("YOY-JUMP", "edge: from one to four is chance", (put("disputes.reconsideration.total", 4),), unit="T02"),
    Case("FEE-UNIT", "pass", unit="T02"),
    Case("FEE-UNIT", "fail", (put(_FEES, "920"),), (_FEES,), unit="T02"),
    Case("FEE-UNIT", "edge: nothing charged this year", (put(_FEES, "0"),), unit="T02"),
    Case("PEER-OUTLIER", "pass"),
    Case("PEER-OUTLIER", "edge: no eight units of its kind", (put("requests.new_requests.total", 9000),)),
    Case("TEXT-REUSED", "pass", (put("narrative", {"overview": LONG_TEXT}),)),
    Case("TEXT-REUSED", "edge: too short to say so", (put("narrative", {"overview": _OWN_WORDS}),), unit="C01"),
]


def overview(text: str) -> Edit:
    return put("narrative", {"overview": text})


_OVERVIEW = ("narrative.overview",)
RECORD_CASES += [
    Case("NARRATIVE-FIGURE", "pass", (overview("全年新收政府信息公开申请12件，上年结转1件，办结12件。"),)),
    Case(
        "NARRATIVE-FIGURE",
        "fail",
        (overview("全年新收政府信息公开申请21件。"),),
        _OVERVIEW,
        "“文字部分”的“一、总体情况”写“21件”，表三“一、本年新收政府信息公开申请数量”行“总计”列为 12，相差 9。"
        "原句：“全年新收政府信息公开申请21件”。请核对这句话和所说的数字，改正有误的一处。",
    ),
    Case(
        "NARRATIVE-FIGURE",
        "edge: a statement without a figure",
        (overview("全年没有因政府信息公开引发的行政复议。"),),
        _OVERVIEW,
        "“文字部分”的“一、总体情况”写“全年没有因政府信息公开引发的行政复议”，而表四“行政复议”的“总计”为 1。"
        "原句：“全年没有因政府信息公开引发的行政复议”。请核对这句话和所说的数字，改正有误的一处。",
    ),
    Case("NARRATIVE-SCOPE", "pass", (overview("全镇收到政府信息公开申请12件。"),)),
    Case("NARRATIVE-SCOPE", "fail", (overview("全区收到政府信息公开申请300件。"),), _OVERVIEW),
    Case(
        "NARRATIVE-SCOPE",
        "edge: last year's cases are counted and not said",
        (overview("收到政府信息公开申请13件。"),),
        _OVERVIEW,
        "“文字部分”的“一、总体情况”写“13件”，表三“一、本年新收政府信息公开申请数量”行“总计”列为 12，相差 1；"
        "所写的数等于新收与上年结转之和。原句：“收到政府信息公开申请13件”。请按表格的口径改正，或在文字中写明口径；"
        "情况属实的，请在“疑点说明”中选择理由。",
    ),
    Case("NARRATIVE-RATE", "pass", (overview("收到政府信息公开申请12件，其中自然人10件，占83.3%。"),)),
    Case(
        "NARRATIVE-RATE",
        "fail",
        (overview("收到政府信息公开申请12件，其中自然人10件，占38.3%。"),),
        _OVERVIEW,
        "“文字部分”的“一、总体情况”写“38.3%”，按 10 占 12 计算，应为 83.33%，相差 45.03。"
        "原句：“收到政府信息公开申请12件，其中自然人10件，占38.3%”。请重新计算并改正；"
        "情况属实的，请在“疑点说明”中选择理由。",
    ),
    Case(
        "NARRATIVE-RATE",
        "edge: against last year",
        (overview("收到政府信息公开申请12件，同比增长5%。"),),
        _OVERVIEW,
        unit="T02",
    ),
]
