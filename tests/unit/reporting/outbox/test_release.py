"""What stands in the way of a release, and what somebody may release by name all the same."""

from contextlib import nullcontext
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from gongkai.cli.options import released as given
from gongkai.errors import CallError, Refused
from gongkai.reporting.outbox import release as release_module
from gongkai.reporting.outbox.finality import refuse_what_waits
from gongkai.reporting.outbox.issued_cards import IssueMoment
from gongkai.reporting.outbox.parcels import UNSIGNED, Filled
from gongkai.reporting.outbox.release import issue_lacks, parcels_words
from gongkai.reporting.report import lacks
from gongkai.reporting.report.lacks import Lack
from gongkai.warehouse.totals import compute_totals


def lacks_of(make, folder, signed=()):
    (folder / "receipts").mkdir()
    for code in ("A01", "T03"):
        (folder / "receipts" / f"{code}.json").touch()
    for code in signed:
        (folder / "receipts" / f"{code}.sig").touch()
    state = make.state()
    return [lack for lack in issue_lacks(folder, state, compute_totals(state)) if lack.id == UNSIGNED]


def test_unsigned_receipts_are_a_lack_and_named(make, tmp_path):
    (lack,) = lacks_of(make, tmp_path)
    assert lack.what.startswith("2 个单位的回执没有签名（A01、T03）")
    with pytest.raises(Refused, match=r"(?s)不能签发：\n  UNSIGNED：.*--despite 编号=理由.*放行的缺项") as refused:
        lacks.released([lack], {}, "签发")
    assert refused.value.exit_code == 3
    assert lacks.released([lack], {"all": "先行送达"}, "签发") == {"UNSIGNED": "先行送达"}


def test_signed_receipts_are_none(make, tmp_path):
    assert lacks_of(make, tmp_path, signed=("A01", "T03")) == []


def test_a_final_issue_is_told_of_the_calendar_at_once_and_not_only_when_all_else_is_done(make):
    state = make.state()
    missing = lacks.final_lacks(replace(state, year=2026), compute_totals(state))
    with pytest.raises(Refused, match=r"A01 .*还没有签发过征求意见稿") as refused:
        refuse_what_waits(IssueMoment(state, make.assessment(A01="90")), state.as_of, missing)
    assert "CALENDAR-2027：没有 2027 年的放假安排" in str(refused.value)
    assert "填写配置目录的 calendar/2027.csv 后重新运行" in str(refused.value)
    waiting = Lack("UNIT-T03", "T03 已在上面")
    with pytest.raises(Refused, match="A01") as refused:
        refuse_what_waits(IssueMoment(state, make.assessment(A01="90")), state.as_of, [waiting])
    assert "此外还有缺项" not in str(refused.value)


def test_a_moment_without_a_zone_is_the_district_s(monkeypatch, tmp_path):
    for name in ("claimed", "opened"):
        monkeypatch.setattr(release_module, name, lambda *_: nullcontext())
    monkeypatch.setattr(release_module, "refuse_without_drafts", lambda *_: None)
    monkeypatch.setattr(release_module, "_released", lambda _engine, _year, _out, asked: asked.at.isoformat())
    moment = datetime(2027, 1, 6, 10, 0)  # noqa: DTZ001  # as the command line gives it
    said = release_module.release(2026, tmp_path, "李主任", "签发", None, moment, lambda _: None)
    assert said == "2027-01-06T10:00:00+08:00"


def test_who_issues_the_same_again_hears_that_nothing_was_issued():
    box = Path("outbox")
    both = [box / "A01" / "A01.json", box / "T03" / "T03.json"]
    assert parcels_words(Filled(both, ("A01", "T03")), box) == "已签发 2 个单位的材料：outbox"
    assert "已签发 1 个单位的材料：outbox；1 个单位的没有变化" in parcels_words(Filled(both, ("T03",)), box)
    assert "没有签发新的内容" in parcels_words(Filled(both, ()), box)


def test_the_command_line_takes_an_id_and_a_reason():
    assert given(("UNSIGNED=先行送达", "X=1=2")) == {"UNSIGNED": "先行送达", "X": "1=2"}
    with pytest.raises(CallError, match="UNSIGNED"):
        given(("UNSIGNED",))
