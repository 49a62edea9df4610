"""No sentence of any year asserts what its data lack: ten small districts, some without registers or inspections.

What a sentence rests on is named in the sentence file; here each source is taken away from the data themselves, and no
sentence that rests on it may be printed.
"""

import random
from typing import Any

import pytest

from gongkai.reporting.report.words.chosen_sentences import sentence_file
from gongkai.warehouse.report_standing import ReportStanding
from tests.golden.report.conftest import document

SENTENCES = {one.id: one for one in sentence_file().sentences()}
LISTS = ("register", "documents", "interpretations", "responses", "catalogue")


def district(make_year: Any, seed: int) -> tuple[Any, set[str]]:
    """A district of three to five units, and the sources that its data lack altogether."""
    rng, year = random.Random(seed), make_year()  # noqa: S311
    codes = {"OFFICE", *rng.sample(sorted(set(year.submissions) - {"OFFICE"}), rng.randint(2, 4))}
    units = tuple(unit for unit in year.profile.units if unit.code in codes)
    year.profile = year.profile.model_copy(update={"units": units})
    lacking = {source for source in (*LISTS, "activities", "inspections", "last_year") if rng.random() < 0.5}
    for submission in year.submissions.values():
        for source in lacking:
            submission.pop(source, None)
    if "inspections" in lacking:
        year.inspections = ()
    else:
        year.inspections = tuple(entry for entry in year.inspections if entry.unit in codes)
        lacking |= {"inspections"} if not year.inspections else set()
    if "last_year" not in lacking:
        year.previous = {code: document(code, 2020, 2) for code in codes}
    year.standing = ReportStanding(units_told=rng.choice([None, 2]) if year.inspections else None)
    return year, lacking


@pytest.mark.parametrize("seed", range(10))
def test_no_sentence_rests_on_what_nobody_submitted(make_year: Any, seed: int) -> None:
    year, lacking = district(make_year, seed)
    sheet, view = year.report.facts, year.view
    for name in view.sentences:
        sentence = SENTENCES[name]
        rests_on = {sheet.sources[fact] for fact in sentence.needs if not fact.endswith("_change")}
        assert not rests_on & lacking, (name, rests_on & lacking)
        assert all(sheet.values[fact] is not None for fact in sentence.needs), name
    text = view.text()
    for source, words in (
        ("register", ("平均答复用时", "五个环节", "均在法定期限内办结", "按期办结")),
        ("inspections", ("考核", "巡查", "整改", "追究")),
        ("last_year", ("比上年", "与上年")),
        ("catalogue", ("标准目录", "试点领域")),
        ("activities", ("门户网站", "培训", "收取信息处理费")),
    ):
        if source in lacking:
            assert not [word for word in words if word in text], source
    assert not [word for word in ("None", "{", "未报") if word in text]
    assert {lack.id.partition("-")[0] for lack in year.report.lacks} <= {"LIST", "INSPECTION"}  # its text is not wrong


def test_no_units_are_told_where_nobody_was_inspected(make_year: Any) -> None:
    year = make_year()
    year.inspections = ()
    for submission in year.submissions.values():
        submission.pop("register")
    text = year.view.text()
    assert "36家" not in text
    assert "五个环节" not in text
    assert {lack.id for lack in year.report.lacks} == {"LIST-register", "INSPECTION"}


def test_a_unit_is_lacking_until_it_is_accepted_or_excused_by_name(draft_year: Any) -> None:
    assert [lack.id for lack in draft_year.report.lacks] == ["UNIT-A05", "UNIT-A07", "UNIT-T03"]
    assert "T03 新桥街道（未报）" in draft_year.report.lacks[-1].what
