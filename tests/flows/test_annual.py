"""The year's work as the operator sees it: two rounds, final states, outputs, reruns and failures."""

import json
import shutil
from datetime import timedelta

import openpyxl
import pytest

from gongkai import __version__
from gongkai.cli.office.previewing import show_preview
from gongkai.cli.unit.verifying import verify_file
from gongkai.demonstration import inboxes
from gongkai.demonstration.mistakes import MISTAKES
from gongkai.errors import CallError, UnknownUnit
from gongkai.profile import load_profile
from gongkai.reporting.outbox.release import release
from gongkai.submission.inbox import received_files
from gongkai.submission.readers.json_writer import submission_to_json


def read(path):
    return json.loads(path.read_text(encoding="utf-8"))


def files(folder):
    """Everything that stands in a year's folder, but what a validation says of itself: a rebuild validates nothing."""
    found = (path.relative_to(folder) for path in folder.rglob("*") if path.is_file())
    return sorted(path.as_posix() for path in found if path.parts[0] != "validation")


def test_last_year_is_taken_in_without_any_output(year):
    district, states = year
    assert states["2020"].name == "Completed"
    assert not (district.out / "2020").exists()


def test_the_first_round_ends_partly_accepted_and_names_every_unit_that_is_not(year):
    _, states = year
    state = states["first"]
    assert state.is_completed()
    assert state.name == "部分受理"
    named = {code for code, mistake in MISTAKES.items() if mistake.status != "accepted"}
    assert len(named) == 11
    assert all(f"{code} " in state.message for code in named)
    assert "已受理 26 个" in state.message


@pytest.mark.parametrize("unit", sorted(MISTAKES))
def test_each_mistake_of_the_first_round_gets_the_verdict_it_deserves(year, unit):
    district, _ = year
    receipt = district.out.parent / "first-round" / "2021" / "receipts" / f"{unit}.json"
    expected = MISTAKES[unit]
    if expected.status == "missing":
        assert not receipt.exists()
        return
    found = read(receipt)
    assert found["status"] == expected.status
    if expected.status == "accepted":
        assert found["coercions"]
    else:
        assert found["findings"]


def test_the_first_report_is_provisional_and_the_second_is_final(year):
    district, states = year
    first = read(district.out.parent / "first-round" / "2021" / "report" / "report.json")
    second = read(district.out / "2021" / "report" / "report.json")
    assert first["provisional"] is True
    assert second["provisional"] is False
    assert len(second["units"]["accepted"]) == 37
    assert states["second"].name == "Completed"


def test_the_published_facts_of_2021_come_out_by_computing(year):
    """docs/reference_2021.md, fact by fact."""
    district, _ = year
    report = read(district.out / "2021" / "report" / "report.json")
    office = report["office"]
    assert office["activities"]["portal_items"] == 255
    assert office["activities"]["gazette_issues"] == 4
    assert office["activities"]["press_conferences"] == 4
    kinds = office["documents_by_kind"]
    assert (kinds["normative"], kinds["government"], kinds["office"]) == (16, 14, 18)
    assert office["tables"]["requests"]["new_requests"]["total"] == 70
    assert office["tables"]["requests"]["outcome_total"]["total"] == 70
    assert office["indicators"]["requests_closed_on_time_percent"] == "100.00"
    disputes = report["tables"]["disputes"]
    assert disputes["reconsideration"]["total"] == 2
    assert disputes["litigation_direct"]["total"] + disputes["litigation_after_reconsideration"]["total"] == 1
    assert all(group["corrected"] == 0 for group in disputes.values())
    assert report["indicators"]["average_reply_working_days"] == "7.29"
    assert report["indicators"]["reply_shortening_percent"] == "63.55"
    assert report["activities"]["processing_fees_yuan"] == "0"


def test_every_total_is_the_sum_of_its_sources(year):
    district, _ = year
    report = read(district.out / "2021" / "report" / "report.json")
    for table, rows in report["tables"].items():
        for row, columns in rows.items():
            for column, total in columns.items():
                if isinstance(total, int):
                    sources = report["sources"][f"{table}.{row}.{column}"]
                    assert total == sum(source["value"] for source in sources)


def test_every_assessed_unit_has_its_scorecard_in_three_forms(year):
    district, _ = year
    folder = district.out / "2021" / "scorecards"
    cards = sorted(path.name for path in folder.iterdir())
    assert len(cards) == 36
    assert "OFFICE" not in cards
    for card in cards:
        assert {path.name for path in (folder / card).iterdir()} == {
            "scorecard.html",
            "scorecard.json",
            "scorecard.pdf",
            "scorecard.xlsx",
        }


