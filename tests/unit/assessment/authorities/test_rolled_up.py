"""Areas rolled up into their authority: one line of the scheme, and several units are graded and ranked as one."""

import io
import json
from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

import openpyxl
import pytest

from gongkai.assessment.assess import assess_year
from gongkai.assessment.explaining import explain_unit
from gongkai.assessment.export import heads, ranking_json, scorecard_json
from gongkai.assessment.points import rounded
from gongkai.cli.assessment import supposing
from gongkai.errors import ProfileError
from gongkai.profile import load_profile
from gongkai.profile.loader import default_folder
from gongkai.profile.scheme_examination import load_scheme
from gongkai.reporting.ranking import ranking_workbook
from gongkai.reporting.scheme.view import scheme_view
from gongkai.reporting.scorecard.view import scorecard_view
from gongkai.reporting.style import page_of
from gongkai.reporting.summary.view import summary_view
from tests.unit.assessment.conftest import BEFORE_THE_DEADLINE, Year

LAST = "vetoes: ["


@pytest.fixture(scope="module")
def profile(tmp_path_factory):
    """The default profile with one line more."""
    place = tmp_path_factory.mktemp("rolled") / "scheme.yaml"
    text = (default_folder() / "scheme.yaml").read_text(encoding="utf-8")
    place.write_text(text.replace(LAST, f"rolled_up: [area]\n{LAST}"), encoding="utf-8")
    return load_profile().model_copy(update={"scheme": load_scheme(place)})


@pytest.fixture
def rolled(profile):
    return Year(profile)


def score(year, **points):
    """Areas whose lines are alike but for C3, which an inspector set."""
    for unit, given in points.items():
        year.submit(unit).inspect(
            "score", unit, indicator="C3", points=Decimal(given), reason="案卷", on=date(2021, 6, 1)
        )
    return {card.unit: card for card in assess_year(year.state()).scorecards}


def test_an_authority_has_the_mean_of_its_units_and_they_keep_their_own(rolled, year):
    alone, cards = score(year, A01="5", A02="2"), score(rolled, A01="5", A02="2")
    one, two = cards["A01"], cards["A02"]
    assert [card.total for card in (one, two)] == [alone["A01"].total, alone["A02"].total]
    assert one.indicators == alone["A01"].indicators
    assert one.authority == two.authority
    assert one.authority.name == "区发展和改革局"
    assert one.authority.total == rounded(Fraction(one.total + two.total) / 2, 2)


def test_grade_rank_and_size_are_the_authority_s(rolled):
    cards = score(rolled, A01="5", A02="0", A03="3", A06="2")
    standings = {unit: (cards[unit].rank, cards[unit].grade) for unit in ("A01", "A02", "A03", "A06")}
    assert standings["A01"] == standings["A02"]
    totals = [cards[unit].authority.total for unit in ("A03", "A01", "A06")]
    assert totals == sorted(totals, reverse=True)
    assert [standings[unit][0] for unit in ("A03", "A01", "A06")] == [1, 2, 3]
    authorities = {unit.authority for unit in rolled.profile.units if unit.kind == "area"}
    assert {card.group_size for card in cards.values() if card.group == "area"} == {len(authorities)}
    assert cards["T01"].authority is None
    assert cards["T01"].group_size == 10


def test_an_authority_with_a_report_that_is_still_due_has_no_total(rolled):
    rolled.as_of = BEFORE_THE_DEADLINE
    card = score(rolled, A01="5")["A01"]
    assert card.total is not None
    assert (card.authority.total, card.rank, card.grade) == (None, None, "未评定")


def test_silence_of_one_unit_never_pays(rolled):
    """After the deadline a unit that handed in nothing is scored with what is known, and its authority comes last."""
    cards = score(rolled, A01="5", A03="0")
    assert cards["A01"].authority.total < cards["A01"].total
    assert cards["A01"].rank > cards["A03"].rank


