"""The narrative against the tables: what contradicts is found with its cell, what can be read otherwise is left alone.

The texts are in tests/data/narrative; they are judged against one unit, 区民政局, and its year 2022.
"""

import copy
import json
from collections.abc import Callable, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml

from expectations.catalogue import load_catalogue
from expectations.frames.narrative import narrative_frame
from expectations.frames.shapes import ComparedValues, Facts, SubmissionUnderCheck
from expectations.ruleset import RuleSet
from gongkai.profile import Profile, Unit
from gongkai.submission.form import Submission
from gongkai.submission.narrative import own_names
from gongkai.submission.verdict import Status, Verdict
from gongkai.warehouse.years.last_year import Previous
from tests.unit.expectations.conftest import ON_TIME, of, put, read, register, sound

DATA = Path(__file__).parents[3] / "data"
TABLES = {
    "requests.granted.total": 9,
    "requests.partly_granted.total": 1,
    "requests.unavailable_not_held.total": 1,
    "proactive_disclosure.administrative_licences.decisions": 120,
    "proactive_disclosure.administrative_penalties.decisions": 36,
    "disputes.reconsideration.upheld": 2,
    "disputes.reconsideration.pending": 1,
    "disputes.reconsideration.total": 3,
    "disputes.litigation_direct.other_result": 1,
    "disputes.litigation_direct.total": 1,
    "disputes.litigation_after_reconsideration.pending": 0,
    "disputes.litigation_after_reconsideration.corrected": 1,
    "activities": {
        "portal_items": 255,
        "new_media_items": 120,
        "gazette_issues": 4,
        "press_conferences": 2,
        "training_sessions": 3,
        "training_attendees": 86,
        "processing_fees_yuan": "0",
    },
}
BUREAU = Unit(code="T01", name="社会救助", kind="area", level="department", authority="区民政局")
Judge = Callable[[str], list[tuple[str, Facts]]]


def _yaml(name: str) -> Any:
    return yaml.safe_load((DATA / "narrative" / f"{name}.yaml").read_text(encoding="utf-8"))


CLEAN: Sequence[str] = _yaml("clean")
CONTRADICTING: Sequence[dict[str, Any]] = _yaml("contradicting")


def submission(text: str = "", *, late: bool = False, year: int = 2022) -> Submission:
    document = sound(year=year)
    for where, value in TABLES.items():
        put(where, value)(document)
    rows = register()
    if late:
        rows[1]["replied_on"] = "2022-06-30"
    document |= {"narrative": {"overview": text}, "register": rows}
    found = read(document).submission
    assert found is not None
    return found


def last_year() -> Submission:
    found = read({**sound(year=2021)}).submission
    assert found is not None
    cells = {"requests.new_requests.total": 10, "requests.carried_in.total": 0}
    changed = (
        cell._replace(value=cells.get(f"{cell.table}.{cell.row}.{cell.column}", cell.value)) for cell in found.cells
    )
    return Submission(found.unit, found.year, tuple(changed))


def findings(entry: SubmissionUnderCheck, profile: Profile) -> list[tuple[str, Facts]]:
    """Rule and facts of every row that fails."""
    rows = narrative_frame.build([entry], profile.working_days(), RuleSet(profile.rules)).rows
    return [(rule, m.describe()) for row in rows for rule, m in row.measured.items() if _fails(rule, m)]


def _fails(rule: str, measured: ComparedValues) -> bool:
    check = load_catalogue().rule(rule).check
    assert check is not None
    if check.expect == "equal":
        return measured.left != measured.right
    return measured.left > measured.right if check.expect == "at_most" else measured.left < measured.right


@pytest.fixture(scope="module")
def said(profile: Profile) -> Judge:
    """What is found in a text of the bureau, one case of whose register was late."""
    previous = Previous(last_year(), 1, True)
    return lambda text: findings(
        SubmissionUnderCheck(0, submission(text, late=True), BUREAU, ON_TIME, previous), profile
    )


def test_there_are_enough_texts() -> None:
    assert len(CLEAN) >= 80
    assert len(CONTRADICTING) >= 60


@pytest.mark.parametrize("text", [text for text in CLEAN if "已全部按期答复" not in text])
def test_a_text_that_can_be_right_raises_nothing(text: str, said: Judge) -> None:
    assert [(rule, facts.values) for rule, facts in said(text)] == []


def test_all_clean_texts_together_raise_nothing_either(profile: Profile) -> None:
    for text in ("\n".join(CLEAN), "".join(CLEAN)):
        assert (
            findings(
                SubmissionUnderCheck(0, submission(text), BUREAU, ON_TIME, Previous(last_year(), 1, True)), profile
            )
            == []
        )


