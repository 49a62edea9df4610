"""A run, `check --warehouse` and `preview --file` say the same of a file: verdict, findings, and what was not applied.

One wave of files comes to a few units of the demonstration, each another kind of file. What check and preview foretell
is what the run then decides, and what check says afterwards; only the deadline is left to the run, and check says so.
"""

import json
import os
import shutil
from datetime import timedelta
from typing import Any

import pytest

from gongkai.cli.office.previewing import show_preview
from gongkai.cli.unit.checking import check_file
from gongkai.demonstration import inboxes
from gongkai.demonstration.inboxes import AS_OF_FIRST_ROUND as DAY_ONE
from gongkai.errors import CallError
from gongkai.profile import load_profile
from gongkai.submission.inbox import received_files
from gongkai.submission.readers.json_writer import submission_to_json
from gongkai.warehouse.engine import open_warehouse
from gongkai.warehouse.queries import load_year
from tests.flows.conftest import FEW
from tests.golden.published.build import Case
from tests.golden.published_reader.render import WRITERS, sound, view

DAY_TWO = DAY_ONE + timedelta(days=1)
GRANTED = "requests.granted.natural_person"
LICENCES = ("proactive_disclosure", "administrative_licences", "decisions")


class Wave:
    """A district that has been through one run, and the files that come to it next."""

    def __init__(self, district, made, folder):
        self.district, self.made = district, made
        self.inbox = folder / "inbox"
        self.profile = load_profile(district.profile)
        self.files = {}

    def first_run(self):
        self.district.run(2020, self.made.inbox_before, inboxes.AS_OF_2020, stages=["merge"])
        for unit in FEW:
            if (self.made.first_round / unit).is_dir():
                shutil.copytree(self.made.first_round / unit, self.inbox / unit)
        (workbook,) = (self.inbox / "T03").iterdir()
        self.said_by_t03 = self.said(workbook)
        workbook.unlink()
        self.write("T03", "年度报告.html", self.report(self.said_by_t03), DAY_ONE)
        self.office("waiver", "W1", unit="A15", indicator="RULES-ZERO", until="2030-01-01")
        self.district.run(2021, self.inbox, DAY_ONE, stages=["merge"])

    def said(self, path):
        return received_files.read(received_files.received(path, self.profile, DAY_TWO)).submission

    def accepted(self, unit):
        (path,) = (self.inbox / unit).iterdir()
        return submission_to_json(self.said(path))

    def report(self, submission, **changed):
        facts = {"about": {"authority": "东风街道办事处"}}
        figures = {where: str(cell.value) for where, cell in submission.by_where.items()} | changed
        return WRITERS["html"](view(Case("", "", 2021, facts), figures, sound))

    def write(self, unit, name, data, moment=DAY_TWO):
        path = self.inbox / unit / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data if isinstance(data, bytes) else json.dumps(data, ensure_ascii=False).encode())
        os.utime(path, (moment.timestamp() - 3600,) * 2)
        return path

    def office(self, kind, entry_id, **further):
        entry = {"id": entry_id, "kind": kind, "by": "李主任", "on": "2022-01-10", "reason": "已核实", **further}
        document = {"schema": "gongkai/inspection/1", "year": 2021, "entries": [entry]}
        self.write("_office", f"{entry_id}.json", document, DAY_ONE)

    def comes(self, unit, name, data):
        self.files[unit] = self.write(unit, name, data)

    def make(self):
        """One file a unit, each of another kind."""
        known = {unit: self.accepted(unit) for unit in ("T01", "T04", "A08", "OFFICE")}
        self.comes(
            "T01", "年度报告.html", self.report(self.said(next((self.inbox / "T01").iterdir())), **{GRANTED: "7"})
        )
        differing = submission_to_json(self.said_by_t03)
        differing["tables"]["requests"]["granted"]["natural_person"] += 1
        self.comes("T03", "填报.json", differing)
        changed = json.loads(json.dumps(known["T04"]))
        table, row, column = LICENCES
        changed["tables"][table][row][column] += 1
        self.comes("T04", "更正.json", changed)
        self.comes("OFFICE", "再报.json", known["OFFICE"] | {"prepared_by": "另一人"})
        self.comes("A08", "去年的.json", known["A08"] | {"year": 2020})
        self.comes("A02", "别处的.json", known["T01"])
        (second,) = (path for path in (self.made.second_round / "A05").iterdir() if "更正" in path.name)
        self.comes("A05", second.name, second.read_bytes())
        self.comes("A15", "读不出.xlsx", b"PK\x03\x04 no workbook")

    def run(self):
        self.district.run(2021, self.inbox, DAY_TWO, stages=["merge"])
        engine = open_warehouse(self.district.warehouse, create=False)
        try:
            state = load_year(engine, 2021, DAY_TWO)
        finally:
            engine.dispose()
        decided = {}
        for unit in (state.unit(code) for code in self.files):
            filed: list[Any] = [*unit.revisions, *unit.repeated, *unit.published, *unit.beside]
            for one in filed:
                verdict = getattr(one, "verdict", None)
                findings = verdict.findings if verdict else one.findings
                status = (
                    verdict.status
                    if verdict
                    else getattr(one, "status", "quarantined" if one in unit.beside else "accepted")
                )
                decided[one.sha256] = (str(status), [finding.to_json() for finding in findings])
        return decided


