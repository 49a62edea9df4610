"""The findings pages: what is wrong where, by rule and by unit, in what hangs together and in what must not."""

import json
import re
from pathlib import Path
from types import SimpleNamespace

import pytest

from gongkai.findings import Severity
from gongkai.reporting.findings.kinds import FindingKind
from gongkai.reporting.findings.matrix import parts_of
from gongkai.reporting.findings.view import DistrictFindings, district_view
from gongkai.reporting.findings.writer import unit_view, write_findings
from gongkai.reporting.shared.wording import Wording
from gongkai.submission.inspection.entry import InspectionEntry
from gongkai.submission.verdict import NotApplied, Status
from gongkai.warehouse.records import YearState

WORDINGS = {
    "SHAPE": Wording("无法识别", "报送", "报送数据格式", "重新报送。"),
    "BLANK": Wording("必填项未填", "完整", "年度报告格式", "零填 0。"),
    "REQ-ROWSUM": Wording("六类申请人之和", "勾稽", "年度报告格式，表三", "各分项之和等于总计。"),
    "DOC-LATE": Wording("逾期主动公开", "清单", "条例第二十六条", "20 个工作日。", {"late": "确属逾期，已整改"}),
    "STALE": Wording("没有更新", "清单", "考核方案", "每年核对。"),
}


def late(make: SimpleNamespace, settled_by: str | None = None):
    return make.finding("DOC-LATE", Severity.QUERY, where="documents[一号].published_on", settled_by=settled_by)


def mixed(make: SimpleNamespace) -> YearState:
    """A01: error, then corrected. A02: nothing sent. A03: returned after an accepted one. A04: unreadable.
    A05: one query open, one explained. A06: a notice. Everybody else is accepted without a word."""
    unreadable = make.verdict(
        make.finding("SHAPE", where="-", sheet=None, cell=None),
        status=Status.QUARANTINED,
        not_applied=(NotApplied("REQ-ROWSUM", "不能读取"), NotApplied("DOC-LATE", "不能读取")),
    )
    wrong = make.verdict(make.finding(), make.finding(where="requests.refused_repeat.total"))
    fine = make.verdict()
    return make.state(
        {
            "A01": (make.revision("A01", wrong), make.revision("A01", fine, 2)),
            "A02": (),
            "A03": (make.revision("A03", fine), make.revision("A03", wrong, 2)),
            "A04": (make.revision("A04", unreadable),),
            "A05": (make.revision("A05", make.verdict(late(make), late(make, "late"))),),
            "A06": (make.revision("A06", make.verdict(make.finding("STALE", Severity.NOTICE))),),
        }
    )


def written(state: YearState, folder: Path) -> dict[str, str]:
    paths = write_findings(state, "b" * 64, WORDINGS, folder)
    return {path.name: path.read_text(encoding="utf-8") for path in paths}


def row(view: DistrictFindings, code: str) -> dict[str, str]:
    """A unit's row of the matrix: rule → what its cell says."""
    found = next(row for row in view.matrices[0].rows if row.code == code)
    return {cell.kind.rule: cell.text for cell in found.cells}


def test_head_counts_what_is_open_in_the_latest_submissions(make: SimpleNamespace) -> None:
    view = district_view(mixed(make), WORDINGS)

    counts = {one.severity.word: (one.count, one.units) for one in view.counts.open}
    assert counts == {"错误": (3, 2), "疑点": (1, 1), "提示": (1, 1)}
    assert (view.counts.explained, view.counts.waived, view.reported, view.expected) == (1, 0, 36, 37)


def test_head_names_the_units_to_call_by_the_worst_they_have(make: SimpleNamespace) -> None:
    view = district_view(mixed(make), WORDINGS)

    groups = {group.word: [(one.code, one.count) for one in group.members] for group in view.groups}
    assert groups == {"有错误": [("A03", 2), ("A04", 1)], "只有疑点": [("A05", 1)], "未报": [("A02", 0)]}


def test_common_mistakes_look_at_the_whole_year_and_say_who_has_them_still(make: SimpleNamespace) -> None:
    """A01 has corrected its error since: it was made by two units and stands at one. An explanation is no mistake."""
    common = district_view(mixed(make), WORDINGS).common

    rows = [(row.kind.rule, row.units, row.still_units, row.still) for row in common]
    assert rows == [("REQ-ROWSUM", 2, 1, 2), ("SHAPE", 1, 1, 1), ("DOC-LATE", 1, 1, 1)]


def test_rules_stand_by_family_and_errors_first_in_the_order_of_the_catalogue(make: SimpleNamespace) -> None:
    matrix = district_view(mixed(make), WORDINGS).matrices[0]

    assert [kind.rule for kind in matrix.kinds] == ["SHAPE", "REQ-ROWSUM", "DOC-LATE", "STALE"]
    heads = [(head.kind.sign, head.kind.family, head.span) for head in matrix.heads]
    assert heads == [("✕", "报送", 1), ("✕", "勾稽", 1), ("？", "清单", 1), ("·", "清单", 1)]
    assert [(kind.rule, count) for kind, count in matrix.hits] == [
        ("SHAPE", 1),
        ("REQ-ROWSUM", 1),
        ("DOC-LATE", 1),
        ("STALE", 1),
    ]