@pytest.mark.parametrize("case", CONTRADICTING, ids=lambda case: case["text"])
def test_a_contradiction_is_found_with_its_rule_its_cell_and_what_it_should_be(
    case: dict[str, Any], said: Judge
) -> None:
    ((rule, facts),) = said(case["text"])
    assert (rule, facts.expected) == (case["rule"], Decimal(case["expected"]))
    assert case["cell"] in facts.cells
    assert facts.where == "narrative.overview"
    assert facts.values["quote"] in case["text"]


def test_what_is_worked_out_names_cells_and_last_year_s_report_and_which_way_the_words_go(said: Judge) -> None:
    ((_, change),) = said("收到政府信息公开申请12件，较上年减少2件。")
    assert (change.values["words"], change.values["turn"], change.values["right"]) == ("减少2件", "增加", 2)
    assert change.values["named"] == "表三“一、本年新收政府信息公开申请数量”行“总计”列"
    assert change.values["last_report"] == "2021年度报告（第 1 版，已受理）"
    ((_, share),) = said("答复政府信息公开申请12件，予以公开9件，占70%。")
    assert share.values["named"] == "表三“（一）予以公开”行“总计”列"


def test_a_count_that_the_table_does_not_have_is_not_said_to_be_the_table_s(said: Judge) -> None:
    (count, share) = said("答复政府信息公开申请12件，予以公开8件，占70%。")
    assert (count[0], share[0], share[1].values["count"]) == ("TEXT-TABLE", "TEXT-RATE", 8)
    assert "named" not in share[1].values


def test_what_is_compared_with_last_year_is_what_the_count_is_this_year(said: Judge) -> None:
    """13 are the new cases and last year's; they were 10 then, while 12 cases were closed."""
    ((_, change),) = said("全年办理政府信息公开申请13件，同比增长50%。")
    assert (change.values["count"], change.values["base"], change.values["right"]) == (13, 10, 30)
    assert "上年结转" in str(change.values["named"])
    assert "requests.carried_in.total" in change.cells


def test_money_is_said_in_the_unit_of_the_words(said: Judge) -> None:
    ((_, fees),) = said("全年收取行政事业性收费92元。")
    assert fees.values["right"] == "920元"


@pytest.mark.parametrize(
    ("cell", "text", "right"),
    [
        ("91.36", "913618元", True),
        ("91.36", "913651元", False),
        ("91.3618", "913619元", False),
        ("0", "4000元", False),
    ],
)
def test_a_fee_in_yuan_is_right_when_the_table_rounds_it(cell: str, text: str, right: bool, profile: Profile) -> None:
    document = sound()
    put("proactive_disclosure.administrative_fees.amount_wan_yuan", cell)(document)
    said = read(document | {"narrative": {"overview": f"全年收取行政事业性收费{text}。"}}).submission
    assert said is not None
    assert (findings(SubmissionUnderCheck(0, said, BUREAU, ON_TIME), profile) == []) is right


def test_a_change_of_money_is_counted_in_the_unit_of_the_words(said: Judge) -> None:
    """Table two says 0.092 万元 in both years."""
    assert [facts.expected for _, facts in said("收取行政事业性收费920元，较上年增加0元，同比增长0%。")] == []
    ((_, more),) = said("收取行政事业性收费920元，较上年增加100元。")
    assert (more.values["count"], more.values["base"], more.values["right"]) == (920, 920, 0)


def test_a_statement_is_quoted_from_its_own_words_on(said: Judge) -> None:
    ((_, none),) = said("2022年，2022年区民政局未制发行政规范性文件。")
    assert none.values["statement"] == "未制发行政规范性文件"


@pytest.mark.parametrize(
    ("text", "wrong"), [("发布信息255条，同比增长30%", ["25"]), ("发布信息300条，同比增长30%", [])]
)
def test_a_change_of_a_working_figure_counts_from_last_year_s_unless_the_words_count_something_else(
    text: str, wrong: list[str], profile: Profile
) -> None:
    document = {**sound(year=2021), "activities": {"portal_items": 204}}
    last = read(document).submission
    assert last is not None
    entry = SubmissionUnderCheck(0, submission(f"通过政府门户网站{text}。"), BUREAU, ON_TIME, Previous(last, 1, True))
    rates = [str(facts.expected) for rule, facts in findings(entry, profile) if rule == "TEXT-RATE"]
    assert rates == wrong


def test_a_case_answered_in_time_makes_the_same_words_true(profile: Profile) -> None:
    text = "收到政府信息公开申请12件，均在法定期限内予以答复，已全部按期办结。"
    assert findings(SubmissionUnderCheck(0, submission(text), BUREAU, ON_TIME), profile) == []


