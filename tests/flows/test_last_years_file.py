"""Last year's file, handed in again: its unit is told which file it is, and is still asked for this year's."""

import json
import shutil

from gongkai.demonstration import inboxes
from gongkai.profile import load_profile
from gongkai.reporting.outbox.reminder import reminders
from gongkai.warehouse.engine import looked_at
from gongkai.warehouse.queries import load_year


def test_last_years_file_is_listed_for_its_unit(fresh, made, tmp_path):
    fresh.run(2020, made.inbox_2020, inboxes.AS_OF_2020, units=["T01", "T03"], stages=["merge"])
    inbox = tmp_path / "inbox"
    shutil.copytree(made.inbox_2020 / "T01", inbox / "T01")
    shutil.copytree(made.inbox_2020 / "T03", inbox / "T03")
    for path in (made.second_round / "T03").iterdir():
        shutil.copy(path, inbox / "T03" / f"本年{path.suffix}")
    fresh.run(2021, inbox, inboxes.AS_OF_SECOND_ROUND, units=["T01", "T03"])

    receipt = json.loads((fresh.out / "2021/receipts/T01.json").read_text(encoding="utf-8"))
    (found,) = receipt["findings"]
    assert (receipt["status"], found["rule"]) == ("missing", "WRONG-YEAR")
    assert "是已收的 2020 年度报送（第 1 次，" in found["message"]
    page = (fresh.out / "2021/receipts/T01.html").read_text(encoding="utf-8")
    assert "交来的是往年已收的报送，还没有收到 2021 年度的填报表" in page
    assert "交来的是已收的 2020 年度报送" in (fresh.out / "2021/board.html").read_text(encoding="utf-8")
    assert json.loads((fresh.out / "2021/receipts/T03.json").read_text(encoding="utf-8"))["attachments"] == []

    with looked_at(fresh.warehouse) as engine:
        state = load_year(engine, 2021, inboxes.AS_OF_SECOND_ROUND, load_profile(fresh.profile))
    (owed,) = [one for one in reminders(state) if one.unit.code == "T01"]
    assert "是已收的 2020 年度报送。\n截至" in owed.text

    shutil.copy(next((made.second_round / "T01").iterdir()), inbox / "T01" / "本年.xlsx")
    fresh.run(2021, inbox, inboxes.AS_OF_SECOND_ROUND, units=["T01"])
    receipt = json.loads((fresh.out / "2021/receipts/T01.json").read_text(encoding="utf-8"))
    assert (receipt["revision"], receipt["status"]) == (1, "accepted")