def test_a_veto_of_one_is_the_authority_s_and_says_whose(rolled):
    rolled.veto(unit="A02")
    card = score(rolled, A01="5", A02="5", A03="0")["A01"]
    assert (card.vetoes, card.grade, card.next_grade) == ((), "不合格", None)
    assert card.grade_note == "A02 公共资源交易：一票否决（数据造假）"
    assert card.rank > 1


def test_a_gate_of_one_holds_the_authority(year_with):
    gate = {"indicators": ["C3"], "at_least": "4", "otherwise": "不合格", "reason": "纠错"}
    bands = [{"at_least": "1", "grade": "合格"}, {"at_least": "0", "grade": "不合格"}]
    cards = score(year_with(rolled_up=["area"], gates=[gate], bands=bands), A01="5", A02="1", A03="4")
    assert [cards[unit].grade for unit in ("A01", "A02", "A03")] == ["不合格", "不合格", "合格"]
    card = cards["A01"]
    assert card.next_grade is None
    assert card.grade_note == "A02 公共资源交易：纠错：达不到要求，等次最高为不合格"


def test_the_way_up_leads_over_all_its_units_and_is_true(rolled):
    card = score(rolled, A01="5", A02="0")["A01"]
    way = card.next_grade
    band = next(band for band in reversed(card.bands) if band.at_least > card.authority.total)
    assert (way.grade, way.distance) == (band.grade, band.at_least - card.authority.total)
    assert sum(step.points for step in way.shortest) >= way.distance
    first = way.shortest[0].indicator.split()
    own = next(one for one in assess_year(rolled.state()).scorecards if one.unit == first[0])
    line = next(line for line in own.indicators if line.code == first[1])
    full = sum(one.max for one in own.indicators if one.score is not None)
    assert way.shortest[0].points == rounded(Fraction(line.max - line.score) * 100 / Fraction(full) / 2, 2)


def test_a_quota_counts_authorities(year_with):
    bands = [{"at_least": "1", "grade": "优秀", "quota": "0.06"}, {"at_least": "0", "grade": "其他"}]
    cards = score(year_with(rolled_up=["area"], bands=bands), A01="5", A02="5", A03="4", A06="3")
    assert [cards[unit].grade for unit in ("A01", "A02", "A03")] == ["优秀", "优秀", "其他"]  # one of seventeen


def test_every_paper_says_the_same(rolled):
    cards = score(rolled, A01="5", A02="0", A03="3")
    state, card = rolled.state(), cards["A01"]
    assessment = assess_year(state)
    total, grade = f"{card.authority.total:f}", card.grade
    units = f"A01 重大建设项目 {card.total:f}、A02 公共资源交易 {cards['A02'].total:f}"

    view = scorecard_view(card, state)
    assert view.outlook.together == (
        f"区发展和改革局的 2 个单位合并评定：{units}；机关得分 {total} 分（各单位总分的平均），等次、名次按机关得分。"
    )
    assert view.headline.among == f"试点领域组共 {card.group_size} 个机关"
    assert scorecard_json(card, "")["authority"]["total"] == explain_unit(state, "A02")["authority"]["total"] == total
    assert scorecard_view(cards["A03"], state).outlook.together == ""

    said = ranking_json(assessment)
    (own,) = [one for one in said["authorities"]["area"] if one["name"] == "区发展和改革局"]
    assert (own["total"], own["grade"], own["rank"]) == (total, grade, card.rank)
    assert [one["unit"] for one in own["units"]] == ["A01", "A02"]
    assert list(said["authorities"]) == ["area"]

    sheet = openpyxl.load_workbook(
        io.BytesIO(ranking_workbook(assessment, page_of(state, "b" * 64, "排名"), state.profile))
    )["试点领域"]
    rows = [row[:5] for row in sheet.iter_rows(min_row=5, values_only=True)]
    place = next(n for n, row in enumerate(rows) if row[2] == "区发展和改革局")
    assert rows[place] == (card.rank, "", "区发展和改革局", float(total), grade)
    assert [row[:2] for row in rows[place + 1 : place + 3]] == [("", "A01"), ("", "A02")]

    line = next(line for line in summary_view(assessment, state).groups if line.name == "试点领域")
    joint = heads(one for one in assessment.scorecards if one.group == "area")
    assert line.units == str(len(joint))
    assert line.grades == tuple(str(sum(one.grade == band.grade for one in joint)) for band in card.bands)
    assert any(
        "试点领域组按机关合并评定" in text for text in scheme_view(rolled.profile.scheme, {"area": "试点领域"}).total
    )


