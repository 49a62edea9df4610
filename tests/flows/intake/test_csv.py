"""CSV files that lie together in a unit's folder travel through the flow as one submission."""

import json
from datetime import timedelta

from gongkai.demonstration.inboxes import AS_OF_FIRST_ROUND as DAY_ONE

REGISTER = "登记编号,收到日期,申请人类型\r\n2021-001,2021-03-01,自然人\r\n"
PAPERS = "文号,标题,类别\r\n示府〔2021〕1号,办法,行政规范性文件\r\n"


def test_two_lists_are_one_revision_and_the_tables_are_asked_for(fresh, tmp_path):
    folder = tmp_path / "inbox" / "T01"
    folder.mkdir(parents=True)
    (folder / "台账-2021.csv").write_bytes(REGISTER.encode("gb18030"))
    (folder / "文件清单-2021.csv").write_bytes(PAPERS.encode("utf-8-sig"))
    for day in (0, 1):
        fresh.run(2021, tmp_path / "inbox", DAY_ONE + timedelta(days=day), units=["T01"])
        receipts = fresh.out / "2021" / "receipts"
        receipt = json.loads((receipts / "T01.json").read_text(encoding="utf-8"))
        assert (receipt["revision"], receipt["status"]) == (1, "returned")
        assert "台账-2021.csv" in receipt["file"]
        assert "文件清单-2021.csv" in receipt["file"]
        (blank,) = [finding["message"] for finding in receipt["findings"] if finding["rule"] == "BLANK"]
        assert "只有“依申请公开台账”" in blank
        assert "表二、表三、表四不在其中（200 项）" in blank
        assert (receipts / "T01-returned.xlsx").exists(), "the template comes back with what was read"