def test_the_manifest_lists_exactly_what_was_written(year):
    district, _ = year
    folder = district.out / "2021"
    listed = {output["path"] for output in read(folder / "manifest.json")["outputs"]}
    written = {p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file()}
    unlisted = {path for path in written if path.startswith("validation/") or path.endswith((".sig", ".pub"))}
    assert listed == written - unlisted - {"manifest.json"}


def test_what_great_expectations_said_is_kept_and_names_every_row_it_did_not_expect(year):
    district, _ = year
    batches = read(district.out.parent / "first-round" / "2021" / "validation" / "great_expectations.json")["batches"]
    for batch in batches:
        assert len(batch["unexpected"]) == batch["great_expectations"]["result"]["unexpected_count"]
    named = {(one["unit"], one["rule"]) for batch in batches for one in batch["unexpected"]}
    receipt = read(district.out.parent / "first-round" / "2021" / "receipts" / "A05.json")
    assert {("A05", finding["rule"]) for finding in receipt["findings"] if finding["severity"] == "error"} <= named


def test_a_rebuild_gives_the_same_bytes_as_the_run(year, tmp_path):
    district, _ = year
    state = district.run(2021, None, inboxes.AS_OF_SECOND_ROUND, stages=["report", "score", "draft"], out=tmp_path)
    assert state.is_completed()
    assert read(tmp_path / "2021" / "manifest.json") == read(district.out / "2021" / "manifest.json")


def test_a_rebuild_as_of_the_first_round_gives_the_first_rounds_bytes(year, tmp_path):
    district, _ = year
    shutil.copytree(district.out, tmp_path / "out", symlinks=True)  # where a later run's outputs stand: none is left
    district.run(2021, None, inboxes.AS_OF_FIRST_ROUND, stages=["report", "score", "draft"], out=tmp_path / "out")
    first = district.out.parent / "first-round" / "2021"
    assert read(tmp_path / "out" / "2021" / "manifest.json") == read(first / "manifest.json")
    assert files(tmp_path / "out" / "2021") == files(first)


@pytest.mark.parametrize("place", ["first-round/2021", "out/2021"])
def test_the_findings_pages_say_what_the_receipts_say(year, place):
    district, _ = year
    folder = district.out.parent / place
    listed: dict[str, list[tuple[str, str, str]]] = {}
    for found in read(folder / "findings" / "findings.json")["findings"]:
        listed.setdefault(found["unit"], []).append((found["rule"], found["where"], found["message"]))
    receipts = {path.stem: read(path) for path in (folder / "receipts").glob("[AOT]*.json")}
    said = {
        unit: [(found["rule"], found["where"], found["message"]) for found in receipt["findings"]]
        for unit, receipt in receipts.items()
    }
    assert listed == {unit: found for unit, found in said.items() if found}
    pages = {path.stem for path in (folder / "findings").glob("*.html")}
    assert pages == {"index", *receipts}


def test_one_unit_can_be_taken_in_again_without_the_others(whole, made):
    whole.run(2020, made.inbox_before, inboxes.AS_OF_2020, stages=["merge"])
    first = whole.run(2021, made.first_round, inboxes.AS_OF_FIRST_ROUND, stages=["merge"])
    assert "已受理 26 个" in first.message
    rerun = whole.run(2021, made.second_round, inboxes.AS_OF_SECOND_ROUND, units=["A15"])
    assert "已受理 27 个" in rerun.message
    assert "A15" not in rerun.message
    receipt = read(whole.out / "2021" / "receipts" / "A15.json")
    assert (receipt["status"], receipt["revision"], receipt["accepted_revision"]) == ("accepted", 2, 2)


def test_a_run_of_a_year_that_is_not_over_says_so_and_a_rebuild_says_whose_version_ran(fresh, made, monkeypatch):
    when = inboxes.AS_OF_FIRST_ROUND.replace(year=2021, month=11)
    early = fresh.run(2021, made.first_round, when, units=["T01"], stages=["merge"])
    assert "2021 年度还没有结束：本次按 2021-11-" in early.message
    rebuilding = {"inbox": None, "as_of": when, "stages": ["report"]}
    assert "重新写出" not in fresh.run(2021, **rebuilding).message
    monkeypatch.setattr("tasks.workspace.__version__", "99.0")
    said = fresh.run(2021, **rebuilding).message
    assert f"由 gongkai {__version__} 运行，现在由 99.0 重新写出" in said


def test_the_same_inbox_twice_changes_nothing(fresh, made, tmp_path):
    small = ["T01", "OFFICE"]
    fresh.run(2021, made.first_round, inboxes.AS_OF_FIRST_ROUND, units=small)
    before = (fresh.out / "2021" / "manifest.json").read_bytes()
    fresh.run(2021, made.first_round, inboxes.AS_OF_FIRST_ROUND, units=small)
    assert (fresh.out / "2021" / "manifest.json").read_bytes() == before


