"""A figure keeps its path through every sentence, and no mark reaches a reader."""

from gongkai.reporting.report.words.figure_paths import figure_path
from gongkai.reporting.report.words.printed_facts import fill, listed
from gongkai.reporting.report.words.sheet import PROFILE, TABLES, FactSheet
from gongkai.reporting.report.words.traced_text import TextPiece, marked_again, pieces_of, plain, traced, unmarked


def test_a_figure_of_a_sentence_is_a_piece_of_its_own() -> None:
    sheet = FactSheet({"year": 2021, "requests_new": 70}, {"year": PROFILE, "requests_new": TABLES})
    text = fill("{year}年新收申请{requests_new:#件|无}。", sheet)
    assert pieces_of(text) == (
        TextPiece("2021年新收申请"),
        TextPiece("70", "requests.new_requests.total"),
        TextPiece("件。"),
    )
    assert plain(text) == "2021年新收申请70件。"
    assert marked_again(pieces_of(text)) == text


def test_the_parts_of_a_list_have_paths_and_the_offices_begin_with_office() -> None:
    sheet = FactSheet()
    sheet.add(TABLES, {"outcomes": listed([("予以公开", 12, "requests.granted.total")], "件")}, "office_")
    assert pieces_of(str(sheet.values["office_outcomes"]))[1] == TextPiece("12", "office.requests.granted.total")


def test_paths_are_those_of_report_json() -> None:
    assert figure_path("office_requests_new") == "office.requests.new_requests.total"
    assert figure_path("portal_items") == "activities.portal_items"
    assert figure_path("average_days") == "indicators.average_reply_working_days"
    assert figure_path("disputes_corrected") == "facts.disputes_corrected"  # a sum of three cells


def test_nobody_can_write_a_mark() -> None:
    assert unmarked(traced("9", "requests.granted.total")) == "requests.granted.total9"
