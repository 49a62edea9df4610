"""The pages of the Prefect UI: who must be called first, reasons in the rules' words, links to what was written."""

import re
from types import SimpleNamespace

import pytest

from gongkai.findings import Severity
from gongkai.reporting.report.lacks import Lack
from gongkai.reporting.screen.issue_page import issue_page
from gongkai.reporting.screen.markdown import table, text
from gongkai.reporting.screen.site_links import Places
from gongkai.reporting.screen.unit_page import unit_page
from gongkai.reporting.screen.year_pages import board_page, matrix_page, ranking_page
from gongkai.reporting.shared.wording import Wording
from gongkai.submission.verdict import Status
from gongkai.warehouse.records import YearState

WORDINGS = {
    "SHAPE": Wording("无法识别", "报送"),
    "BLANK": Wording("必填项未填", "完整"),
    "REQ-ROWSUM": Wording("六类申请人之和", "勾稽"),
    "DOC-LATE": Wording("逾期主动公开", "清单"),
}
OUTPUTS = {
    "board.html": "0" * 64,
    "receipts/A03.html": "3" * 64,
    "receipts/A03-returned.xlsx": "4" * 64,
    "scorecards/A01/scorecard.html": "1" * 64,
    "scorecards/A05/scorecard.html": "5" * 64,
}
PLACES = Places("https://zwgk.example", 2021, OUTPUTS)


@pytest.fixture
def state(make: SimpleNamespace) -> YearState:
    """A02 sent nothing, A03's second is returned (the first stands), A04 is unreadable, A05 has a query open."""
    wrong = make.verdict(
        make.finding(), make.finding(where="requests.refused_repeat.total"), make.finding("DOC-LATE", Severity.QUERY)
    )
    return make.state(
        {
            "A02": (),
            "A03": (make.revision("A03", make.verdict()), make.revision("A03", wrong, 2)),
            "A04": (make.revision("A04", make.verdict(make.finding("SHAPE"), status=Status.QUARANTINED)),),
            "A05": (make.revision("A05", make.verdict(make.finding("DOC-LATE", Severity.QUERY))),),
        }
    )


def row(page: str, code: str) -> list[str]:
    """The cells of a unit's first row."""
    line = next(line for line in page.splitlines() if line.startswith("| ") and f"units/{code})" in line)
    return [cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]]


def test_the_board_says_first_who_must_be_called(state: YearState) -> None:
    page = board_page(state, PLACES, WORDINGS)

    assert page.startswith("# 2021 年度报送情况：应报 37，已受理 34")
    order = re.findall(r"units/(\w+)\)", page)
    assert order[:3] == ["A02", "A04", "A05"]
    assert len(order) == 37


def test_a_row_has_state_reason_counts_and_links(state: YearState) -> None:
    page = board_page(state, PLACES, WORDINGS)

    assert row(page, "A02")[1:4] == ["**○ 未报**", "没有收到任何文件", ""]
    unit, word, why, _, errors, queries, notices, papers = row(page, "A03")
    assert unit.startswith("[A03 ")
    assert unit.endswith("(https://zwgk.example/2021/units/A03)")
    assert word == "✓ 已受理"
    assert "新报送未受理，原受理版本有效" in why
    assert "✕六类申请人之和 2 处、？逾期主动公开" in why
    assert (errors, queries, notices) == ("2", "1", "0")
    assert papers == (
        "[回执](https://zwgk.example/2021/receipts/A03.html) · [退回件](https://zwgk.example/2021/receipts/A03-returned.xlsx)"
    )


def test_what_was_not_written_is_not_linked(state: YearState) -> None:
    page = board_page(state, PLACES, WORDINGS)
    assert row(page, "A05")[-1] == ""
    assert "board.html" in page
    assert "report.html" not in page


def test_no_page_says_what_a_unit_wrote(state: YearState) -> None:
    pages = [
        board_page(state, PLACES, WORDINGS),
        matrix_page(state, WORDINGS),
        unit_page(state.unit("A03"), state, PLACES, WORDINGS),
        issue_page(state, OUTPUTS, {}, [], [], PLACES, WORDINGS),
    ]
    for page in pages:
        assert "报送表.xlsx" not in page  # a file's name is the unit's
        assert "合计 11" not in page


def test_unit_by_rule_leaves_out_what_is_settled_and_who_has_nothing(state: YearState) -> None:
    page = matrix_page(state, WORDINGS)

    assert "| 单位 | SHAPE | REQ-ROWSUM | DOC-LATE |" in page
    (a03,) = [line for line in page.splitlines() if line.startswith("| A03")]
    assert a03.endswith("|  | 2 | 1 |")
    assert "A06" not in page
    assert "- REQ-ROWSUM：六类申请人之和" in page


def test_a_units_page_has_its_history_newest_first(state: YearState) -> None:
    page = unit_page(state.unit("A03"), state, PLACES, WORDINGS)

    assert page.startswith("# 2021 年度 A03 ")
    rows = [line for line in page.splitlines() if re.match(r"\| \d", line)]
    assert [line.split("|")[1].strip() for line in rows] == ["2", "1"]
    assert "退回修改" in rows[0]
    assert "已受理（现行）" in rows[1]


def test_before_an_issue_one_sees_who_is_open_and_what_has_changed(state: YearState) -> None:
    issued = {
        "A01": {"files": [{"sha256": "1" * 64}], "number": 1, "issued_at": "2022-02-01T09:00:00+08:00", "by": "王主任"},
        "A05": {"files": [{"sha256": "9" * 64}], "number": 2, "issued_at": "2022-02-02T09:00:00+08:00", "by": "王主任"},
    }
    page = issue_page(
        state, OUTPUTS, issued, [Lack("UNIT-T01", "T01 没有受理的报送")], ["T01 东风街道：尚未决定"], PLACES, WORDINGS
    )

    assert "应报 37 个单位，已受理 34 个，未受理 3 个" in page
    assert "**尚有缺项 1 项，补齐之前不能签发**" in page
    assert "- **UNIT-T01**：T01 没有受理的报送" in page
    assert "首次签发 1 个单位，有变化 1 个，没有变化 1 个" in page
    assert "现在还不能正式签发，未了事项 1 项：\n\n- T01 东风街道：尚未决定" in page
    each = page.partition("## 逐单位")[2]
    assert row(each, "A01")[1:3] == ["没有变化", "第 1 次，2022-02-01 09:00，王主任"]
    assert row(each, "A03")[1] == "首次签发"
    assert row(each, "A05")[1] == "**有变化**"
    assert row(each, "A06")[1] == "没有可签发的材料"


def test_the_ranking_is_a_table_a_group(make: SimpleNamespace) -> None:
    profile = make.profile()
    page = ranking_page(make.assessment(A01="80", A02="90", T01=None), make.state(profile=profile), PLACES)
    assert page.count("| 名次 |") == 2
    assert page.index("units/A02") < page.index("units/A01") < page.index("units/T01")
    assert row(page, "A02")[:1] == ["1"]
    assert row(page, "T01")[2] == "未计分"
    assert "（征求意见稿 3 份）" in page


@pytest.mark.parametrize("said", ["a|b", "[x](javascript:y)", "<b>", "**", "一行\n另一行"])
def test_text_is_no_markup(said: str) -> None:
    shown = table(["甲"], [[text(said)]])
    assert len(shown.splitlines()) == 3
    assert not re.search(r"(?<!\\)[\[<*]", shown)