@pytest.mark.parametrize(("closed", "rules"), [(12, []), (11, ["TEXT-SCOPE"])])
def test_all_are_closed_where_as_many_were_as_came_in_whatever_is_carried_on(
    closed: int, rules: list[str], profile: Profile
) -> None:
    document = sound()
    put("requests.outcome_total.total", closed)(document)
    said = read(document | {"narrative": {"overview": "收到政府信息公开申请12件，全部办结。"}}).submission
    assert said is not None
    assert [rule for rule, _ in findings(SubmissionUnderCheck(0, said, BUREAU, ON_TIME), profile)] == rules


def test_without_last_year_a_change_cannot_be_told(profile: Profile) -> None:
    text = "收到政府信息公开申请12件，同比增长90%。"
    assert findings(SubmissionUnderCheck(0, submission(text), BUREAU, ON_TIME), profile) == []


@pytest.mark.parametrize("written", ["8.3", "8.33", "8", "8.333"])
def test_a_share_may_be_rounded_or_cut_off_at_its_last_decimal(written: str, said: Judge) -> None:
    assert said(f"答复政府信息公开申请12件，不予公开1件，占{written}%。") == []


@pytest.mark.parametrize(
    ("level", "kind", "authority", "called"),
    [
        ("city", "area", "某某市人民政府", {"全市", "我市", "某某市政府"}),
        ("district", "area", "某某实验区管理委员会（全区汇总）", {"全区", "我区"}),
        ("district", "area", "某某县人民政府", {"全县", "全县各级行政机关", "我县各行政机关"}),
        ("city", "area", "某某市人民政府办公厅", {"市政府办公厅", "某某市政府办公厅"}),
        ("department", "area", "某某市示例区教育局", {"某某市示例区教育局", "市示例区教育局"}),
        ("town", "town", "石桥镇人民政府", {"石桥镇", "石桥镇政府", "镇政府"}),
        ("town", "town", "东河街道办事处", {"东河街道", "街道办事处"}),
    ],
)
def test_a_unit_goes_by_several_names(level: Any, kind: Any, authority: str, called: set[str]) -> None:
    assert called <= set(own_names(Unit(code="X", name="某某", kind=kind, level=level, authority=authority)))


def test_another_town_s_office_is_not_taken_for_the_town_s_own(profile: Profile) -> None:
    town = Unit(code="T01", name="东河街道", kind="town", level="town", authority="东河街道办事处")
    for text, found in (("西河街道办事处", 0), ("街道办事处", 1)):
        said = submission(f"{text}公开工作规范。全年收到政府信息公开申请45件。")
        assert len(findings(SubmissionUnderCheck(0, said, town, ON_TIME), profile)) == found


def test_an_office_of_the_district_does_not_speak_for_the_whole() -> None:
    office = Unit(code="OFFICE", name="区政府办公室", kind="office", level="district", authority="区政府办公室")
    assert "全区" not in own_names(office)


# ── published figures, with sentences of our own ──


def _published(number: str) -> Submission:
    (path,) = (DATA / "published").glob(f"{number}_*.json")
    facts = json.loads(path.read_text(encoding="utf-8"))
    document = {"schema": "gongkai/submission/1", "unit": "T01", "tables": facts["tables"]}
    found = read({**document, "year": facts["about"]["year"]}).submission
    assert found is not None
    return found


def _of_authority(number: str, text: str, profile: Profile, last: str | None = None) -> list[tuple[str, Facts]]:
    (path,) = (DATA / "published").glob(f"{number}_*.json")
    about = json.loads(path.read_text(encoding="utf-8"))["about"]
    unit = Unit(code="T01", name="本级", kind="area", level=about["level"], authority=about["authority"])
    figures = _published(number)
    cells = (*figures.cells, *submission(text).cells[-1:])
    without_lists = Submission(
        "T01", figures.year, tuple(c for c in cells if c.table not in ("activities", "register"))
    )
    overview = next(c for c in submission(text).cells if c.table == "narrative")
    without_lists = Submission("T01", figures.year, (*without_lists.cells, overview))
    previous = Previous(_published(last), 1, True) if last else None
    return findings(SubmissionUnderCheck(0, without_lists, unit, ON_TIME, previous), profile)


def _short(found: list[tuple[str, Facts]]) -> list[tuple[str, Any, Any]]:
    return [(rule, facts.observed, facts.expected) for rule, facts in found]


def test_008_counts_and_a_share_that_fall_short_of_rows_whose_totals_are_blank(profile: Profile) -> None:
    text = (
        "市政府办公厅代表市政府受理政府信息公开申请859件，共答复政府信息公开申请805件（含上年度结转18件），72件申请结转下年度。\n"
        "予以公开和部分公开258件，占33.9%；不予公开35件，占4.34%；无法提供265件，占32.9%；不予处理158件，占19.6%。\n"
        "因信息公开引发的行政复议7件、诉讼9件，均被维持。"
    )
    assert _short(_of_authority("008", text, profile)) == [
        ("TEXT-TABLE", 258, 275),
        ("TEXT-RATE", Decimal("33.9"), Decimal("32.05")),
        ("TEXT-TABLE", 265, 337),
        ("TEXT-SCOPE", 0, 3),
    ]
    (_, first), *_ = _of_authority("008", text, profile)
    assert first.values["right"] == "至少 275"


