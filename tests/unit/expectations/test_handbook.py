"""docs/rules.md is what the catalogue says today."""

import re
from datetime import datetime
from pathlib import Path

from expectations.catalogue import load_catalogue
from expectations.examples import load_examples
from expectations.handbook import handbook, rule_families, switched_off
from expectations.ruleset import RuleSet
from gongkai.profile import load_profile
from gongkai.profile.rules import RuleSettings
from gongkai.reporting.findings.rule_list import write_rule_list
from gongkai.reporting.style import Page
from tests.unit.expectations.conftest import ZONE

PAGE = Path(__file__).parents[3] / "docs" / "rules.md"


def test_the_page_is_current() -> None:
    assert PAGE.read_text(encoding="utf-8") == handbook(), "run: python -m expectations.handbook > docs/rules.md"


def test_every_rule_and_every_reason_is_on_the_page() -> None:
    text = handbook()
    for rule in load_catalogue().rules:
        assert f"### {rule.id} {rule.title}\n" in text
        assert rule.source in text
        pair = load_examples().examples[rule.id]
        assert all(said in text for said in (pair.right.says, pair.wrong.says, pair.wrong.message))
    for reason in load_catalogue().reasons:
        assert f"| `{reason.key}` | {reason.wording} |" in text


def test_a_message_shows_blanks_for_what_is_filled_in() -> None:
    assert "最迟应于 ＿＿ 答复，＿＿ 办结" in handbook()
    assert not re.search(r"(?<!{){(?!{)", handbook())  # a reference in a clerk's sentence stands in double braces


def unit_page(folder: Path, **settings: object) -> str:
    rules = RuleSet(RuleSettings.model_validate(settings))
    page = Page("规则清单", load_profile().district, 2022, datetime(2022, 12, 1, 9, 0, tzinfo=ZONE), "0" * 64)
    path = write_rule_list(rule_families(rules, 2022), switched_off(rules, 2022), page, folder)
    return path.read_text(encoding="utf-8")


def test_units_get_every_rule_that_concerns_them_with_example_source_and_reasons(tmp_path: Path) -> None:
    text, catalogue = unit_page(tmp_path), load_catalogue()
    for rule in catalogue.in_force(2022):
        assert (f">{rule.id}<" in text) is (rule.family not in ("rollup", "entry", "report"))
    assert catalogue.rule("DOC-LATE").source in text
    assert "3 月 1 日成文，3 月 30 日（第 21 个工作日）公开。" in text
    assert "因不可抗力延误，影响消除后已及时办理" in text
    assert "http" not in text
    assert "停用" not in text


def test_in_a_family_errors_come_before_queries_before_notices() -> None:
    for family in rule_families(RuleSet(RuleSettings()), 2022):
        ranks = [rule.severity.rank for rule in family.rules]
        assert ranks == sorted(ranks)


def test_the_units_page_says_what_the_district_changed_and_why(tmp_path: Path) -> None:
    text = unit_page(
        tmp_path,
        off=[{"rule": "CATALOGUE-STALE", "reason": "目录由市级维护"}],
        thresholds=[{"rule": "YOY-JUMP", "value": 5, "reason": "区划调整"}],
    )
    assert ">CATALOGUE-STALE<" not in text
    assert "目录事项本年没有更新：目录由市级维护。" in text
    assert "与上年相差 5 倍（一般为 3 倍，上面的例子按此写；本区改动的理由：区划调整）" in text
