"""The catalogue as data: complete, consistent with the format files and with the readers, and quick to load."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from pydantic import ValidationError

import gongkai.submission
from expectations.catalogue import Catalogue, Rule, load_catalogue, rules_version
from gongkai.errors import ConfigurationError
from gongkai.findings import Severity
from gongkai.national_format import for_year, loader

OPERATORS = {"==": "equal", ">=": "at_least", "<=": "at_most"}
SEVERITIES = {"error": Severity.ERROR, "warning": Severity.QUERY, "info": Severity.NOTICE}


@pytest.mark.parametrize("year", [2020, 2021, 2025])
def test_every_identity_of_the_format_is_a_rule_with_its_severity_and_operator(year: int) -> None:
    catalogue = load_catalogue()
    for entry in for_year(year).rules.values():
        rule = catalogue.rule(entry.id)
        assert (rule.severity, year in rule.years) == (SEVERITIES[entry.severity], True)
    for identity in for_year(year).identities:
        check = catalogue.rule(identity.rule).check
        assert check is not None
        assert check.expect == OPERATORS[identity.operator]


def test_rules_of_a_format_that_has_no_stock_are_not_in_force() -> None:
    ids = {rule.id for rule in load_catalogue().in_force(2020)}
    assert "YOY-STOCK-RULES" not in ids
    assert "REQ-BALANCE" in ids


def test_every_rule_that_a_reader_names_exists() -> None:
    folder = Path(gongkai.submission.__file__).parent
    named = {
        rule
        for room in ("values", "guard", "workbook", "readers", "inbox", "inspection", "published")
        for path in (folder / room).glob("*.py")
        for rule in re.findall(r'"([A-Z]+(?:-[A-Z]+)+|SHAPE|BLANK)"', path.read_text(encoding="utf-8"))
    }
    assert {"SHAPE", "UNKNOWN-KEY", "WRONG-TEMPLATE"} <= named
    assert named - {rule.id for rule in load_catalogue().rules} == set()


def test_every_rule_is_said_completely() -> None:
    for rule in load_catalogue().rules:
        assert rule.title
        assert rule.source
        assert rule.hint.endswith("。")
        for variant in rule.message:
            assert variant.endswith("。")
            assert rule.id not in variant
            assert "。" in variant[:-1]  # what is wrong, and what to do


def test_only_queries_are_settled_and_every_reason_is_used() -> None:
    catalogue = load_catalogue()
    settling = {key for rule in catalogue.rules for key in rule.settled_by}
    assert settling == {reason.key for reason in catalogue.reasons}
    with pytest.raises(ValidationError, match="不是疑点"):
        Rule.model_validate({**catalogue.rule("BLANK").model_dump(by_alias=True), "settled_by": ["expired"]})


def test_a_reason_is_known_by_its_key_and_by_its_wording() -> None:
    catalogue = load_catalogue()
    assert catalogue.reason("expired") == catalogue.reason("文件有效期届满，自动失效")
    assert catalogue.reason("其他") is None


def test_a_double_id_an_unknown_reason_and_a_rule_without_check_are_refused() -> None:
    rules = [rule.model_dump(by_alias=True) for rule in load_catalogue().rules]
    reasons = [reason.model_dump() for reason in load_catalogue().reasons]
    with pytest.raises(ValidationError, match="规则编号重复"):
        Catalogue.model_validate({"rules": [*rules, rules[0]], "reasons": reasons})
    with pytest.raises(ValidationError, match="settled_by"):
        Catalogue.model_validate({"rules": rules, "reasons": []})
    with pytest.raises(ValidationError, match="frame 与 check 不相配"):
        Rule.model_validate({**load_catalogue().rule("BLANK").model_dump(by_alias=True), "check": None})
    with pytest.raises(ValidationError, match="expect"):
        Rule.model_validate({**load_catalogue().rule("BLANK").model_dump(by_alias=True), "check": {"column": "value"}})


def test_the_version_is_the_hash_of_the_rules() -> None:
    assert re.fullmatch(r"[0-9a-f]{64}", rules_version())


def test_asking_the_catalogue_loads_neither_pandas_nor_great_expectations() -> None:
    code = (
        "import sys; import expectations.validation; from expectations.catalogue import rules_version; rules_version();"
        "sys.exit(bool({'pandas', 'great_expectations', 'prefect'} & set(sys.modules)))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_an_identity_of_a_format_that_is_no_rule_stops_the_program(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    raw = json.loads((loader.FOLDER / "format_2021.json").read_text(encoding="utf-8"))
    rule = {"id": "DIS-NEW", "expr": "disputes.reconsideration.pending <= disputes.reconsideration.total"}
    raw["identities"].append({**rule, "label_zh": "未审结 ≤ 总计", "severity": "error", "basis": "test"})
    (tmp_path / "format_2090.json").write_text(json.dumps(raw), encoding="utf-8")
    monkeypatch.setattr(loader, "FOLDER", tmp_path)
    with pytest.raises(ConfigurationError, match="勾稽关系 DIS-NEW 没有登记为规则"):
        load_catalogue.__wrapped__()
