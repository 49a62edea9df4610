"""What has changed about the rules, told in sentences: off and on again, a threshold there and back, new and gone."""

import json
from datetime import UTC, datetime
from typing import Any

from expectations.catalogue import catalogue_json
from expectations.rule_bulletin import bulletins
from gongkai.profile.rules import RuleSettings
from gongkai.warehouse.post.rule_history import RulesInForce

OFF = {"off": [{"rule": "CATALOGUE-STALE", "reason": "标准目录由市级统一维护"}]}
WIDER = {"thresholds": [{"rule": "YOY-JUMP", "name": None, "value": 5, "reason": "区划调整"}]}


def told(*settings: dict[str, Any], catalogues: tuple[str | None, ...] = ()) -> list[tuple[int, tuple[str, ...]]]:
    """The bulletins of runs by these settings, one after the other."""
    kept = catalogues or (catalogue_json(),) * len(settings)
    history = [
        RulesInForce(number, datetime(2022, 2, number, tzinfo=UTC), RuleSettings.model_validate(one), catalogue)
        for number, (one, catalogue) in enumerate(zip(settings, kept, strict=True), 1)
    ]
    return [(one.run_id, one.lines) for one in bulletins(history)]


def test_a_rule_that_is_switched_off_and_on_again_is_told_both_times() -> None:
    (off, said), (on, back) = told({}, OFF, {})
    assert (off, on) == (2, 3)
    assert said[0].startswith("停用规则 CATALOGUE-STALE“")
    assert said[0].endswith("理由：标准目录由市级统一维护。")
    assert back[0].startswith("恢复规则 CATALOGUE-STALE")


def test_a_threshold_is_told_with_both_numbers() -> None:
    (_, said), (_, back) = told({}, WIDER, {})
    assert "由 3 " in said[0]
    assert "改为 5 " in said[0]
    assert "由 5 " in back[0]
    assert "恢复为 3 " in back[0]


def test_another_alarm_or_the_same_rules_are_no_bulletin() -> None:
    assert told({}, {"alarm": {"share": 0.5, "units": 9}}) == []


def test_a_rule_that_is_new_or_gone_or_otherwise_severe_is_told() -> None:
    before = json.loads(catalogue_json())
    now = json.loads(catalogue_json())
    gone = now["rules"].pop(0)
    severe = next(rule for rule in now["rules"] if rule["severity"] == "notice")
    severe["severity"] = "query"
    ((_, said),) = told({}, {}, catalogues=(json.dumps(before), json.dumps(now)))
    assert f"取消规则 {gone['id']}“{gone['title']}”。" in said
    assert f"规则 {severe['id']}“{severe['title']}”由提示改为疑点。" in said
    ((_, back),) = told({}, {}, catalogues=(json.dumps(now), json.dumps(before)))
    assert any(line.startswith(f"新增规则 {gone['id']}") for line in back)
