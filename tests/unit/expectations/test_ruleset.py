"""What a district changes about the rules: it is applied, it is told with its reason, and nothing else is accepted."""

from dataclasses import replace
from typing import Any

import pytest

from expectations.catalogue import Catalogue, load_catalogue
from expectations.ruleset import RuleSet
from expectations.validation import Context, validate
from gongkai.errors import ProfileError
from gongkai.law.limits import LIMITS
from gongkai.profile.rules import RuleSettings
from gongkai.submission.verdict import ChangedRule, NotApplied, Status, Verdict
from gongkai.warehouse.records import YearLock
from tests.unit.expectations.conftest import change, clean, of, read

WHY = "区划调整后另有规定"


def settings(*, off: tuple[str, ...] = (), **thresholds: Any) -> RuleSettings:
    """`YOY_JUMP=5`, or `PEER_OUTLIER__peers=9` for one of several."""
    changed = []
    for key, value in thresholds.items():
        rule, _, name = key.partition("__")
        changed.append({"rule": rule.replace("_", "-"), "name": name or None, "value": value, "reason": WHY})
    return RuleSettings.model_validate({"off": [{"rule": rule, "reason": WHY} for rule in off], "thresholds": changed})


def judged(context: Context, rules: RuleSettings, unit: str = "T01", **places: Any) -> Verdict:
    document = clean(unit)
    for where, value in places.items():
        change(document, where.replace("__", "."), value)
    profile = context.profile.model_copy(update={"rules": rules})
    return validate([read(document, unit)], replace(context, profile=profile))[0]


def test_a_rule_that_is_switched_off_is_not_applied_and_the_receipt_says_why(context: Context) -> None:
    late: dict[str, Any] = {"catalogue": [{"area": "01", "item": "示例指南", "updated_on": "2021-12-31"}]}
    assert of(judged(context, settings(), **late), "CATALOGUE-STALE")
    verdict = judged(context, settings(off=("CATALOGUE-STALE",)), **late)
    assert verdict.findings == ()
    assert NotApplied("CATALOGUE-STALE", f"本区停用：{WHY}。") in verdict.rules_not_applied


def test_a_rule_that_is_off_gives_no_second_reason_why_it_was_not_applied(context: Context) -> None:
    verdict = judged(context, settings(off=("CASE-NEW",)), register=None)
    assert [n.reason for n in verdict.rules_not_applied if n.rule == "CASE-NEW"] == [f"本区停用：{WHY}。"]


def test_another_threshold_decides_and_is_told_with_number_and_reason(context: Context) -> None:
    now = {"requests__new_requests__total": 36}  # T02 had 12 last year
    assert of(judged(context, settings(), "T02", **now), "YOY-JUMP")
    verdict = judged(context, settings(YOY_JUMP=4), "T02", **now)
    assert of(verdict, "YOY-JUMP") == []
    assert verdict.profile_rules == (ChangedRule("YOY-JUMP", "与上年相差", 4, 3, "倍", WHY),)


def test_a_message_names_the_district_s_own_threshold(context: Context) -> None:
    verdict = judged(context, settings(YOY_JUMP=4), "T02", requests__new_requests__total=60)
    assert "不少于较小的 4 倍" in of(verdict, "YOY-JUMP")[0].message


def test_without_settings_every_rule_is_as_the_catalogue_has_it(context: Context) -> None:
    verdict = judged(context, settings())
    assert (verdict.status, verdict.profile_rules) == (Status.ACCEPTED, ())
    assert not any("停用" in n.reason for n in verdict.rules_not_applied)