def test_cells_tell_open_settled_none_and_not_checked_apart(make: SimpleNamespace) -> None:
    view = district_view(mixed(make), WORDINGS)

    assert row(view, "A01") == {"SHAPE": "0", "REQ-ROWSUM": "0", "DOC-LATE": "0", "STALE": "0"}
    assert row(view, "A03")["REQ-ROWSUM"] == "2"
    assert row(view, "A04") == {"SHAPE": "1", "REQ-ROWSUM": "—", "DOC-LATE": "—", "STALE": "0"}
    assert row(view, "A05")["DOC-LATE"] == "1（1）"
    assert row(view, "A02") == {}


def test_every_unit_is_a_row_in_registry_order_also_when_it_sent_nothing(make: SimpleNamespace, tmp_path: Path) -> None:
    pages = written(mixed(make), tmp_path)

    codes = re.findall(r'<tr class="of u-(\w+)"><td class="nowrap">', pages["index.html"])
    assert codes == [unit.code for unit in make.profile().units]
    assert ">未报</td></tr>" in pages["index.html"]
    assert "所列为第 2 次报送；第 1 次已受理，仍然有效" in pages["index.html"]
    assert "A02.html" not in pages


def test_a_finding_is_printed_with_place_values_rule_source_and_settlement(
    make: SimpleNamespace, tmp_path: Path
) -> None:
    pages = written(mixed(make), tmp_path)

    for name in ("index.html", "A03.html"):
        html = pages[name]
        assert 'id="REQ-ROWSUM-error"' in html
        assert "六类申请人之和" in html
        assert "依据：年度报告格式，表三" in html
        assert "表三“（一）予以公开”行“总计”列 <b>H9</b>" in html
        assert '<td class="value">12</td><td class="value">11</td><td class="value">1</td>' in html
    assert "已说明：确属逾期，已整改" in pages["A05.html"]
    assert "待处理" in pages["A05.html"]
    assert "供参考" in pages["A06.html"]


def test_a_waived_finding_says_who_let_it_pass(make: SimpleNamespace, tmp_path: Path) -> None:
    state = make.state({"A01": (make.revision("A01", make.verdict(make.finding(settled_by="waiver:W1"))),)})
    entry = InspectionEntry(id="W1", unit="A01", kind="waiver", by="李主任", reason="系统改版")
    state = YearState(**{**{key: getattr(state, key) for key in state.__dataclass_fields__}, "inspections": (entry,)})

    pages = written(state, tmp_path)

    assert "已豁免：李主任，系统改版，未定截止日期" in pages["A01.html"]
    assert row(district_view(state, WORDINGS), "A01")["REQ-ROWSUM"] == "（1）"


def test_a_long_series_of_blanks_is_one_line_with_its_cells(make: SimpleNamespace, tmp_path: Path) -> None:
    columns = ("natural_person", "commercial_enterprise", "research_institution", "other_org")
    blanks = [
        make.finding(
            "BLANK", message="没有填写", where=f"requests.granted.{column}", column=column, cell=f"{'DEFI'[n]}8",
            observed=None, expected="整数", difference=None,
        )
        for n, column in enumerate(columns)
    ]  # fmt: skip
    state = make.state({"A01": (make.revision("A01", make.verdict(*blanks)),)})

    html = written(state, tmp_path)["A01.html"]

    assert html.count("D8:F8、I8 4 格") == 1
    assert "4 处" in html


def test_a_units_page_shows_how_each_rule_went_from_submission_to_submission(make: SimpleNamespace) -> None:
    state = mixed(make)

    view = unit_view(state.unit("A01"), state, WORDINGS)

    assert [(one.kind.rule, [cell.text for cell in one.cells]) for one in view.rows] == [("REQ-ROWSUM", ["2", "0"])]
    assert view.sections == ()


def test_nothing_of_another_unit_is_in_a_units_page(make: SimpleNamespace, tmp_path: Path) -> None:
    state = make.state(
        {
            code: (make.revision(code, make.verdict(make.finding(message=f"只有{code}知道。", observed=f"值{code}"))),)
            for code in ("A01", "A02", "T01")
        }
    )

    pages = written(state, tmp_path)

    for code in ("A01", "A02", "T01"):
        for other in {"A01", "A02", "T01"} - {code}:
            assert other not in pages[f"{code}.html"]
        assert f"只有{code}知道。" in pages[f"{code}.html"]
        assert f"只有{code}知道。" in pages["index.html"]


