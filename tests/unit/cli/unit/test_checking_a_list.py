"""A list that is checked by itself: what it is is said once, and it is checked for what it holds."""

import json

from gongkai.cli.unit.checking import check_file

HEAD = "登记编号,收到日期,申请渠道,起算日期,申请人类型,办结日期,办理结果\n"
ROW = "2021-001,2021-03-01,网络,2021-03-01,自然人,2021-03-08,（一）予以公开\n"


def test_a_register_alone_is_called_that_and_checked(tmp_path, capsys):
    file = tmp_path / "依申请公开台账2021.csv"
    file.write_text(HEAD + ROW + ROW, encoding="utf-8")
    assert check_file(file, 2021, None, None, as_json=True, unit="T01") == 3
    found = json.loads(capsys.readouterr().out)["findings"]
    (alone,) = [finding for finding in found if finding["rule"] == "BLANK"]
    assert alone["message"].startswith("这份文件只有“依申请公开台账”（2 行），已就它核对")
    assert "表二、表三、表四不在其中（200 项）" in alone["message"]
    assert "CASE-DUPLICATE" in {finding["rule"] for finding in found}