def test_a_unit_whose_step_crashes_never_stops_the_others(served, made, monkeypatch):
    from gongkai.warehouse import merge

    real = merge.merge_submission

    def crash_for_t01(engine, reading, verdict, unit, *rest):
        if unit == "T01":
            raise RuntimeError("disk on fire")
        return real(engine, reading, verdict, unit, *rest)

    monkeypatch.setattr("gongkai.warehouse.filing.merge_submission", crash_for_t01)
    state = served.run(2021, made.first_round, inboxes.AS_OF_FIRST_ROUND, units=["T01", "T03", "T04"])
    assert state.is_failed()
    assert "T01 合并失败" in state.message
    assert read(served.out / "2021" / "receipts" / "T03.json")["status"] == "accepted"
    assert not (served.out / "2021" / "receipts" / "T01.json").exists()
    with pytest.raises(CallError, match="有技术故障"):
        release(2021, served.out, "王主任", "定稿", served.warehouse, None, print)
    refused = served.issue(2021, "王主任", "定稿")
    assert refused.is_failed()
    assert "没有签发：2021 年度最近一次运行有技术故障" in refused.message


def test_a_failing_run_leaves_the_last_good_outputs(served, made, monkeypatch):
    served.run(2021, made.first_round, inboxes.AS_OF_FIRST_ROUND, units=["T01"])
    before = (served.out / "2021" / "manifest.json").read_bytes()
    monkeypatch.setattr("tasks.report.compute_totals", lambda _: 1 / 0)
    state = served.run(2021, made.first_round, inboxes.AS_OF_SECOND_ROUND, units=["T01"])
    assert state.is_failed()
    assert (served.out / "2021" / "manifest.json").read_bytes() == before
    assert not [p for p in served.out.iterdir() if p.name.startswith(".2021")]


def test_an_unknown_unit_fails_before_anything_is_opened(fresh, made):
    state = fresh.run(2021, made.first_round, inboxes.AS_OF_FIRST_ROUND, units=["X99"])
    assert state.is_failed()
    with pytest.raises(UnknownUnit, match="X99"):
        state.result()
    assert not fresh.out.exists()


def test_an_inbox_that_does_not_exist_fails_before_anything_is_opened(fresh, tmp_path):
    with pytest.raises(CallError, match="收件目录不存在"):
        fresh.run(2021, tmp_path / "nowhere", inboxes.AS_OF_FIRST_ROUND).result()


def test_nothing_in_the_inbox_is_changed(fresh, made, tmp_path):
    inbox = tmp_path / "inbox"
    shutil.copytree(made.first_round, inbox)
    stats = {p: (p.stat().st_mtime_ns, p.read_bytes()) for p in inbox.rglob("*") if p.is_file()}
    fresh.run(2021, inbox, inboxes.AS_OF_FIRST_ROUND, units=["A02", "T01"], stages=["merge"])
    assert {p: (p.stat().st_mtime_ns, p.read_bytes()) for p in inbox.rglob("*") if p.is_file()} == stats


def test_the_receipts_are_signed_and_a_changed_one_is_told(year, tmp_path, capsys):
    district, _ = year
    receipts = district.out / "2021" / "receipts"
    assert verify_file(receipts / "A05.json", receipts / "district.pub") == 0
    assert verify_file(receipts / "A05.json", None) == 3, "whoever forges a receipt lays his own key beside it"
    assert "回执有效" in capsys.readouterr().out
    assert len(list(receipts.glob("*.sig"))) == 37
    shutil.copytree(receipts, tmp_path / "receipts")
    page = tmp_path / "receipts" / "A05.html"
    page.write_text(page.read_text(encoding="utf-8").replace("已受理", "未受理"), encoding="utf-8")
    assert verify_file(page, receipts / "district.pub") == 3


def test_a_run_without_a_usable_key_goes_on_unsigned(fresh, monkeypatch, tmp_path):
    (tmp_path / "file").touch()
    monkeypatch.setenv("GONGKAI_KEY", str(tmp_path / "file" / "key.pem"))
    fresh.run(2021, fresh.made.first_round, inboxes.AS_OF_FIRST_ROUND, units=["T01"])
    receipts = fresh.out / "2021" / "receipts"
    assert (receipts / "T01.json").exists()
    assert not list(receipts.glob("*.sig"))


