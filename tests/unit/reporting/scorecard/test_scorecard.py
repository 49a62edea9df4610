"""Scorecards: what the figures are is on every form of the card, and nothing of another unit."""

import json
import re
from dataclasses import replace
from decimal import Decimal
from html import unescape
from pathlib import Path
from types import SimpleNamespace

import pytest
from pypdf import PdfReader

from gongkai.assessment.scorecard import Award, Evidence, Measured, PointsLost, Scorecard
from gongkai.reporting.scorecard.measured import MeasuredWords
from gongkai.reporting.scorecard.view import Largest, scorecard_view
from gongkai.reporting.scorecard.writer import write_scorecard

D = Decimal
CONTRACT = {
    "unit", "name", "group", "year", "version", "scheme", "basis_sha256", "total", "grade", "rank", "group_size",
    "vetoes", "bonus", "penalty", "indicators", "appeal_until",
}  # fmt: skip


class Written(SimpleNamespace):
    """The three forms of a card as text, without blanks and line breaks (a PDF breaks lines anywhere)."""

    json: dict[str, object]
    html: str
    pdf: str
    pages: int
    text_of_pages: list[str]


def squeezed(text: str) -> str:
    return re.sub(r"[\s\u200b]+", "", text)


def write(make: SimpleNamespace, folder: Path, card: Scorecard) -> Written:
    state = make.state()
    paths = write_scorecard(card, state, folder)
    pages = [squeezed(page.extract_text()) for page in PdfReader(paths[2]).pages]
    body = re.sub(r"<(style|svg)\b.*?</\1>", "", paths[1].read_text(encoding="utf-8"), flags=re.DOTALL)
    return Written(
        json=json.loads(paths[0].read_text(encoding="utf-8")),
        html=squeezed(unescape(re.sub(r"<[^>]+>", "", body))),
        pdf="".join(pages),
        pages=len(pages),
        text_of_pages=pages,
    )


