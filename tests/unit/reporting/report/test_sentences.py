"""The sentences as data: each rests on a submitted fact, none is printed with a hole or without what it asserts."""

from collections import defaultdict
from typing import Any

import pytest

from gongkai.errors import ConfigurationError
from gongkai.national_format import for_year
from gongkai.profile import Profile, load_profile
from gongkai.profile.report import ReportHeading, ReportSettings
from gongkai.reporting.report.words import chosen_sentences
from gongkai.reporting.report.words.beside_last_year import in_words
from gongkai.reporting.report.words.chosen_sentences import conditions, sentence_file, write_paragraphs
from gongkai.reporting.report.words.printed_facts import fill, names_in
from gongkai.reporting.report.words.section_layout import check_wording, headings
from gongkai.reporting.report.words.sheet import PROFILE, FactSheet
from gongkai.reporting.report.words.traced_text import plain
from tests.golden.report.conftest import Year

EVERY = list(sentence_file().sentences())


@pytest.fixture(scope="module")
def names() -> FactSheet:
    """The names of all facts with their sources; what they are worth does not matter here."""
    return Year().report.facts


def known(sheet: FactSheet, **facts: Any) -> FactSheet:
    """Nothing submitted but what is given, and what the registry and the law say."""
    profile = {name: sheet.values[name] for name, source in sheet.sources.items() if source == PROFILE}
    return FactSheet({**dict.fromkeys(sheet.values), **profile, **facts}, sheet.sources)


def said(place: str, sheet: FactSheet, own: str = "", **wording: str) -> str:
    return "".join(one.text for paragraph in write_paragraphs(place, sheet, own, wording) for one in paragraph)


@pytest.mark.parametrize("sentence", EVERY, ids=lambda one: one.id)
def test_a_sentence_rests_on_submitted_facts_or_says_only_what_the_registry_says(
    sentence: chosen_sentences.SentenceTemplate, names: FactSheet
) -> None:
    asserted = sentence.needs | conditions(sentence.when)
    assert asserted <= set(names.values), sentence.id
    if sentence.of_profile:
        assert not any(names.submitted(name) for name in asserted)
    else:
        assert any(names.submitted(name) for name in sentence.needs)


def test_ids_are_unique() -> None:
    assert len({one.id for one in EVERY}) == len(EVERY)


def test_a_sentence_that_names_no_fact_is_refused_when_the_file_is_read() -> None:
    with pytest.raises(ConfigurationError, match="steps 没有写明它依据的报送事实"):
        chosen_sentences._sentence({"id": "steps", "text": "申请办理分五个环节进行。"})


@pytest.mark.parametrize("given", [defaultdict(lambda: None), defaultdict(int), defaultdict(lambda: 3)])
def test_no_sentence_fails_whatever_was_submitted(given: defaultdict[str, Any], names: FactSheet) -> None:
    sheet = known(names, **{name: given[name] for name in names.values if names.submitted(name)})
    for place in sentence_file().places:
        said(place, sheet)


def test_nothing_submitted_asserts_nothing(names: FactSheet) -> None:
    assert {place for place in sentence_file().places if said(place, known(names))} == {"preface"}


def test_a_year_without_registers_claims_no_stages_no_average_and_no_time(names: FactSheet) -> None:
    text = said("reply_time", known(names, requests_handled=5, requests_new=5))
    assert text == ""


def test_units_are_told_only_where_cards_were_issued(names: FactSheet) -> None:
    assert said("accountability", known(names, units_inspected=36)) == "对36家单位开展政务公开年度考核。"
    told = said("accountability", known(names, units_inspected=36, units_told=36))
    assert "得分和逐项理由已向36家被考核单位反馈" in told
    assert said("accountability", known(names, units_told=36)) == ""


def test_the_districts_portal_replaces_the_sum(names: FactSheet) -> None:
    text = said("disclosure", known(names, portal_items_district=10582, office_portal_items=255))
    assert "全区通过政府门户网站主动公开政府信息10582条" in text
    assert "255" not in text


def test_an_average_speaks_of_the_district_only_where_every_unit_with_requests_has_a_register(names: FactSheet) -> None:
    facts = {
        "average_days": "7.29",
        "cases_closed": 8,
        "cases_overdue": 0,
        "cases_on_time": 8,
        "on_time_percent": "100",
    }
    assert "台账登记的8件办结申请平均答复用时7.29个工作日" in said(
        "reply_time", known(names, register_covers_all=0, **facts)
    )
    assert "全区平均答复用时7.29个工作日" in said("reply_time", known(names, register_covers_all=1, **facts))


