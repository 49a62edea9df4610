"""Claims: which words pin which cells, and which words before a figure take it away from the unit or the year."""

import pytest

from gongkai.national_format import for_year
from gongkai.submission.fields import groups
from gongkai.submission.narrative import Names, read
from gongkai.submission.narrative.amounts import terms_of
from gongkai.submission.narrative.lexicon_file import lexicon

NAMES = Names(2022, ("区民政局",))


def figures(text: str) -> list[tuple[str, str]]:
    return [(claim.words, claim.means[0] if claim.means else claim.kind) for claim in read(text, NAMES)]


NEW, OUT = "requests.new_requests.total", "requests.outcome_total.total"


def test_a_figure_is_bound_by_all_words_of_its_clause() -> None:
    assert figures("2022年，区民政局共收到政府信息公开申请12件，办结11件") == [("12件", NEW), ("11件", OUT)]
    assert figures("区民政局共收到村民的政府信息公开申请12件") == []
    assert figures("共收到政府信息公开申请12件次品") == []


@pytest.mark.parametrize(
    "before",
    [
        "去年，",
        "2019年，",
        "上半年，",
        "1至6月，",
        "2021年，",
        "区教育局做法突出，",
        "其中，区殡葬服务中心较多，",
        "在社会救助领域，",
        "今后，",
        "力争明年做到，",
    ],
)
def test_words_of_another_time_or_body_take_a_figure_away_until_the_sentence_ends(before: str) -> None:
    assert figures(f"{before}收到政府信息公开申请12件，办结11件") == []


@pytest.mark.parametrize("between", ["2022年", "本年度"])
def test_the_year_s_own_words_bring_it_back(between: str) -> None:
    assert figures(f"去年收到政府信息公开申请10件，{between}收到政府信息公开申请12件") == [("12件", NEW)]


def test_another_body_that_begins_a_sentence_speaks_for_the_paragraph_until_the_unit_does() -> None:
    text = "区教育局公开工作规范。全年收到政府信息公开申请45件。"
    assert figures(text) == []
    assert figures(f"{text}我局收到政府信息公开申请12件。") == [("12件", NEW)]
    assert figures(f"{text}\n全年收到政府信息公开申请12件。") == [("12件", NEW)]


def test_plans_hold_for_the_paragraph() -> None:
    assert figures("下一步，加强培训。举办政务公开培训5场。") == []
    assert figures("下一步，加强培训。\n举办政务公开培训5场。") == [("5场", "activities.training_sessions")]


def test_a_short_phrase_needs_the_figure_before_it_to_be_understood() -> None:
    assert figures("收到网络申请8件，办结8件") == []
    assert figures("清理规范性文件9件，废止3件") == []
    assert figures("制发规范性文件2件，废止3件")[1] == ("3件", "proactive_disclosure.normative_documents.repealed")


def test_an_outcome_that_is_broken_down_may_count_another_row_too() -> None:
    assert [words for words, _ in figures("办结政府信息公开申请12件，予以公开10件，其中部分公开1件")] == ["12件"]


def test_an_outcome_that_is_broken_down_into_its_own_rows_is_that_outcome() -> None:
    text = "办结政府信息公开申请12件，不予公开3件，其中国家秘密1件、过程性信息2件，无法提供1件"
    assert [means.split(".")[1] for _, means in figures(text)] == [
        "outcome_total",
        "refused_*",
        "refused_state_secret",
        "refused_process_info",
        "unavailable_*",
    ]


def test_a_reason_of_a_refusal_is_its_row_only_behind_the_refusals() -> None:
    assert figures("办结政府信息公开申请12件，部分公开3件，涉及第三方合法权益2件")[2:] == []


@pytest.mark.parametrize(
    ("text", "understood"),
    [
        ("依申请公开情况。全年收到申请12件", True),
        ("（二）依申请公开\n全年收到申请12件", True),
        ("依申请公开。推进审批提速。全年收到申请12件", False),
        ("主动公开情况。全年收到申请12件", False),
    ],
)
def test_a_sentence_that_only_names_requests_says_whose_applications_the_next_one_counts(
    text: str, understood: bool
) -> None:
    assert figures(text) == ([("12件", NEW)] if understood else [])


def test_requests_go_on_in_the_next_sentence_until_something_else_is_said() -> None:
    assert figures("收到政府信息公开申请12件。办结11件") == [("12件", NEW), ("11件", OUT)]
    assert figures("收到政府信息公开申请12件。推进审批提速。办结11件") == [("12件", NEW)]
    assert figures("推进审批提速。办结11件") == []