def test_every_link_and_every_filter_leads_somewhere(make: SimpleNamespace, tmp_path: Path) -> None:
    pages = written(mixed(make), tmp_path)

    for html in (page for name, page in pages.items() if name.endswith(".html")):
        anchors = set(re.findall(r'id="([^"]+)"', html))
        assert set(re.findall(r'href="#([^"]+)"', html)) <= anchors
        assert set(re.findall(r'href="([^"#/]+)"', html)) <= set(pages)
        options = set(re.findall(r'option value="([^"]+)"', html))
        classes = {name for value in re.findall(r'class="([^"]+)"', html) for name in value.split()}
        assert options <= classes
    index = pages["index.html"]
    assert set(re.findall(r'option value="(u-[^"]+)"', index)) == {"u-A03", "u-A04", "u-A05", "u-A06"}
    assert '.filter:has(option[value="u-A05"]:checked) + .filtered .of:not(.u-A05) { display: none; }' in index


def test_pages_fetch_nothing_and_run_no_script(make: SimpleNamespace, tmp_path: Path) -> None:
    for html in written(mixed(make), tmp_path).values():
        assert "<script" not in html
        assert not re.findall(r"""(?:src|href)=["']?https?:|url\(|@import""", html)


def test_hostile_text_in_a_file_is_printed_as_it_stands(make: SimpleNamespace, tmp_path: Path) -> None:
    nasty = "<script>alert(1)</script>"
    finding = make.finding(message=nasty, observed=nasty, cell='H"><b>9', sheet=nasty, where=f"register[{nasty}].x")
    state = make.state({"A01": (make.revision("A01", make.verdict(finding)),)})

    pages = written(state, tmp_path)

    for name in ("index.html", "A01.html"):
        assert "<script" not in pages[name]
        assert pages[name].count("&lt;script&gt;alert(1)&lt;/script&gt;") >= 4
    assert json.loads(pages["findings.json"])["findings"][0]["observed"] == nasty


def test_the_list_has_a_row_for_each_finding(make: SimpleNamespace, tmp_path: Path) -> None:
    listed = json.loads(written(mixed(make), tmp_path)["findings.json"])

    rows = [(row["unit"], row["revision"], row["rule"], row["settlement"]) for row in listed["findings"]]
    assert rows == [
        ("A03", 2, "REQ-ROWSUM", "open"),
        ("A03", 2, "REQ-ROWSUM", "open"),
        ("A04", 1, "SHAPE", "open"),
        ("A05", 1, "DOC-LATE", "open"),
        ("A05", 1, "DOC-LATE", "explained"),
        ("A06", 1, "STALE", "open"),
    ]
    first = listed["findings"][0]
    assert (first["family"], first["source"], first["place"]) == (
        "勾稽",
        "年度报告格式，表三",
        "表三“（一）予以公开”行“总计”列",
    )


def test_a_rule_that_the_catalogue_no_longer_knows_is_shown_by_its_id(make: SimpleNamespace, tmp_path: Path) -> None:
    """An old year keeps its verdicts when the catalogue changes."""
    state = make.state({"A01": (make.revision("A01", make.verdict(make.finding("OLD-RULE"), make.finding())),)})

    kinds = district_view(state, WORDINGS).matrices[0].kinds

    assert [(kind.rule, kind.family) for kind in kinds] == [("REQ-ROWSUM", "勾稽"), ("OLD-RULE", "其他")]
    assert "OLD-RULE" in written(state, tmp_path)["index.html"]


def test_a_year_without_findings_says_so_and_has_no_matrix(make: SimpleNamespace, tmp_path: Path) -> None:
    pages = written(make.state(), tmp_path)

    assert "✓ 全部 37 个单位最近一次报送都没有待处理的错误和疑点。" in pages["index.html"]
    assert "✓ 第 1 次报送没有错误、疑点和提示。" in pages["A01.html"]
    assert 'class="matrix"' not in pages["index.html"]
    assert "<select" not in pages["index.html"]


def test_a_year_in_which_nobody_sent_anything_claims_nothing(make: SimpleNamespace, tmp_path: Path) -> None:
    pages = written(make.state({unit.code: () for unit in make.profile().units}), tmp_path)

    assert set(pages) == {"index.html", "findings.json"}
    assert "还没有单位报送。" in pages["index.html"]
    assert "✓" not in pages["index.html"]


def test_a_district_of_one_unit_has_its_pages(make: SimpleNamespace, tmp_path: Path) -> None:
    profile = make.profile()
    profile = profile.model_copy(update={"units": profile.units[:1]})

    pages = written(
        make.state({"A01": (make.revision("A01", make.verdict(make.finding())),)}, profile=profile), tmp_path
    )

    assert set(pages) == {"index.html", "A01.html", "findings.json"}


@pytest.mark.parametrize(
    ("families", "parts"),
    [
        ([4, 3, 2], [4, 5]),
        ([5, 5], [5, 5]),
        ([13], [5, 5, 3]),
        ([3, 12, 2], [3, 5, 5, 4]),
        ([], []),
    ],
)
def test_many_rules_are_split_between_families_where_that_fits(families: list[int], parts: list[int]) -> None:
    kinds = [
        FindingKind(f"R{family}-{n}", Severity.ERROR, Wording("", f"门类{family}"), family)
        for family, size in enumerate(families)
        for n in range(size)
    ]

    found = parts_of(kinds, most=5)

    assert [len(part) for part in found] == parts
    assert [kind for part in found for kind in part] == kinds