def test_a_slower_average_is_no_shortening(names: FactSheet) -> None:
    slow = known(names, average_days="21.00", shortening_percent=-5, register_covers_all=1)
    assert said("reply_time", slow) == "全区平均答复用时21.00个工作日。"


def test_zero_is_said_in_words(names: FactSheet) -> None:
    text = said(
        "management",
        known(names, normative_issued=0, normative_issued_change="", normative_repealed=0, normative_in_force=9),
    )
    assert "未制发行政规范性文件，未废止行政规范性文件，年末现行有效的行政规范性文件9件" in text


def test_section_five_names_problems_only(names: FactSheet) -> None:
    assert said("problems", known(names, cases_overdue=0, disputes_corrected=0, rectifications_open=0)) == ""
    assert "8件申请未在法定期限内办结" in said("problems", known(names, cases_overdue=8))


def test_a_sentence_stays_away_where_the_office_says_it_itself(names: FactSheet) -> None:
    held = known(names, office_press_conferences=4)
    assert "服务保障新闻发布会4场" in said("disclosure", held)
    assert said("disclosure", held, own="服务保障疫情防控新闻发布会4场。") == ""


def test_a_profile_words_a_sentence_its_own_way_or_leaves_it_out(names: FactSheet) -> None:
    held = known(names, office_press_conferences=4)
    assert said("disclosure", held, press="全年发布会{office_press_conferences}场。") == "全年发布会4场。"
    assert said("disclosure", held, press="") == ""
    assert said("disclosure", known(names), press="全年发布会若干场。") == ""  # it asserts what it asserted


def settings(**values: Any) -> Profile:
    return load_profile().model_copy(update={"report": ReportSettings(**values)})


def test_what_a_profile_names_and_there_is_not_is_refused_with_the_nearest() -> None:
    with pytest.raises(ConfigurationError, match=r"没有编号为 pres 的语句，是否为 press.*office_pres_conferences"):
        check_wording(settings(sentences={"pres": "x{office_pres_conferences}"}))
    topics = tuple(topic for topic in sentence_file().covers if topic != "requests")
    one_missing = settings(headings=(ReportHeading(heading="（一）全部", topics=topics),))
    with pytest.raises(ConfigurationError, match="requests 没有放在任何标题下"):
        check_wording(one_missing)
    check_wording(load_profile())


def test_the_headings_are_the_references_up_to_2021_and_the_national_ones_from_2022() -> None:
    profile = load_profile()
    assert [one.heading for one in headings(profile, 2021)] == [
        "（一）主动公开", "（二）标准化规范化与依申请公开", "（三）指导与督办考核",
    ]  # fmt: skip
    assert [one.heading[3:] for one in headings(profile, 2022)] == [
        "主动公开", "依申请公开", "政府信息管理", "政府信息公开平台建设", "监督保障",
    ]  # fmt: skip


@pytest.mark.parametrize("key", ["reference", "national"])
def test_every_topic_stands_once_and_every_subtopic_of_the_format_is_covered(key: str) -> None:
    placed = [topic for one in sentence_file().headings[key] for topic in one.topics]
    assert sorted(placed) == sorted(sentence_file().covers)
    covered = {sub for covers in sentence_file().covers.values() for sub in covers}
    assert covered == set(for_year(2021).sections[0].subtopics)


@pytest.mark.parametrize(
    ("now", "before", "words"),
    [
        (430, 421, "（比上年增加9件，增长2.14%）"),
        (12, 19, "（比上年减少7件）"),
        (3, 3, "（与上年持平）"),
        (5, 0, "（比上年增加5件）"),
    ],
)
def test_a_change_is_said_in_words_and_as_a_share_only_of_a_base_that_carries_one(
    now: int, before: int, words: str
) -> None:
    assert plain(in_words(now, before, "件", "requests.new_requests.total")) == words


def test_braces_hold_names_of_facts() -> None:
    facts = FactSheet({"repealed": 0, "licences": 3})
    assert fill("{repealed:废止#件|未废止}，{licences}", facts) == "未废止，3"
    with pytest.raises(ValueError, match="花括号"):
        names_in("{0}")
