"""A unit's published report beside its submission: compared whichever came first, answered, never a revision."""

import json
import os
import shutil
from datetime import timedelta
from types import SimpleNamespace

import pytest

from gongkai.demonstration.inboxes import AS_OF_FIRST_ROUND as DAY_ONE
from gongkai.profile import load_profile
from gongkai.submission.inbox import received_files
from gongkai.submission.readers.json_writer import submission_to_json
from tests.golden.published.build import Case
from tests.golden.published_reader.render import WRITERS, sound, view

PLACE = "requests.granted.natural_person"


@pytest.fixture
def unit(fresh, tmp_path):
    """T01's inbox with the accepted submission of the first round; `report` publishes its figures, some changed."""
    inbox = tmp_path / "inbox"
    shutil.copytree(fresh.made.first_round / "T01", inbox / "T01")
    (sent,) = (inbox / "T01").iterdir()
    received = received_files.received(sent, load_profile(fresh.profile), DAY_ONE)
    said = received_files.read(received).submission

    def report(name="年度报告.html", **changed):
        facts = {"about": {"authority": "东风街道办事处"}}
        figures = {where: str(cell.value) for where, cell in said.by_where.items()} | changed
        path = inbox / "T01" / name
        path.write_bytes(WRITERS["html"](view(Case("", "", 2021, facts), figures, sound)))
        os.utime(path, (DAY_ONE.timestamp() - 7200,) * 2)

    def run(day):
        fresh.run(2021, inbox, DAY_ONE + timedelta(days=day), units=["T01"])
        return json.loads((fresh.out / "2021" / "receipts" / "T01.json").read_text(encoding="utf-8"))

    return SimpleNamespace(sent=sent, said=said, report=report, run=run, out=fresh.out / "2021")


def differing(receipt):
    return [f["where"] for f in receipt["findings"] if f["rule"] == "PUBLISHED-DIFFERS"]


def other(said):
    return str(said.value(PLACE) + 1)


def test_a_report_beside_the_submission_is_compared_and_no_revision(unit):
    unit.report(**{PLACE: other(unit.said)})
    receipt = unit.run(0)
    assert (receipt["revision"], receipt["file"], receipt["status"]) == (1, f"T01/{unit.sent.name}", "returned")
    (found,) = [f for f in receipt["findings"] if f["rule"] == "PUBLISHED-DIFFERS"]
    assert (found["where"], found["observed"], found["expected"]) == (
        PLACE,
        unit.said.value(PLACE),
        int(other(unit.said)),
    )
    assert "第 2 个表" in found["message"], "the report's place stands beside the submission's"
    (beside,) = receipt["published"]
    assert (beside["file"], beside["revision"]) == ("T01/年度报告.html", 1)
    assert "年度报告.html" in (unit.out / "receipts" / "T01.html").read_text(encoding="utf-8")
    hashes = [one["sha256"] for one in json.loads((unit.out / "manifest.json").read_text())["inputs"]]
    assert beside["sha256"] in hashes


def test_a_report_that_comes_later_is_told_and_undoes_no_acceptance(unit):
    assert unit.run(0)["status"] == "accepted"
    unit.report(**{PLACE: other(unit.said)})
    for day in (1, 2):
        receipt = unit.run(day)
        assert (receipt["revision"], receipt["accepted_revision"], receipt["status"]) == (1, 1, "accepted")
        assert differing(receipt) == [PLACE]  # said on the accepted revision, which stays so
        (beside,) = receipt["published"]
        assert (beside["revision"], differing(beside)) == (1, [PLACE])
    unit.sent.unlink()  # also when the submission itself no longer lies there
    unit.report("更新.html", **{PLACE: str(int(other(unit.said)) + 1)})
    assert [differing(one) for one in unit.run(3)["published"]] == [[PLACE], [PLACE]]


def test_a_new_submission_is_compared_with_the_report_of_an_earlier_run(unit):
    unit.report(**{PLACE: other(unit.said)})
    unit.run(0)
    for path in unit.sent.parent.iterdir():
        path.unlink()
    said = submission_to_json(unit.said) | {"prepared_by": "另一人"}
    (unit.sent.parent / "再报.json").write_text(json.dumps(said, ensure_ascii=False), encoding="utf-8")
    receipt = unit.run(1)
    assert (receipt["revision"], receipt["status"], differing(receipt)) == (2, "returned", [PLACE])


def test_a_report_alone_is_the_submission_until_another_comes(unit):
    given = unit.sent.read_bytes()
    unit.sent.unlink()
    unit.report()
    receipt = unit.run(0)
    assert (receipt["revision"], receipt["file"], receipt["published"]) == (1, "T01/年度报告.html", [])
    unit.sent.write_bytes(given)
    os.utime(unit.sent, (DAY_ONE.timestamp() - 3600,) * 2)
    receipt = unit.run(1)
    assert (receipt["revision"], differing(receipt), receipt["published"]) == (2, [], [])
