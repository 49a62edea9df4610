"""What a unit explained stays with its later revisions, through warehouse, receipt, report and rebuild."""

import json
import shutil
from datetime import timedelta

from gongkai.cli.unit.checking import check_file
from gongkai.demonstration import inboxes


def read(path):
    return json.loads(path.read_text(encoding="utf-8"))


def test_an_explanation_stays_until_the_value_changes(fresh, tmp_path, capsys):
    """T04 explains a late answer and a late document in its first file and never again."""
    inbox = tmp_path / "inbox"
    shutil.copytree(fresh.made.first_round / "T04", inbox / "T04")
    (sent,) = (inbox / "T04").iterdir()
    content = read(sent)
    notes = {"CASE-OVERDUE", "DOC-LATE"}
    receipts, report = fresh.out / "2021" / "receipts", fresh.out / "2021" / "report"

    def run(day, name=None, change=None):
        moment = inboxes.AS_OF_FIRST_ROUND + timedelta(days=day)
        if name:
            later = {**content, "explanations": [], "reason": "更正公开属性评估件数"}
            later["activities"] = {**content["activities"], "attribute_reviews": 900 + day}
            (change or (lambda document: None))(later)
            (inbox / "T04" / name).write_text(json.dumps(later, ensure_ascii=False), encoding="utf-8")
        fresh.run(2021, inbox, moment, units=["T04"])
        return read(receipts / "T04.json")

    first = run(0)
    assert (first["status"], {one["rule"] for one in first["explanations"]}) == ("accepted", notes)
    second = run(1, "second.json")
    assert (second["revision"], second["accepted_revision"], second["status"]) == (2, 2, "accepted")
    assert {(one["rule"], one["revision"]) for one in second["explanations"]} == {(rule, 1) for rule in notes}
    assert "沿用第 1 次报送的说明：确属逾期" in (receipts / "T04.html").read_text(encoding="utf-8")
    footnotes = read(report / "report.json")["footnotes"]
    assert {(note["rule"], note["unit"], note["revision"]) for note in footnotes} == {
        (rule, "T04", 1) for rule in notes
    }
    assert all(note["text"] for note in footnotes)

    moment, rebuilt = inboxes.AS_OF_FIRST_ROUND + timedelta(days=1), tmp_path / "rebuilt"
    fresh.run(2021, None, moment, stages=["report", "score", "draft"], out=rebuilt)
    assert read(rebuilt / "2021" / "manifest.json") == read(fresh.out / "2021" / "manifest.json")

    def later_document(document):
        (late,) = [one for one in first["findings"] if one["rule"] == "DOC-LATE"]
        number = late["where"].partition("[")[2].partition("]")[0]
        document["documents"] = [
            {**one, "published_on": "2021-12-28"} if one["number"] == number else one for one in content["documents"]
        ]

    third = run(2, "third.json", later_document)
    assert (third["revision"], third["accepted_revision"], third["status"]) == (3, 2, "returned")
    assert [one["rule"] for one in third["explanations"]] == ["CASE-OVERDUE"]
    (late,) = [one for one in third["findings"] if one["rule"] == "DOC-LATE"]
    assert "第 1 次报送时的说明" in late["message"]
    assert "不再沿用" in late["message"]
    second_file, warehouse = inbox / "T04" / "second.json", fresh.warehouse
    assert check_file(second_file, None, fresh.profile, warehouse, as_json=False) == 0
    said = capsys.readouterr().out
    assert "（已说明，沿用第 1 次报送）" in said
    assert "这份文件已作为第 2 次报送收到。" in said
    assert "NO-CHANGE" not in said, "a run says the same of it every time: what it said when it was accepted"
    assert run(3)["findings"] == third["findings"]