def test_005_disputes_that_leave_out_the_pending_ones_and_a_growth_that_does_not_come_out(profile: Profile) -> None:
    text = (
        "2024年，全市收办政府信息公开申请3646件，比上年增长1.05%；其中予以公开1431件、部分公开471件、不予公开92件、"
        "无法提供941件、不予处理117件、作其他处理469件、结转下年度继续办理125件。\n"
        "全市发生政府信息公开类行政复议134件、行政诉讼57件。"
    )
    found = _of_authority("005", text, profile, last="004")
    assert _short(found) == [
        ("TEXT-RATE", Decimal("1.05"), Decimal("1.08")),
        ("TEXT-SCOPE", 134, 170),
        ("TEXT-SCOPE", 57, 77),
    ]
    assert "已审结" in str(found[1][1].values["counted"])


def test_004_received_and_carried_in_are_one_figure_and_the_parts_are_other_bodies(profile: Profile) -> None:
    text = (
        "全市收办政府信息公开申请3607件（市政府349件、市各部门933件、某县477件、某区216件、某开发区55件）。"
        "自然人申请3493件，法人或其他组织申请114件；予以公开1191件、部分公开328件、不予公开142件、无法提供1078件、"
        "不予处理406件、其他处理341件、结转下年度121件。对25件申请收取信息处理费2950元。"
    )
    assert _of_authority("004", text, profile) == []


def test_017_received_with_the_one_carried_in_is_asked_about_once(profile: Profile) -> None:
    text = (
        "2022年，全区接收政府信息公开申请75件，其中自然人72件、商业企业3件，均在法定期限内答复，办结率100%。"
        "因政府信息公开引发行政诉讼1件、行政复议2件，均已结案。制发规范性文件88件，现行有效698件。"
    )
    ((rule, facts),) = _of_authority("017", text, profile)
    assert (rule, facts.observed, facts.expected) == ("TEXT-SCOPE", 75, 74)
    assert facts.values["counted"] == "新收与上年结转之和"


def test_016_and_002_are_right(profile: Profile) -> None:
    text = "本年度全区收到政府信息公开申请70件，办结69件，1件结转下年度继续办理。"
    assert _of_authority("016", text, profile) == []
    assert _of_authority("002", "2023年我区受理政府信息公开申请21件，均在法定期限内答复。", profile) == []


# ── the whole way ──


def test_findings_quote_the_sentence_and_name_the_cell_and_a_query_is_settled(
    judge: Callable[..., Verdict],
) -> None:
    document = sound()
    document["narrative"] = {"overview": "共收到政府信息公开申请15件。", "other_matters": "局本级制发规范性文件9件。"}
    document["explanations"] = [{"finding": "TEXT-SCOPE", "where": "narrative.other_matters", "reason": "other_scope"}]
    verdict = judge(read(copy.deepcopy(document)))
    (differs,), (query,) = of(verdict, "TEXT-TABLE"), of(verdict, "TEXT-SCOPE")
    assert differs.message == (
        "“文字部分”的“一、总体情况”写“15件”，表三“一、本年新收政府信息公开申请数量”行“总计”列为 12，相差 3。"
        "原句：“共收到政府信息公开申请15件”。请核对这句话和所说的数字，改正有误的一处；两处都属实的，请在“疑点说明”中选择理由。"
    )
    assert differs.cells == ("narrative.overview", "requests.new_requests.total")
    assert "说的是“局本级”；表格是本单位的数" in query.message
    assert (query.settled_by, verdict.status) == ("other_scope", Status.RETURNED)


def test_two_queries_in_one_text_are_settled_by_two_explanations(judge: Callable[..., Verdict]) -> None:
    document = sound()
    document["narrative"] = {"overview": "局本级收到政府信息公开申请90件，局本级制发规范性文件9件。"}
    one = {"finding": "TEXT-SCOPE", "where": "narrative.overview", "reason": "other_scope"}
    document["explanations"] = [one]
    assert [f.settled_by for f in of(judge(read(copy.deepcopy(document))), "TEXT-SCOPE")] == ["other_scope", None]
    document["explanations"] = [one, one]
    verdict = judge(read(document))
    assert [f.settled_by for f in of(verdict, "TEXT-SCOPE")] == ["other_scope", "other_scope"]
    assert verdict.status is Status.ACCEPTED
