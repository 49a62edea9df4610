"""A file was received when it was first seen: copying an inbox again makes nobody late."""

import json
import os
import shutil
from datetime import timedelta

from gongkai.demonstration import inboxes

UNITS = ("A05", "T01", "T04")


def receipts(district):
    folder = district.out / "2021" / "receipts"
    found = {unit: json.loads((folder / f"{unit}.json").read_text(encoding="utf-8")) for unit in UNITS}
    return {unit: (one["revision"], one["received_at"], one["on_time"]) for unit, one in found.items()}


def test_copying_the_inbox_again_after_the_deadline_makes_nobody_late(fresh, made, tmp_path):
    inbox = tmp_path / "inbox"
    for unit in UNITS:
        shutil.copytree(made.second_round / unit, inbox / unit)
    fresh.run(2021, inbox, inboxes.AS_OF_SECOND_ROUND, units=UNITS)
    before = receipts(fresh)
    assert any(on_time for _, _, on_time in before.values())

    later = inboxes.AS_OF_SECOND_ROUND + timedelta(days=90)
    for path in inbox.rglob("*.*"):
        os.utime(path, (later.timestamp(), later.timestamp()))
    fresh.run(2021, inbox, later, units=UNITS)
    assert receipts(fresh) == before