@pytest.fixture
def wave(fresh, made, tmp_path):
    wave = Wave(fresh, made, tmp_path)
    wave.first_run()
    wave.make()
    return wave


@pytest.fixture
def check(wave, capsys):
    def run(unit):
        capsys.readouterr()
        check_file(wave.files[unit], 2021, None, wave.district.warehouse, as_json=True, unit=unit, as_of=DAY_TWO)
        return json.loads(capsys.readouterr().out)

    return run


@pytest.fixture
def foretell(wave, capsys):
    def run(unit):
        capsys.readouterr()
        show_preview(unit, 2021, wave.district.warehouse, None, None, wave.files[unit], DAY_TWO, True)
        return json.loads(capsys.readouterr().out)

    return run


def judged(said):
    return said["status"], said["findings"]


def test_run_check_and_preview_say_the_same_of_every_kind_of_file(wave, check, foretell):
    before = {unit: check(unit) for unit in wave.files}
    readable = {unit for unit, said in before.items() if said["status"] != "quarantined"}
    previews = {unit: foretell(unit) for unit in readable}
    for unit in wave.files.keys() - readable:
        with pytest.raises(CallError, match="不能作为"):
            foretell(unit)
    assert {unit: judged(said) for unit, said in previews.items()} == {unit: judged(before[unit]) for unit in readable}
    for unit, said in previews.items():
        left_out = [one for one in before[unit]["rules_not_applied"] if one["rule"] != "INTAKE-CLOSED"]
        assert left_out == said["rules_not_applied"]
        assert len(left_out) + 1 == len(before[unit]["rules_not_applied"]), "the deadline is not for a sender to judge"

    decided = wave.run()
    assert {unit: decided[said["sha256"]] for unit, said in before.items()} == {
        unit: judged(said) for unit, said in before.items()
    }
    after = {unit: check(unit) for unit in wave.files}
    assert {unit: judged(said) for unit, said in after.items()} == {unit: judged(said) for unit, said in before.items()}

    states = {unit: said["status"] for unit, said in before.items()}
    assert states.items() >= {"T03": "returned", "T04": "returned", "OFFICE": "accepted", "A15": "quarantined"}.items()
    rules = {unit: {one["rule"] for one in said["findings"]} for unit, said in before.items()}
    assert "PUBLISHED-DIFFERS" in rules["T03"], "against the report that stands as the unit's revision"
    assert "PUBLISHED-DIFFERS" in rules["T01"], "the attached report names what the accepted submission says otherwise"
    assert "REASON-MISSING" in rules["T04"]
    assert "NO-CHANGE" in rules["OFFICE"]
