"""A waiver lets in up to and with its last day; what was accepted by it stays accepted afterwards."""

import json
import shutil
from datetime import timedelta

from gongkai.demonstration import inboxes


def test_a_waiver_that_is_over_undoes_nothing_that_was_accepted(fresh, tmp_path):
    inbox, last_day = tmp_path / "inbox", (inboxes.AS_OF_FIRST_ROUND + timedelta(days=1)).date().isoformat()
    shutil.copytree(fresh.made.first_round / "A15", inbox / "A15")
    said = {"kind": "waiver", "unit": "A15", "by": "李主任", "on": "2022-01-10", "reason": "待改版"}
    entries = [
        {**said, "id": "W1", "indicator": "RULES-ZERO", "until": last_day},
        {**said, "id": "W2", "indicator": "DOC-COUNT"},
        {**said, "id": "W3", "indicator": "TEXT-TABLE"},
        {**said, "id": "W4", "indicator": "DOC-STOCK"},
    ]
    (inbox / "_office").mkdir()
    office = {"schema": "gongkai/inspection/1", "year": 2021, "entries": entries}
    (inbox / "_office" / "豁免.json").write_text(json.dumps(office), encoding="utf-8")

    def run(day):
        fresh.run(2021, inbox, inboxes.AS_OF_FIRST_ROUND + timedelta(days=day), units=["A15"])
        return json.loads((fresh.out / "2021" / "receipts" / "A15.json").read_text(encoding="utf-8"))

    held = run(1)
    assert held["status"] == "accepted"
    assert {"RULES-ZERO", "DOC-COUNT"} <= {one["rule"] for one in held["waivers"]}
    over = run(2)
    assert over["status"] == "accepted"
    assert {"RULES-ZERO", "DOC-COUNT"} <= {one["rule"] for one in over["waivers"]}