def test_a_file_that_says_the_same_in_other_bytes_becomes_no_revision(fresh, tmp_path):
    """Also not later, when what it repeats has been replaced: an old repetition never undoes a correction."""
    inbox = tmp_path / "inbox"
    shutil.copytree(fresh.made.first_round / "T01", inbox / "T01")
    fresh.run(2021, inbox, inboxes.AS_OF_FIRST_ROUND, units=["T01"])
    (sent,) = (inbox / "T01").iterdir()
    reading = received_files.read(received_files.received(sent, load_profile(fresh.profile), inboxes.AS_OF_FIRST_ROUND))
    assert reading.submission is not None
    again = inbox / "T01" / "again.json"
    again.write_text(json.dumps(submission_to_json(reading.submission), ensure_ascii=False), encoding="utf-8")
    fresh.run(2021, inbox, inboxes.AS_OF_FIRST_ROUND + timedelta(days=1), units=["T01"])
    receipt = read(fresh.out / "2021" / "receipts" / "T01.json")
    assert (receipt["revision"], receipt["status"], receipt["changes"]) == (1, "accepted", None)
    (repeated,) = receipt["repeated"]
    assert (repeated["file"], repeated["revision"]) == ("T01/again.json", 1)
    assert "NO-CHANGE" in [finding["rule"] for finding in repeated["findings"]]

    corrected = {**submission_to_json(reading.submission), "reason": "更正"}
    corrected["activities"] = {**corrected["activities"], "portal_items": 9999}
    (inbox / "T01" / "new.json").write_text(json.dumps(corrected, ensure_ascii=False), encoding="utf-8")
    for days in (2, 3):
        fresh.run(2021, inbox, inboxes.AS_OF_FIRST_ROUND + timedelta(days=days), units=["T01"])
        receipt = read(fresh.out / "2021" / "receipts" / "T01.json")
        assert (receipt["revision"], receipt["accepted_revision"], len(receipt["repeated"])) == (2, 2, 1)
        (change,) = receipt["changes"]["cells"]
        assert (change["where"], change["after"]) == ("activities.portal_items", 9999)


def test_a_waiver_lets_a_submission_pass_until_it_is_withdrawn(fresh, tmp_path):
    inbox = tmp_path / "inbox"
    shutil.copytree(fresh.made.first_round / "A15", inbox / "A15")
    entry = {"id": "W1", "unit": "A15", "kind": "waiver", "indicator": "RULES-ZERO", "reason": "待改版"}
    entry |= {"by": "李主任", "on": "2022-01-10"}

    def run(day, *entries):
        office = inbox / "_office" / "豁免.json"
        office.parent.mkdir(exist_ok=True)
        said = {"schema": "gongkai/inspection/1", "year": 2021, "entries": list(entries)}
        office.write_text(json.dumps(said), encoding="utf-8")
        fresh.run(2021, inbox, inboxes.AS_OF_FIRST_ROUND + timedelta(days=day), units=["A15"])
        return read(fresh.out / "2021" / "receipts" / "A15.json")

    other = {**entry, "id": "W2", "unit": "A01"}
    others = ("DOC-COUNT", "DOC-STOCK", "TEXT-TABLE")
    beside = [{**entry, "id": f"W-{rule}", "indicator": rule} for rule in others]
    granted = run(0, entry, *beside, other)
    assert granted["status"] == "accepted"
    waived = {"RULES-ZERO", *others}
    assert {(w["rule"], w["by"]) for w in granted["waivers"]} == {(rule, "李主任") for rule in waived}
    annex = openpyxl.load_workbook(fresh.out / "2021" / "report" / "annex.xlsx")["豁免"]
    assert {row[0] for row in annex.iter_rows(min_row=3, values_only=True)} == {"A15 公共文化服务"}
    assert run(1, *beside, other)["status"] == "returned"


def test_a_file_that_names_no_unit_can_be_previewed_for_one(year, tmp_path, capsys):
    district, _ = year
    file = tmp_path / "台账.csv"
    file.write_bytes("登记编号,收到日期,申请人类型\n2021-001,2021-03-01,自然人\n".encode("gb18030"))
    show_preview("T03", 2021, district.warehouse, None, None, file, inboxes.AS_OF_SECOND_ROUND, True)
    said = json.loads(capsys.readouterr().out)
    assert (said["unit"], said["status"], said["accepted_revision"]) == ("T03", "returned", 1)


def test_a_copy_of_a_file_is_the_same_file_and_one_in_a_folder_nobody_expects_is_told(fresh, made, tmp_path):
    inbox = tmp_path / "inbox"
    shutil.copytree(made.second_round / "T01", inbox / "T01")
    (original,) = (inbox / "T01").iterdir()
    shutil.copy2(original, inbox / "T01" / f"副本{original.suffix}")
    shutil.copytree(made.second_round / "T02", inbox / "T99")
    fresh.run(2021, inbox, inboxes.AS_OF_SECOND_ROUND, units=["T01"])
    manifest = read(fresh.out / "2021" / "manifest.json")
    assert [one["revision"] for one in manifest["inputs"] if one["unit"] == "T01"] == [1]
    assert {one["unit"] for one in manifest["inputs"]} == {"T01", "_unassigned"}
