"""The edges of the rules about single records; what plainly passes and fails is in the catalogue's own examples."""

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


RECORD_EDGES = [
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

RECORD_EDGES += [
    Case("CASE-CARRIED", "edge: closed on New Year's Day", (put("register", cases_with(1, replied_on="2022-01-01")),)),
    # 2022-03-01 → 20 working days: 2022-03-29; nothing is off but weekends.
    Case("CASE-OVERDUE", "edge: the last day", (case(replied_on="2022-03-29"),)),
    Case(
        "CASE-OVERDUE",
        "edge: still open at the end of the year",
        (put("register", cases_with(13, received_on="2022-12-01")),),
        ("register[案13].replied_on",),
        "依申请公开台账“案13”：2022-12-01 起算，最迟应于 2022-12-29 答复，到 2022-12-31 尚未办结，已用 21 个工作日，"
        "超期 1 个工作日。请核对各项日期；情况属实的，请在“疑点说明”中选择理由。",
    ),
    Case(
        "CASE-EXTENSION",
        "edge: notified the day after the limit",
        (case(extension_notified_on="2022-03-30", extension_days=10, replied_on="2022-04-01"),),
        ("register[案02].extension_notified_on",),
    ),
    # 2022-03-01 → 20 working days: 2022-03-29
    Case(
        "CASE-CLOCK",
        "edge: the twentieth day",
        (case(channel="internet", clock_started_on="2022-03-29", replied_on="2022-04-01"),),
    ),
    Case(
        "CASE-CLOCK",
        "edge: in person, the day after",
        (case(channel="in_person", clock_started_on="2022-03-02", replied_on="2022-03-20"),),
        ("register[案02].clock_started_on",),
        "依申请公开台账“案02”：当面提交，2022-03-01 收到，应自当日起算，却填 2022-03-02 起算，晚了 1 个工作日。"
        "请核对起算日期；情况属实的，请在“疑点说明”中选择理由。",
    ),
    Case(
        "CASE-CLOCK",
        "edge: a correction came",
        (
            case(
                channel="in_person",
                correction_asked_on="2022-03-02",
                correction_received_on="2022-03-04",
                clock_started_on="2022-03-04",
                replied_on="2022-03-20",
            ),
        ),
    ),
    Case("CASE-CORRECTION", "edge: the seventh day", (case(correction_asked_on="2022-03-10"),)),
    Case("THIRD-PARTY", "edge: another refusal", (case(outcome="refused_process_info"),)),
    Case(
        "UNCLEAR-CONSISTENT",
        "edge: still unclear",
        (case(outcome="unavailable_still_unclear"),),
        ("register[案02].correction_asked_on",),
    ),
    Case("FEE-CONSISTENT", "edge: another way to close", (case(outcome="closed_other"),)),
    Case("CASE-FEE", "edge: 35 items of one applicant in one month", (items(35, fee_yuan="3000"),)),
    Case("CASE-FEE", "edge: ten items are free", (items(10, fee_yuan="100"),), ("register[件10].fee_yuan",)),
    Case("CASE-FEE", "edge: nothing says how it was reckoned", (case(fee_yuan="500"),)),
    Case("DIS-REGISTER", "edge: a result that is not stated", (disputes(result=None),)),
    Case("DOC-LATE", "edge: the twentieth working day", (paper(published_on="2022-03-29"),)),
    Case(
        "DOC-LATE",
        "edge: so late that nobody counts the working days",
        (paper(made_on="2021-01-04", published_on="2022-03-01"),),
        ("documents[示规〔2022〕1号].published_on",),
        "文件清单《示例管理办法》（示规〔2022〕1号）：2021-01-04 成文，2022-03-01 公开，历时 421 天，"
        "超过 20 个工作日的期限。请核对日期；情况属实的，请在“疑点说明”中选择理由。",
    ),
    Case("DOC-LATE", "edge: late in another year", (paper(made_on="2018-01-02", published_on="2018-12-02"),)),
    Case("DOC-COUNT", "edge: a document without a day decides nothing", (papers("2022-02-01", None),)),
    Case(
        "INTERPRETATION-ORPHAN", "edge: no list of documents", (put("interpretations", [{"document_number": "某号"}]),)
    ),
    Case("INTERPRETATION-MISSING", "edge: the list was not handed in", (paper(needs_interpretation=True),)),
    Case("AREA-UNKNOWN", "edge: one digit", (put("catalogue", [item(area="1")]),)),
    Case("AREA-UNKNOWN", "edge: a digit too many", (put("catalogue", [item(area="001")]),), ("catalogue[1].area",)),
    Case(
        "DATE-UNREAD",
        "edge: a day that no month has",
        (put("activities", {"guide_updated_on": "2021-02-30"}),),
        ("activities.guide_updated_on",),
    ),
    Case("DATE-UNREAD", "edge: a day that may not be missing", (put("register", cases_with(2, received_on="去年")),)),
    Case("CATALOGUE-STALE", "edge: taken out", (put("catalogue", [item(updated_on="2020-01-01", change="removed")]),)),
    Case("CATALOGUE-DUPLICATE", "edge: one of them was removed", (put("catalogue", [item(), item(change="removed")]),)),
    Case("YOY-JUMP", "edge: from one to four is chance", (put("disputes.reconsideration.total", 4),), unit="T02"),
    Case("FEE-UNIT", "edge: nothing charged this year", (put(_FEES, "0"),), unit="T02"),
    Case("PEER-OUTLIER", "edge: no eight units of its kind", (put("requests.new_requests.total", 9000),)),
    Case("TEXT-REUSED", "edge: too short to say so", (put("narrative", {"overview": _OWN_WORDS}),), unit="C01"),
]


# ── cross-checks: activity figures, the running stock of documents, totals broken down ──
DISTRICT_PORTAL = "activities.portal_items_district"


def figures(**values: Any) -> Edit:
    return put("activities", values)


def stock(*rows: dict[str, Any]) -> Edit:
    return put("documents", [{**PAPER, "kind": "normative", **row} for row in rows])


def parts(*values: int | None, figure: str = "requests_received") -> Edit:
    return put("parts", [{"figure": figure, "name": f"单位{n}", "value": v} for n, v in enumerate(values, 1)])


NAMELESS = {**PAPER, "title": None}
_SIX = [{"number": f"示规〔2020〕{n}号", "made_on": "2020-05-01", "published_on": "2020-05-03"} for n in range(1, 7)]
_PAID = {"fee_basis": "page", "pages": 31, "fee_yuan": "10", "fee_paid_on": "2022-03-09"}

RECORD_EDGES += [
    Case(
        "CASE-OVERDUE",
        "edge: an extension that nobody was told of does not count",
        (case(replied_on="2022-04-01", extension_days=20),),
        ("register[案02].replied_on",),
    ),
    Case(
        "CASE-FEE",
        "edge: the same applicant in another month begins anew",
        (
            put(
                "register",
                [
                    {
                        "case_no": f"件{n:02}",
                        "received_on": f"2022-{3 if n <= 10 else 4:02}-01",
                        "applicant_type": "natural_person",
                        "applicant_ref": "甲",
                        "fee_basis": "item",
                        "fee_yuan": "0",
                    }
                    for n in range(1, 21)
                ],
            ),
        ),
    ),
    Case("CASE-FEE", "edge: thirty pages are free", (case(fee_basis="page", pages=30, fee_yuan="0"),)),
    Case(
        "CASE-FEE",
        "edge: the thirty-first page is not",
        (case(fee_basis="page", pages=31, fee_yuan="0"),),
        ("register[案02].fee_yuan",),
    ),
    Case("AREA-OTHER", "edge: a unit of which no area is registered", (put("catalogue", [item(area="25")]),)),
    Case(
        "CASE-OUTSIDE",
        "edge: received after the year",
        (put("register", cases_with(13, received_on="2023-01-01")),),
        ("register[案13].received_on",),
    ),
    Case("CASE-NO-OUTCOME", "edge: closed after the year", (put("register", cases_with(13, replied_on="2023-01-09")),)),
    Case("CASE-NO-REPLY", "edge: open, and no outcome yet", (case(replied_on=None, outcome=None),)),
    Case("ACT-OPENED", "edge: one of them is not stated", (figures(attribute_reviews_opened=4),)),
    Case(
        "ACT-OPENED",
        "edge: the more numerous of the two outcomes",
        (figures(attribute_reviews=4, attribute_reviews_opened=2, attribute_reviews_to_public=5),),
        ("activities.attribute_reviews_to_public",),
    ),
    Case(
        "REFERENCE-UNKNOWN",
        "edge: a name of the office's own, and one that is nothing like any other",
        (put("narrative", {"problems": "{{ office.activities.portal_items }}、{{ qqq }}"}),),
        ("narrative.problems",),
    ),
    Case(
        "REFERENCE-BLANK",
        "edge: nobody prints the text of another unit",
        (put("narrative", {"problems": "{{ office.activities.press_conferences }}"}),),
    ),
    Case(
        "REFERENCE-BLANK",
        "edge: lists that were not handed in, one without a closed case, and what only the office is asked",
        (
            put("register", []),
            put(
                "narrative",
                {
                    "overview": "文件{{ office.documents_by_kind.normative }}件。",
                    "problems": "平均{{ office.indicators.average_reply_working_days }}个工作日。",
                    "measures": "全区{{ activities.portal_items_district }}条。",
                    "section_3": "收到{{ office.requests.new_requests.total }}件，另{{ activities.portal_items }}条",
                },
            ),
        ),
        ("narrative.overview", "narrative.measures", "narrative.problems"),
        unit="O01",
    ),
    Case("ACT-DISTRICT", "edge: zero is a figure, too", (figures(portal_items_district=0),), (DISTRICT_PORTAL,)),
    Case("ACT-TRAINING", "edge: no session, and nobody came", (figures(training_sessions=0, training_attendees=0),)),
    Case(
        "ACT-ATTENDANCE",
        "edge: without a session another rule speaks",
        (figures(training_sessions=0, training_attendees=31, training_expected=30),),
    ),
    Case("ACT-EXPECTED", "edge: how many sessions is not stated", (figures(training_expected=0),)),
    Case("ACT-EXPECTED", "edge: one was expected", (figures(training_sessions=3, training_expected=1),)),
    Case("ACT-RULES", "edge: one more than there are", (figures(rules_in_place=5),), ("activities.rules_in_place",)),
    Case("ACT-REVIEWED", "edge: last year is not known", (figures(corrected_cases_reviewed=2),)),
    Case(
        "ACT-FEES",
        "edge: whether it was paid is not stated",
        (case(**{**_PAID, "fee_paid_on": None}), figures(processing_fees_yuan="0")),
    ),
    Case(
        "ACT-FEES",
        "edge: paid in the next year",
        (case(**{**_PAID, "fee_paid_on": "2023-01-05"}), figures(processing_fees_yuan="0")),
    ),
    Case("ACT-FEES", "edge: no register", (figures(processing_fees_yuan="10"),)),
    Case("ACT-PORTAL", "edge: a document without an address", (paper(), figures(portal_items=0))),
    Case(
        "ACT-DATES",
        "edge: a guide older than the regulation",
        (figures(guide_updated_on="2008-04-30"),),
        ("activities.guide_updated_on",),
    ),
    *(
        Case(
            "ACT-DATES",
            f"edge: published in {day[:4]}, and the file came in long before",
            (figures(report_published_on=day),),
            ("activities.report_published_on",),
        )
        for day in ("2024-01-28", "2202-01-28")
    ),
    Case(
        "ACT-DATES",
        "edge: to be published later in the year of the receipt",
        (figures(report_published_on="2023-04-12"),),
    ),
    Case("ACT-PLANNED", "edge: no date", (figures(guide_updated_on="2022-01-25"),)),
    Case(
        "DOC-STOCK",
        "edge: one was repealed on the last day",
        (stock(*_SIX[:5], {**_SIX[5], "repealed_on": "2022-12-31"}),),
    ),
    Case("DOC-STOCK", "edge: a list need not be complete", (stock(_SIX[0]),)),
    Case("DOC-DUPLICATE", "edge: one number, two titles", (put("documents", [PAPER, {**PAPER, "title": "另一办法"}]),)),
    Case("DOC-DUPLICATE", "edge: without a title nothing is known again", (put("documents", [NAMELESS, NAMELESS]),)),
    Case(
        "DOC-DUPLICATE",
        "edge: three rows are one finding",
        (put("documents", [PAPER, {**PAPER, "title": "示例 管理办法"}, PAPER]),),
        ("documents[示规〔2022〕1号].number",),
    ),
    Case("DOC-REPEALED", "edge: another document of last year", (stock({"repealed_on": "2022-09-01"}),), unit="T02"),
    Case(
        "LIST-DATES",
        "edge: repealed before it was made",
        (stock({"repealed_on": "2021-09-01"}),),
        ("documents[示规〔2022〕1号].repealed_on",),
    ),
    Case("PARTS-SUM", "edge: a part without a number", (parts(6, None),)),
    Case(
        "PARTS-SUM",
        "edge: several figures",
        (
            put(
                "parts",
                [
                    {"figure": "new_requests", "name": "甲", "value": 12},
                    {"figure": "carried_out", "name": "甲", "value": 2},
                ],
            ),
        ),
        ("parts[2].value",),
    ),
    Case(
        "DOC-STOCK",
        "edge: less than nothing is another rule's, where no document is in force",
        (put("proactive_disclosure.normative_documents.in_force", -1), put("documents", [])),
    ),
]
