"""A scheme's mistakes are told with line, indicator and way out, all at once."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import get_args

import pytest

from gongkai.cli.assessment.schemes import check_scheme
from gongkai.errors import ProfileError
from gongkai.profile import default_folder
from gongkai.profile.scheme import AwardGround
from gongkai.profile.scheme_examination import examine_scheme
from gongkai.submission.fields import lists

DEFAULT = (default_folder() / "scheme.yaml").read_text(encoding="utf-8")
TEN, NINE = ('weight: {area: "%s", town: "10"}' % points for points in ("10", "9"))  # noqa: UP031  # braces all over


def examined(tmp_path: Path, text: str) -> list[str]:
    path = tmp_path / "scheme.yaml"
    path.write_text(text, encoding="utf-8")
    return examine_scheme(path)


def line_of(text: str) -> int:
    return next(number for number, line in enumerate(DEFAULT.splitlines(), 1) if text in line)


def test_the_default_scheme_holds(tmp_path: Path) -> None:
    assert examined(tmp_path, DEFAULT) == []


@pytest.mark.parametrize(
    ("right", "wrong", "said"),
    [
        ('{at_least: "0"', '{at_least: "1"', "更低的分数没有等次"),
        ('{at_least: "80"', '{at_least: "90"', "有两个等次的 at_least 都是 90"),
        ("code: A2", "code: A1", "指标 A1：代码 A1 重复"),
        ('{level: city, points: "0.5"}', '{points: "0.5"}', "这项加分没有事由"),
        ('{level: city, points: "0.5"}', '{level: city, what: 好, points: "0.5"}', "请只留一个"),
        ('{level: city, points: "0.5"}', '{level: national, points: "0.5"}', "加分事由 national 重复"),
        ("bands:", "rolled_up: [bureau]\nbands:", "rolled_up：bureau 不是 weight 中的组"),
    ],
)
def test_a_mistake_names_line_and_way_out(tmp_path: Path, right: str, wrong: str, said: str) -> None:
    found = [one for one in examined(tmp_path, DEFAULT.replace(right, wrong, 1)) if said in one]
    assert any(one.startswith(f"scheme.yaml 第 {line_of(right)} 行：") for one in found), found
    assert all("请" in one for one in found)


def test_each_mistake_is_told_once_with_file_line_and_indicator(tmp_path: Path) -> None:
    text = DEFAULT.replace("code: A2", "code: A1", 1).replace(TEN, TEN.replace('"10"}', '"-10"}'), 1)
    text = text.replace("measure: budget_and_final", "measure: budgets_and_final", 1)
    text = text.replace("level: G\n", "level: H\n", 1).replace("    level: A\n    label: 村居", "    label: 村居", 1)
    text = text.replace('{level: city, points: "0.5"}', '{level: world, points: "0.5"}')
    found = examined(tmp_path, text)
    assert len(found) == len(set(found)) == 8
    assert all(re.match(r"scheme\.yaml 第 \d+ 行：", one) for one in found)
    assert "指标 A5：level：缺少这个键，请补上" in "\n".join(found)
    assert "是否应为 budget_and_final_account_on_time" in "\n".join(found)
    assert "bonus 第 3 项 level：应为 'national'、'provincial'、'city' 之一（现为 'world'）" in "\n".join(found)


def test_the_levels_of_a_bonus_are_those_that_a_unit_can_claim() -> None:
    levels = {level for level in get_args(AwardGround.model_fields["level"].annotation) if level is not type(None)}
    choices = lists()["evidence"].fields["level"].choices
    assert isinstance(choices, Mapping)
    assert set(get_args(levels.pop())) == set(choices)


def test_weights_that_do_not_make_a_hundred_are_told_by_group(tmp_path: Path) -> None:
    (said,) = examined(tmp_path, DEFAULT.replace(TEN, NINE, 1))
    assert "area 各指标的 weight 合计为 99，应为 100，少 1 分" in said


def test_an_unknown_level_and_a_misspelt_measure_are_told_together(tmp_path: Path) -> None:
    text = DEFAULT.replace("level: G\n    label: 整改率", "level: H\n    label: 整改率", 1)
    found = "\n".join(examined(tmp_path, text.replace("measure: documents_on_time", "measure: nothing", 1)))
    assert "指标 G1：level H 未在 levels 中登记" in found
    assert "没有名为 nothing 的测量方法" in found


def test_what_is_no_file_is_a_mistake_of_the_call(tmp_path: Path) -> None:
    with pytest.raises(ProfileError, match="没有这个文件"):
        examine_scheme(tmp_path / "方案.yaml")
    with pytest.raises(ProfileError, match="是目录，不是文件"):
        examine_scheme(tmp_path)


def test_what_is_no_yaml_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ProfileError):
        examined(tmp_path, "a: [")


def test_the_command_ends_with_2_for_a_scheme_that_does_not_hold(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "scheme.yaml"
    path.write_text(DEFAULT.replace(TEN, NINE, 1), encoding="utf-8")
    assert (check_scheme(path, None), check_scheme(default_folder() / "scheme.yaml", None)) == (2, 0)
    said = capsys.readouterr().out
    assert "✕ scheme.yaml 第" in said
    assert "没有发现错误" in said
