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
