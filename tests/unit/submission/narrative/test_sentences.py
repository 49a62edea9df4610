"""Paragraphs, sentences and clauses: where one ends, what stands in brackets, and how names and years are said."""

import pytest

from gongkai.submission.narrative.rewriting import Names
from gongkai.submission.narrative.sentences import Sentence, paragraphs

NAMES = Names(2022, ("区民政局",))


def sentences(text: str) -> list[Sentence]:
    return [sentence for paragraph in paragraphs(text, NAMES) for sentence in paragraph]


def clauses(text: str) -> list[str]:
    return [clause.whole for sentence in sentences(text) for clause in sentence.clauses]


def test_a_sentence_keeps_its_words_and_says_names_and_years_in_one_way() -> None:
    (sentence,) = sentences("2022年，区民政局 收到申请１２件，上年即2021年10件，2023年再说")
    assert sentence.said.startswith("2022年，区民政局 收到")
    assert sentence.plain == "本年，本单位收到申请12件，上年即上年10件，下年再说"


@pytest.mark.parametrize(
    ("said", "plain"),
    [
        ("2022年街道办事处收到申请", "本年本单位收到申请"),
        ("本年度，我街道办事处收到申请", "本年度，本单位收到申请"),
        ("东河街道办事处收到申请", "本单位收到申请"),
        ("西河街道办事处收到申请", "西河街道办事处收到申请"),
        ("各街道办事处收到申请", "各街道办事处收到申请"),
    ],
)
def test_what_every_such_office_is_called_is_the_unit_only_where_no_name_stands_before_it(
    said: str, plain: str
) -> None:
    assert Names(2022, ("东河街道办事处", "街道办事处", "东河街道")).plain(said) == plain


def test_quotation_marks_are_read_over() -> None:
    assert clauses("“予以公开”9件、“部分公开”1件") == ["予以公开9件", "部分公开1件"]


def test_a_count_in_brackets_belongs_to_the_words_before_it_in_a_list() -> None:
    assert clauses("予以公开（9件）、部分公开（1件）") == ["予以公开9件", "部分公开1件"]
    assert clauses("比上年（10件）增长20%") == ["比上年增长20%"]


@pytest.mark.parametrize("said", ["2022年1月1日至12月31日", "自2022年1月1日起至2022年12月31日止"])
def test_the_whole_year_by_its_days_is_the_year(said: str) -> None:
    assert clauses(f"{said}，收到申请3件") == ["本年", "收到申请3件"]


def test_a_document_s_number_is_neither_a_body_nor_a_year() -> None:
    assert clauses("根据国办函〔2020〕109号文件，收取300元") == ["根据※文件", "收取300元"]
    assert clauses("区教育局按照国办函〔2020〕109号收取300元") == ["区教育局按照※收取300元"]


def test_clauses_end_at_commas_colons_and_behind_figures_of_a_list() -> None:
    assert clauses("申请情况：新收3,607件，行政复议、诉讼共3件、应诉1件；完") == [
        "申请情况",
        "新收3,607件",
        "行政复议、诉讼共3件",
        "应诉1件",
        "完",
    ]


def test_a_remark_with_figures_is_read_apart_and_another_one_is_left_out() -> None:
    (sentence,) = sentences("答复805件（含上年结转18件，另有72件顺延），作其他处理（含申请人主动撤回）469件")
    first, second = sentence.clauses
    assert (first.whole, second.whole) == ("答复805件", "作其他处理469件")
    assert [clause.whole for clause in first.remarks[0]] == ["含上年结转18件", "另有72件顺延"]


def test_a_comma_behind_a_counter_is_no_thousands_mark() -> None:
    assert clauses("受理申请133件,121件均已答复") == ["受理申请133件", "121件均已答复"]
    assert clauses("受理申请1,133件") == ["受理申请1,133件"]


def test_what_a_remark_adds_is_said_in_the_open() -> None:
    assert clauses("予以公开（含部分公开）12件") == ["予以公开和部分公开12件"]
    assert clauses("受理申请22（20+2）件") == ["受理申请22件"]
    assert clauses("除1件结转下年度外，其余办结") == ["1件结转下年度", "其余办结"]


def test_whom_an_office_works_with_and_what_stands_beside_disputes_is_left_out() -> None:
    assert clauses("加强与司法、信访等部门的会商，收到申请3件") == ["加强", "收到申请3件"]
    assert clauses("未发生举报投诉、行政复议、行政诉讼") == ["未发生行政复议、行政诉讼"]


def test_a_remark_that_changes_the_count_cannot_be_read_over() -> None:
    assert "※" in clauses("予以公开（不含部分公开）12件")[0]
    assert "※" in clauses("印发《工作要点》3件")[0]
    assert clauses("按照《中华人民共和国政府信息公开条例》答复3件") == ["按照条例答复3件"]


def test_paragraphs_are_lines_and_numbering_falls_away() -> None:
    found = list(paragraphs("一、总体情况\n\n1.新收3件。办结3件！", NAMES))
    assert [[sentence.plain for sentence in paragraph] for paragraph in found] == [["总体情况"], ["新收3件", "办结3件"]]