def test_files_and_keys_are_the_contracts(make: SimpleNamespace, tmp_path: Path) -> None:
    written = write(make, tmp_path, make.card())

    assert set(written.json) >= CONTRACT
    found = sorted(path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*.*"))
    assert found == [f"scorecards/A01/scorecard.{suffix}" for suffix in ("html", "json", "pdf", "xlsx")]


@pytest.mark.parametrize("form", ["html", "pdf"])
def test_every_figure_of_the_card_is_printed(make: SimpleNamespace, tmp_path: Path, form: str) -> None:
    card = make.card()

    text = getattr(write(make, tmp_path, card), form)

    for printed in ("93.37", "优秀", "第3名", "26个单位", "88.20", "85.10", "+0.50", "2022年2月25日"):
        assert printed in text
    for line in card.indicators:
        assert f"{line.code}{squeezed(line.label)}" in text
        if line.score is None:
            assert squeezed(line.note) in text
            continue
        assert f"{line.score}/{line.max.normalize():f}{line.peer_median}{line.last_year}" in text
        for lost in line.deductions:
            assert f"−{lost.points}{squeezed(lost.reason)}" in text
            (piece, *_) = lost.evidence
            assert squeezed(f"{piece.text}{piece.file}“文件清单”表{piece.cell}") in text


def test_usual_card_takes_two_pages(make: SimpleNamespace, tmp_path: Path) -> None:
    assert write(make, tmp_path, make.card()).pages == 2


def test_first_glance_names_the_three_largest_deductions_largest_first(make: SimpleNamespace) -> None:
    view = scorecard_view(make.card(), make.state())

    assert [item.points for item in view.largest] == ["−1.00", "−1.00", "−0.75"]
    assert view.lost == "7"


def test_card_without_deductions_says_so(make: SimpleNamespace, tmp_path: Path) -> None:
    lines = tuple(
        replace(line, score=line.max if line.applicable else None, deductions=()) for line in make.card().indicators
    )

    written = write(make, tmp_path, make.card(indicators=lines, total=D("100.50")))

    assert "没有扣分。" in written.html
    assert "没有扣分。" in written.pdf
    assert "改进" not in written.pdf


def test_sixty_deductions_are_all_there(make: SimpleNamespace, tmp_path: Path) -> None:
    lost = tuple(PointsLost(D("0.10"), f"逾期办结 2021-{n:03d}") for n in range(1, 61))
    lines = tuple(
        replace(line, score=D("2.00"), deductions=lost) if line.code == "C1" else line
        for line in make.card().indicators
    )

    written = write(make, tmp_path, make.card(indicators=lines))

    for deduction in lost:
        assert squeezed(deduction.reason) in written.html
        assert squeezed(deduction.reason) in written.pdf
    assert "共66处" in written.pdf


@pytest.mark.parametrize("pieces", [28, 36, 44, 52])
def test_an_annex_that_one_page_holds_is_on_one_page(make: SimpleNamespace, tmp_path: Path, pieces: int) -> None:
    cases = tuple(Evidence(f"2021-{n:03d} 要素不全") for n in range(pieces))
    lines = tuple(
        replace(line, score=D("2.00"), deductions=(PointsLost(D("1"), "多件要素不全", cases),))
        if line.code == "C5"
        else line
        for line in make.card().indicators
    )

    pages = write(make, tmp_path, make.card(indicators=lines)).text_of_pages

    (annex,) = [text.split("附：扣分依据")[1] for text in pages if "附：扣分依据" in text]
    assert [piece.text for piece in cases if squeezed(piece.text) not in annex] == []


def test_points_lost_without_a_listed_deduction_still_count_and_say_what_was_measured(make: SimpleNamespace) -> None:
    line = next(line for line in make.card().indicators if line.deductions)

    view = scorecard_view(make.card(indicators=(replace(line, deductions=()),)), make.state())

    assert view.largest == (Largest("−1.00", "A2 栏目覆盖与更新", "未得满分（实测 7/8）"),)


def test_counts_of_several_parts_stand_beside_their_rate(make: SimpleNamespace) -> None:
    line = replace(make.card().indicators[0], measured=Measured(value=D("0.9000")), note="1/1、4/5")

    [level] = scorecard_view(make.card(indicators=(line,)), make.state()).levels

    assert level.lines[0].measured == MeasuredWords("1/1、4/5", "90.0%")
    assert level.lines[0].note == ""


def test_average_below_one_day_is_no_percentage(make: SimpleNamespace) -> None:
    line = next(line for line in make.card().indicators if line.code == "C4")
    line = replace(line, measured=Measured(D(3), D(6), D("0.50")))

    [level] = scorecard_view(make.card(indicators=(line,)), make.state()).levels

    assert level.lines[0].measured == MeasuredWords("3/6", "0.50")


def test_unscored_unit_has_no_total_and_says_why_once(make: SimpleNamespace, tmp_path: Path) -> None:
    why = "本单位的报送已退回，待重新报送并受理后计分"
    lines = tuple(
        replace(line, score=None, applicable=False, deductions=(), note=why) for line in make.card().indicators
    )

    bare = make.card(total=None, rank=None, grade="未评定", indicators=lines, bonus=D("0.00"), bonuses=())
    written = write(make, tmp_path, replace(bare, handed_in=False))

    for text in (written.html, written.pdf):
        assert text.count(why) == 1
        assert "未排名" in text
        assert "不适用" not in text
    assert written.json["total"] is None
    assert written.json["rank"] is None


def test_a_unit_to_which_nothing_applies_does_not_wait_for_a_score(make: SimpleNamespace, tmp_path: Path) -> None:
    lines = tuple(
        replace(line, score=None, applicable=False, deductions=(), note="申明没有，列入抽查")
        for line in make.card().indicators
    )
    bare = make.card(total=None, rank=None, grade="未评定", indicators=lines, bonus=D("0.00"), bonuses=())
    written = write(make, tmp_path, bare)
    for text in (written.html, written.pdf):
        assert "本年度各项指标均不适用，没有总分" in text
        assert text.count("申明没有，列入抽查") == len(lines)
        assert "待评分" not in text


def test_veto_and_a_penalty_beyond_its_cap_are_printed(make: SimpleNamespace, tmp_path: Path) -> None:
    card = make.card(
        vetoes=("数据造假",), penalty=D("10.00"), penalties=(Award(D(5), "数据失实"), Award(D(8), "国家级通报批评"))
    )

    written = write(make, tmp_path, card)

    for text in (written.html, written.pdf):
        assert "一票否决数据造假" in text
        assert "通报扣分−10.00（合计13，以上限计）" in text


def test_last_year_is_left_out_where_there_is_none(make: SimpleNamespace, tmp_path: Path) -> None:
    lines = tuple(replace(line, last_year=None) for line in make.card().indicators)

    written = write(make, tmp_path, make.card(indicators=lines, last_year_total=None))

    assert "本单位无上年评分" in written.html
    assert "上年总分无" in written.pdf


@pytest.mark.parametrize("form", ["html", "pdf"])
def test_hostile_and_very_long_text_is_shown_as_it_is(make: SimpleNamespace, tmp_path: Path, form: str) -> None:
    hostile = '<script>alert("1")</script>#set text(red) *粗* $x$ @ref \\ ' + "很长的名称" * 20 + "x" * 90
    lines = (replace(make.card().indicators[1], deductions=(PointsLost(D("1.00"), hostile, (Evidence(hostile),)),)),)

    written = write(make, tmp_path, make.card(name=hostile, indicators=lines))

    assert getattr(written, form).count(squeezed(hostile)) >= 3
    assert "<script" not in (tmp_path / "scorecards/A01/scorecard.html").read_text(encoding="utf-8")


def test_nothing_of_another_unit_is_in_the_folder(make: SimpleNamespace, tmp_path: Path) -> None:
    written = write(make, tmp_path, make.card("T01"))

    others = [unit for unit in make.profile().units if unit.code != "T01"]
    for unit in others:
        assert f"{unit.code}{unit.name}" not in written.html
        assert f"{unit.code}{unit.name}" not in written.pdf


def test_same_card_same_bytes(make: SimpleNamespace, tmp_path: Path) -> None:
    state = make.state()
    first, second = (
        [path.read_bytes() for path in write_scorecard(make.card(), state, tmp_path / name)] for name in ("one", "two")
    )

    assert first == second
