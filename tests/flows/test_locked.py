"""A locked year: a later rule set neither changes a verdict nor a word of it, and only an extension lets anybody in."""

import json
import shutil
from pathlib import Path

import pytest

from expectations import catalogue, wording
from gongkai.cli.office.status import show_status
from gongkai.demonstration import inboxes
from gongkai.packaged_data import packaged_yaml
from gongkai.submission.readers.json_writer import submission_to_json
from gongkai.warehouse.engine import open_warehouse
from gongkai.warehouse.locks import lock_year
from gongkai.warehouse.queries import load_year
from tests.few_units import profile_of

UNITS = ["A04", "A05", "T01"]  # one accepted with an explanation, one returned with its workbook, one accepted
CACHED = (catalogue.load_catalogue, catalogue.catalogue_json, catalogue.rules_version, wording.rule_wording)


@pytest.fixture(scope="module")
def few(made, tmp_path_factory):
    return profile_of([*UNITS, "OFFICE"], made.profile, tmp_path_factory.mktemp("few") / "profile")


@pytest.fixture
def later_rules(monkeypatch):
    """Makes today's catalogue a later one: a rule that now finds errors everywhere, and other words."""

    def change():
        later = {kind: packaged_yaml("expectations", f"{kind}.yaml") for kind in ("rules", "reasons")}
        for rule in later["rules"]:
            rule["title"] = f"改称{rule['title']}"
            rule["hint"] = f"改写：{rule['hint']}"
            if rule["id"] == "STOCK-FLOOR-NORMATIVE_DOCUMENTS":
                rule["check"] = {"expect": "at_most"}
        for reason in later["reasons"]:
            reason["wording"] = f"改称{reason['wording']}"
        monkeypatch.setattr(catalogue, "packaged_yaml", lambda _, name: later[Path(name).stem])
        forget()

    yield change
    monkeypatch.undo()
    forget()


def forget():
    for function in CACHED:
        function.cache_clear()


def outputs(folder):
    """Everything but what Great Expectations said of the last validation: a rebuild validates nothing."""
    paths = [path for path in folder.rglob("*") if path.is_file() and path.parent.name != "validation"]
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}


def receipt(district, unit):
    return json.loads((district.out / "2021" / "receipts" / f"{unit}.json").read_text(encoding="utf-8"))


def lock(district):
    return lock_year(open_warehouse(district.warehouse), 2021, inboxes.AS_OF_SECOND_ROUND, "李主任", "已报市办")


def test_a_later_rule_set_changes_nothing_in_a_locked_year(fresh, made, tmp_path, later_rules):
    inbox, as_of = made.first_round, inboxes.AS_OF_FIRST_ROUND
    fresh.run(2021, inbox, as_of, units=UNITS)
    before = outputs(fresh.out / "2021")
    assert (receipt(fresh, "A05")["status"], receipt(fresh, "T01")["status"]) == ("returned", "accepted")
    assert "receipts/A05-returned.xlsx" in before
    assert "确属逾期，已办结并整改".encode() in before["report/report.json"]
    shutil.copy(tmp_path / "warehouse.sqlite", tmp_path / "open.sqlite")
    version = lock(fresh).rules_version
    later_rules()
    assert catalogue.rules_version() != version

    fresh.run(2021, inbox, as_of, units=UNITS)
    assert outputs(fresh.out / "2021") == before
    fresh.run(2021, inbox, as_of, stages=["report", "score", "draft"], out=tmp_path / "rebuilt")
    assert outputs(tmp_path / "rebuilt" / "2021") == before

    fresh.warehouse = f"sqlite:///{tmp_path / 'open.sqlite'}"
    fresh.run(2021, inbox, as_of, units=UNITS)
    assert receipt(fresh, "T01")["status"] == "accepted"
    assert "kept:error" in {found["settled_by"] for found in receipt(fresh, "T01")["findings"]}, "an open year says so"


def test_only_an_extension_lets_a_file_into_a_locked_year_and_it_is_judged_by_the_rules_of_then(
    fresh, made, tmp_path, later_rules, capsys
):
    fresh.run(2021, made.first_round, inboxes.AS_OF_FIRST_ROUND, units=["T01"])
    lock(fresh)
    show_status(2021, fresh.warehouse, None, False)
    assert "由李主任锁定：已报市办" in capsys.readouterr().out
    later_rules()
    inbox, as_of = tmp_path / "inbox", inboxes.AS_OF_SECOND_ROUND
    shutil.copytree(made.first_round / "T01", inbox / "T01")
    said = accepted(fresh)
    said["tables"]["proactive_disclosure"]["administrative_licences"]["decisions"] += 1
    (inbox / "T01" / "again.json").write_text(json.dumps({**said, "reason": "漏计一件"}), encoding="utf-8")

    fresh.run(2021, inbox, as_of, units=["T01"])
    refused = receipt(fresh, "T01")
    assert (refused["revision"], refused["accepted_revision"], refused["status"]) == (2, 1, "returned")
    assert [finding["rule"] for finding in refused["findings"] if finding["severity"] == "error"] == ["INTAKE-CLOSED"]
    assert "锁定，不再收取报送" in refused["findings"][0]["message"]

    entry = {
        "id": "延期-1",
        "kind": "extension",
        "unit": "T01",
        "until": "2030-01-01",
        "by": "李主任",
        "on": "2022-01-10",
        "reason": "更正",
    }
    (inbox / "_office").mkdir()
    office = {"schema": "gongkai/inspection/1", "year": 2021, "entries": [entry]}
    (inbox / "_office" / "延期.json").write_text(json.dumps(office), encoding="utf-8")
    fresh.run(2021, inbox, as_of, units=["T01"])
    taken = receipt(fresh, "T01")
    assert (taken["revision"], taken["accepted_revision"], taken["status"]) == (2, 2, "accepted")


def accepted(district):
    """The accepted T01 as the JSON form has it."""
    state = load_year(open_warehouse(district.warehouse), 2021, inboxes.AS_OF_SECOND_ROUND)
    said = state.unit("T01").accepted.submission
    assert said is not None
    return submission_to_json(said)