def test_last_year_s_median_is_over_the_authorities_that_have_all_of_it(rolled):
    """Two authorities: one of two units, one of whose two units nothing is known of last year."""
    score(rolled, A01="5", A02="2", A03="3", A06="4")
    state = rolled.state()
    assessment, scored = assess_year(state), {"A01": "90", "A02": "80", "A03": "70", "A06": None}

    def line(known):
        cards = [
            replace(
                card,
                last_year_total=Decimal(known[card.unit]) if known[card.unit] else None,
                last_year_note=None if known[card.unit] else "上年没有评分",
            )
            for card in assessment.scorecards
            if card.unit in known
        ]
        view = summary_view(replace(assessment, scorecards=tuple(cards)), state)
        return view.groups[0].last_year, view.scored_anew, view.last_year

    authority = {unit.code: unit.authority for unit in rolled.profile.units}
    assert authority["A01"] == authority["A02"]
    assert len({authority[code] for code in scored}) == 3
    assert line(scored) == ("77.50", "试点领域有 1 个机关不计入上年中位（上年没有评分）", "")
    assert line({"A01": "90", "A02": None, "A03": None})[0] == "不可比"
    assert line({"A01": None, "A03": None})[::2] == ("不可比", "上年没有评分")


def test_a_sister_s_change_gives_a_new_version_that_says_so(rolled):
    score(rolled, A01="5", A02="0", A03="3")
    rolled.issue()
    assert rolled.card("A01").version == 1
    rolled.inspections = [one for one in rolled.inspections if one.unit != "A02"]
    rolled.inspect("score", "A02", indicator="C3", points=Decimal(5), reason="更正", on=date(2021, 6, 1))
    card = rolled.card("A01")
    assert card.version == 2
    assert any(text.startswith("机关得分由") for text in card.changes)
    assert rolled.card("A03").version == (1 if rolled.card("A03").rank == rolled.issued["A03"].content["rank"] else 2)


def test_a_group_that_nobody_is_in_is_told(tmp_path):
    text = (default_folder() / "scheme.yaml").read_text(encoding="utf-8")
    (tmp_path / "scheme.yaml").write_text(text.replace(LAST, f"rolled_up: [areas]\n{LAST}"), encoding="utf-8")
    with pytest.raises(ProfileError, match=r"第 \d+ 行：rolled_up：areas 不是 weight 中的组（area、town）"):
        load_scheme(tmp_path / "scheme.yaml")


def test_whatif_says_by_whose_total_a_unit_would_be_graded(rolled, default_profile, tmp_path, monkeypatch, capsys):
    score(rolled, A01="5", A02="0", A03="3")
    rolled.profile = default_profile
    place = tmp_path / "scheme.yaml"
    text = (default_folder() / "scheme.yaml").read_text(encoding="utf-8")
    place.write_text(text.replace(LAST, f"rolled_up: [area]\n{LAST}"), encoding="utf-8")
    monkeypatch.setattr(supposing, "known_year", lambda *_: rolled.state())
    supposing.show_supposed(place, [2021], None, None, as_json=False)
    (line,) = [one for one in capsys.readouterr().out.splitlines() if one.strip().startswith("A01 ")]
    supposing.show_supposed(place, [2021], None, None, as_json=True)
    units = {one["unit"]: one for one in json.loads(capsys.readouterr().out)["years"][0]["units"]}
    joint = units["A01"]["after"]["authority"]
    assert joint == units["A02"]["after"]["authority"]
    assert "authority" not in units["A01"]["before"]
    assert "authority" not in units["T01"]["after"]
    assert f"按本单位评定 → 按区发展和改革局 {joint['total']} 评定" in line
