"""A split by the run's own steps: two units that share last year, report, contradict it, and correct it together."""

import json
from datetime import datetime

import pytest
import yaml

from gongkai.errors import CallError
from gongkai.reporting.outbox.release import release
from tests.few_units import profile_of
from tests.flows.conftest import District
from tests.unit.expectations.conftest import YEAR, sound

BOTH = ("T07", "N01")


def day(number):
    return datetime.fromisoformat(f"{YEAR + 1}-01-{number:02}T09:00:00+08:00")


class Split:
    """T07 left four open cases; N01 came out of it this year."""

    def __init__(self, folder, made):
        profile = profile_of(("T07", "OFFICE"), made.profile, folder / "profile")
        registry = yaml.safe_load((profile / "units.yaml").read_text(encoding="utf-8"))
        (old,) = (unit for unit in registry["units"] if unit["code"] == "T07")
        new = {**old, "code": "N01", "name": "新港镇", "authority": "新港镇人民政府"}
        registry["units"].append({**new, "from_year": YEAR, "succeeds": ["T07"]})
        (profile / "units.yaml").write_text(yaml.safe_dump(registry, allow_unicode=True), encoding="utf-8")
        self.district, self.folder, self.sent = District(folder, made, profile), folder, 0

    def send(self, unit, year=YEAR, reason=None, **cells):
        self.sent += 1
        document = {**sound(unit, year), "reason": reason}
        if unit == "N01":  # 5 of last year, and what both made less what both repealed: 7 in force
            document["tables"]["proactive_disclosure"]["normative_documents"]["in_force"] = 2
        requests = document["tables"]["requests"]
        for row, value in cells.items():
            for column in ("natural_person", "total"):
                more = value - requests[row][column]
                requests[row][column] = value
                requests["new_requests"][column] += more if row == "carried_out" else -more
        place = self.folder / str(year) / unit
        place.mkdir(parents=True, exist_ok=True)
        (place / f"{self.sent}.json").write_text(json.dumps(document, ensure_ascii=False), encoding="utf-8")

    def run(self, number, year=YEAR, units=()):
        at = day(number).replace(year=year + 1)
        return self.district.run(year, self.folder / str(year), at, units=units)

    def receipt(self, unit):
        return json.loads((self.district.out / str(YEAR) / f"receipts/{unit}.json").read_text(encoding="utf-8"))

    def standing(self):
        """Of both: the verdict on the latest revision, the accepted one, and whether the carry-over is asked about."""
        receipts = {unit: self.receipt(unit) for unit in BOTH}
        return {
            unit: (said["status"], said["accepted_revision"], any(f["rule"] == "YOY-CARRY" for f in said["findings"]))
            for unit, said in receipts.items()
        }


@pytest.fixture
def split(made, tmp_path):
    return Split(tmp_path, made)


def test_two_successors_correct_their_common_sum(split):
    split.send("T07", YEAR - 1, carried_out=4)
    split.run(10, YEAR - 1)
    split.send("T07", carried_in=1)
    split.run(11)
    (waits,) = {one["reason"] for one in split.receipt("T07")["rules_not_applied"] if one["rule"] == "YOY-CARRY"}
    assert "N01 尚未报齐（上年结转合计应为 4 件）" in waits

    split.send("N01", carried_in=2)
    split.run(12, units=["N01"])
    assert split.standing() == {"T07": ("accepted", 1, True), "N01": ("returned", None, True)}
    (found,) = (
        f
        for f in split.receipt("N01")["findings"]
        if f["where"] == "requests.carried_in.natural_person" and f["rule"] == "YOY-CARRY"
    )
    assert ("T07 填写 1、N01 填写 2" in found["message"], found["severity"]) == (True, "query")

    split.send("N01", carried_in=3)
    split.run(13, units=["N01"])
    assert split.standing() == {"T07": ("accepted", 1, False), "N01": ("accepted", 2, False)}
    agreed = {path.name: path.read_bytes() for path in (split.district.out / str(YEAR) / "receipts").iterdir()}

    split.send("T07", carried_in=2, reason="复核后更正")
    split.send("N01", carried_in=2, reason="复核后更正")
    split.run(14)
    assert split.standing() == {"T07": ("accepted", 2, False), "N01": ("accepted", 3, False)}

    split.send("T07", carried_in=1, reason="再次更正")
    split.run(15, units=["T07"])
    assert split.standing() == {"T07": ("returned", 2, True), "N01": ("accepted", 3, False)}
    report = json.loads((split.district.out / str(YEAR) / "report/report.json").read_text(encoding="utf-8"))
    assert report["tables"]["requests"]["carried_in"]["natural_person"] == 4

    split.district.run(YEAR, None, day(13), stages=["report", "score", "draft"])
    place = split.district.out / str(YEAR) / "receipts"
    assert {path.name: path.read_bytes() for path in place.iterdir() if path.suffix != ".sig"} == {
        name: data for name, data in agreed.items() if not name.endswith(".sig")
    }
    with pytest.raises(CallError, match="与数据仓库不一致"):
        release(YEAR, split.district.out, "王主任", "按计划签发", split.district.warehouse, day(20), print)