@pytest.mark.parametrize(
    ("given", "says"),
    [
        (settings(off=("NO-SUCH",)), "off.0.rule：没有规则 NO-SUCH"),
        (settings(off=("PERSONAL-DATA",)), "off.0.rule：规则 PERSONAL-DATA（含有个人信息）不能停用"),
        (settings(off=("REQ-BALANCE",)), "不能停用"),
        (settings(off=("ROLLUP-REQ",)), "不能停用"),
        (settings(off=("DOC-LATE", "DOC-LATE")), "off.1.rule：规则 DOC-LATE 写了两次"),
        (settings(NO_SUCH=1), "thresholds.0.rule：没有规则 NO-SUCH"),
        (settings(BLANK=1), "thresholds.0.name：规则 BLANK 没有门槛"),
        (settings(DOC_LATE=30), "“公开期限”由法规或格式规定，不能改"),
        (settings(YOY_JUMP=1), "thresholds.0.value：“与上年相差”应不小于 2（现为 1）"),
        (settings(TEXT_REUSED__percent=100), "“相同部分超过”应不大于 99，不用这条规则请写在 off 中（现为 100）"),
        (settings(PEER_OUTLIER=20), "规则 PEER-OUTLIER 的门槛是 factor、peers，请写明 name"),
        (settings(PEER_OUTLIER__median=20), "没有 median"),
    ],
)
def test_what_a_profile_may_not_say_is_a_configuration_error(given: RuleSettings, says: str) -> None:
    with pytest.raises(ProfileError) as refused:
        RuleSet(given)
    assert str(refused.value).startswith("rules.yaml 有误：")
    assert says in str(refused.value)


def test_all_mistakes_are_named_at_once() -> None:
    with pytest.raises(ProfileError) as refused:
        RuleSet(settings(off=("BLANK",), BLANK=1))
    assert len(str(refused.value).splitlines()) == 3


def test_a_kept_catalogue_decides_and_later_rules_are_left_out() -> None:
    today = load_catalogue()
    kept = Catalogue(rules=tuple(rule for rule in today.rules if rule.id != "DOC-LATE"), reasons=today.reasons)
    rules = RuleSet(settings(), kept)
    assert "DOC-LATE" not in {rule.id for rule in rules.in_force(2022)}
    assert [n.rule for n in rules.left_out(2022)] == ["DOC-LATE"]
    assert RuleSet(settings()).left_out(2022) == []


def test_a_rule_of_a_kept_catalogue_that_is_no_more_is_named_as_left_out() -> None:
    today = load_catalogue()
    gone = today.rule("DOC-LATE").model_copy(update={"id": "DOC-GONE"})
    rules = RuleSet(settings(), Catalogue(rules=(*today.rules, gone), reasons=today.reasons))
    assert "DOC-GONE" not in {rule.id for rule in rules.in_force(2022)}
    assert rules.left_out(2022) == [NotApplied("DOC-GONE", "本年度锁定之后已取消的规则。")]


def test_a_file_judged_by_a_kept_catalogue_is_told_which_rules_are_no_more(context: Context) -> None:
    today = load_catalogue()
    gone = today.rule("DOC-LATE").model_copy(update={"id": "DOC-GONE"})
    kept = Catalogue(rules=(*today.rules, gone), reasons=today.reasons).model_dump_json(by_alias=True)
    lock = YearLock(2022, context.as_of, "李主任", "已报市办", 1, "0" * 64, kept, context.profile)
    (verdict,) = validate([read(clean(), "T01")], replace(context, lock=lock, extensions={"T01": context.as_of.date()}))
    assert [n.reason for n in verdict.rules_not_applied if n.rule == "DOC-GONE"] == ["本年度锁定之后已取消的规则。"]


def test_every_changeable_threshold_has_bounds_around_its_regular_value() -> None:
    for rule in load_catalogue().rules:
        for one in rule.thresholds.values():
            if one.changeable:
                assert one.least is not None
                assert one.most is not None
                assert one.least <= one.value <= one.most


def test_what_the_law_limits_is_the_law_s_number_and_may_not_be_changed() -> None:
    rules = RuleSet(settings())
    of_the_law = {
        ("CASE-OVERDUE", "reply"): LIMITS.reply,
        ("CASE-EXTENSION", "longest"): LIMITS.extension,
        ("CASE-CORRECTION", "asked"): LIMITS.correction,
        ("DOC-LATE", "published"): LIMITS.publication,
    }
    assert {key: rules.limit(*key) for key in of_the_law} == of_the_law
    assert not any(load_catalogue().rule(rule).thresholds[name].changeable for rule, name in of_the_law)
    assert rules.clock == LIMITS


def test_a_threshold_that_a_kept_catalogue_does_not_know_yet_is_today_s() -> None:
    today = load_catalogue()
    older = tuple(rule.model_copy(update={"thresholds": {}}) for rule in today.rules)
    assert RuleSet(settings(), Catalogue(rules=older, reasons=today.reasons)).limit("DOC-LATE", "published") == 20