def test_a_heading_of_applicants_needs_requests_before_it() -> None:
    people = ("8件", "requests.new_requests.natural_person")
    assert figures("收到政府信息公开申请12件。从申请人类型看，自然人8件") == [("12件", NEW), people]
    assert figures("从申请人类型看，自然人8件") == []


def test_a_change_may_be_said_once_more_but_not_of_another_figure() -> None:
    assert figures("收到政府信息公开申请12件，同比增加2件，增长20%")[1:] == [
        ("增加2件", "change"),
        ("增长20%", "change"),
    ]
    assert figures("收到政府信息公开申请12件，增长20%") == [("12件", NEW)]


def test_the_rest_of_a_list_is_the_rest_of_its_own_list_only() -> None:
    people = "收到政府信息公开申请12件，其中自然人9件、商业企业1件、其他2件"
    assert figures(people)[-1] == ("2件", "requests.new_requests.other_org")
    results = "政府信息公开类行政复议12件，维持9件、纠正1件、其他2件"
    assert figures(results)[-1] == ("2件", "disputes.reconsideration.other_result")
    assert figures("办结政府信息公开申请12件，不予公开3件，其中国家秘密1件、其他2件")[-1][0] == "1件"


def test_a_figure_of_which_more_is_said_is_that_figure() -> None:
    text = "答复政府信息公开申请12件，在无法提供的9件中，不掌握的7件"
    assert [words for words, _ in figures(text)] == ["12件", "9件", "7件"]


def test_a_sentence_that_begins_with_of_which_breaks_down_the_last_figure_before_it() -> None:
    assert figures("收到政府信息公开申请12件。其中，自然人10件")[-1] == ("10件", "requests.new_requests.natural_person")
    assert [words for words, _ in figures("予以公开9件、部分公开1件。其中，自然人5件")] == ["9件", "1件"]


def test_all_that_are_settled_is_not_said_of_those_still_pending() -> None:
    settled = read("因政府信息公开引发行政复议3件，已审结2件，均维持", NAMES)[-1]
    assert (settled.words, settled.also) == ("均维持", ())
    assert settled.means == ("disputes.reconsideration.corrected + disputes.reconsideration.other_result",)


def test_a_share_of_disputes_is_one_of_their_results() -> None:
    assert [words for words, _ in figures("政府信息公开类行政复议3件，占8.1%")] == ["3件"]
    claims = read("政府信息公开类行政复议3件，维持2件，占66.7%", NAMES)
    assert claims[-1].means[0] == "disputes.reconsideration.total"


def test_another_scope_is_noted_unless_the_sentence_goes_on_to_our_own_count() -> None:
    all_units, alone, beside = (
        [(claim.words, claim.scope) for claim in read(text, NAMES)]
        for text in (
            "全区收到政府信息公开申请300件",
            "局本级收到政府信息公开申请300件",
            "局本级收到政府信息公开申请300件，其中我局收到政府信息公开申请12件",
        )
    )
    assert (all_units, alone, beside) == ([], [("300件", "局本级")], [("12件", None)])


def test_results_of_disputes_belong_to_those_just_mentioned_or_to_all_of_the_sentence() -> None:
    claims = read("因政府信息公开引发行政复议7件，行政诉讼9件，维持13件", NAMES)
    both, latest = claims[-1].means
    assert (both.count("upheld"), latest.count("upheld")) == (3, 2)


def test_every_sum_of_the_lexicon_names_cells_that_some_year_s_format_has() -> None:
    known = lexicon()
    sums = {one for phrases in known.phrases.values() for phrase in phrases for one in (*phrase.means, *phrase.carried)}
    sums |= {one for phrases in known.phrases.values() for phrase in phrases for _, one in phrase.also}
    sums |= {one for share in known.shares for one in share.of}
    sums |= {one for rate in known.rates.values() for pair in rate.quotients for one in pair}
    for one in sums:
        written = one.replace("@", "reconsideration")
        assert any(terms_of(written, for_year(year)) for year in (2019, 2021)), one
        for term in written.split():
            if term.startswith("activities."):
                assert term.partition(".")[2] in groups()["activities"].fields


@pytest.mark.parametrize(
    "piece",
    [
        "1",
        "1,111",
        "（3件",
        "（3件）",
        "全年",
        "一",
        "《",
        "3件至",
        "予以公开1件，占3%，",
        "（其中结转",
        "均",
        "收到政府信息公开申请2件、",
    ],
)
def test_a_hostile_text_is_read_to_its_end(piece: str) -> None:
    """A hundred thousand characters: where reading grew with the square of the length, this would not end."""
    claims = read(piece * (100_000 // len(piece)), NAMES)
    assert all(claim.words for claim in claims)
