"""What a report lacks is told by id, and released by name or not at all."""

import pytest

from gongkai.errors import CallError, Refused
from gongkai.reporting.report.lacks import Lack, released

LACKS = (Lack("UNIT-T03", "T03 新桥街道（未报）：没有受理的报送"), Lack("INSPECTION", "没有任何检查记录"))


def test_every_lack_is_told_with_its_id_and_the_way_out():
    with pytest.raises(Refused) as refused:
        released(LACKS, {"UNIT-T03": "该街道已撤销"}, "审定")
    assert refused.value.exit_code == 3
    assert "INSPECTION：没有任何检查记录" in str(refused.value)
    assert "UNIT-T03" not in str(refused.value)
    assert "--despite 编号=理由" in str(refused.value)


def test_each_is_released_by_its_id_or_all_by_one_reason():
    assert released(LACKS, {"all": "上级要求先行报送"}, "审定") == {
        "UNIT-T03": "上级要求先行报送",
        "INSPECTION": "上级要求先行报送",
    }
    given = {"UNIT-T03": "已撤销", "INSPECTION": "检查推迟"}
    assert released(LACKS, given, "审定") == given


def test_an_id_that_is_no_lack_is_a_wrong_call():
    with pytest.raises(CallError, match="UNIT-T04 不是缺项的编号。现有的编号为：INSPECTION、UNIT-T03"):
        released(LACKS, {"UNIT-T04": "笔误"}, "审定")


def test_nothing_lacking_needs_nobodys_word():
    assert released((), {"all": "不需要"}, "审定") == {}
