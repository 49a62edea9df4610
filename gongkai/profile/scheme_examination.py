"""Reads a scheme, or says what is wrong with its file as a whole, with line, indicator and way out.

What a single value may be stands in `scheme` and is told by `wrong_values`; here are the sums and comparisons over the
file that no value shows.
"""

from collections import Counter
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from gongkai.errors import ProfileError
from gongkai.profile.scheme import WHOLE, Scheme
from gongkai.profile.wrong_values import Place, examined, nearest
from gongkai.profile.yaml_file import read_yaml

Fault = tuple[Place, str]
"""The place in the file, and what is wrong there."""


def load_scheme(path: Path) -> Scheme:
    """A scheme that holds.

    Raises:
        ProfileError: the file is missing, no YAML, or wrong; the message names everything that is.
    """
    scheme, wrong = _read(path)
    if scheme is None or wrong:
        raise ProfileError("\n".join([f"{path} 有误：", *(f"  {line}" for line in wrong)]))
    return scheme


def examine_scheme(path: Path) -> list[str]:
    """What is wrong with a scheme: values first, then the file as a whole, each in the order of the file.

    Raises:
        ProfileError: the file is missing or no YAML.
    """
    return _read(path)[1]


def _read(path: Path) -> tuple[Scheme | None, list[str]]:
    file = read_yaml(path)
    content = file.content
    found = [*_codes(content), *_weights(content), *_bands(content), *_awards(content)]
    scheme, wrong = examined(Scheme, content)
    told = {place for place, _ in found}
    found += [(place, f"{_key(place)}{reason}") for place, reason in wrong if place not in told]
    lines = sorted((file.line(place) or 1, f"{_whose(content, place)}{text}") for place, text in found)
    return scheme, [f"{path.name} 第 {line} 行：{text}" for line, text in lines]


def _key(place: Place) -> str:
    """Which key a fault is of, below its indicator: `parts 第 1 项 limits.days：`."""
    own = place[2:] if len(place) > 1 and place[0] == "indicators" else place
    text = ""
    for step in own:
        text += f" 第 {step + 1} 项 " if isinstance(step, int) else f".{step}" if text[-1:].strip() else step
    return f"{text.strip()}：" if own else ""


def _codes(content: dict[str, Any]) -> Iterator[Fault]:
    levels = {level.get("code") for level in _dicts(content, "levels")}
    codes = Counter(one.get("code") for one in _dicts(content, "indicators"))
    for number, one in enumerate(_dicts(content, "indicators")):
        if "level" in one and one["level"] not in levels:
            text = f"level {one.get('level')} 未在 levels 中登记，请改正或在 levels 中补上"
            yield ("indicators", number, "level"), text
        if codes[one.get("code")] > 1:
            yield ("indicators", number, "code"), f"代码 {one.get('code')} 重复，请改用另一个代码"


def _weights(content: dict[str, Any]) -> Iterator[Fault]:
    sums: dict[str, Decimal] = {}
    beside = {level.get("code") for level in _dicts(content, "levels") if level.get("beside")}
    for one in (one for one in _dicts(content, "indicators") if one.get("level") not in beside):
        weight = one.get("weight")
        for group, points in weight.items() if isinstance(weight, dict) else ():
            sums[group] = sums.get(group, Decimal(0)) + _number(points)
    for group, total in sums.items():
        if total != WHOLE:
            apart = f"少 {WHOLE - total}" if total < WHOLE else f"多 {total - WHOLE}"
            meant = nearest(str(group), [other for other in sums if other != group]).lstrip("，")
            said = f"{group} 各指标的 weight 合计为 {total}{f'（{meant}）' if meant else ''}"
            yield ("indicators",), f"{said}，应为 100，{apart} 分，请调整该组的分值"


def _bands(content: dict[str, Any]) -> Iterator[Fault]:
    floors = [_number(band.get("at_least")) for band in _dicts(content, "bands")]
    for number, floor in enumerate(floors):
        if floor in floors[:number]:
            yield ("bands", number), f"有两个等次的 at_least 都是 {floor}，请改正其中一个"
    if floors and min(floors) != 0:
        text = f"最低的等次从 {min(floors)} 分起，更低的分数没有等次，请补上 at_least 为 0 的一档"
        yield ("bands", len(floors) - 1), text


def _awards(content: dict[str, Any]) -> Iterator[Fault]:
    for key, word in (("bonus", "加分"), ("penalty", "扣分")):
        listed = _dicts(content, key)
        names = [name for one in listed for name in (one.get("what"), one.get("level")) if name]
        for number, one in enumerate(listed):
            own = [name for name in (one.get("what"), one.get("level")) if name]
            if not own:
                yield (key, number), f"这项{word}没有事由，请写明 what（名称）或 level（级别）"
            if len(own) > 1:
                yield (key, number), f"这项{word}既写 what 又写 level，不知按哪一个，请只留一个，另一个另写一项"
            for name in own:
                if names.count(name) > 1:
                    yield (key, number), f"{word}事由 {name} 重复，只能有一个分值，请合并或改名"


def _dicts(content: dict[str, Any], key: str) -> list[dict[str, Any]]:
    listed = content.get(key)
    return [one if isinstance(one, dict) else {} for one in listed] if isinstance(listed, list) else []


def _number(given: Any) -> Decimal:
    try:
        return Decimal(str(given))
    except InvalidOperation:
        return Decimal(0)  # what it should be is said of the value itself


def _whose(content: dict[str, Any], place: Place) -> str:
    """Which indicator a place belongs to."""
    if len(place) < 2 or place[0] != "indicators" or not isinstance(place[1], int):
        return ""
    code = _dicts(content, "indicators")[place[1]].get("code")
    return f"指标 {code}：" if code else f"第 {place[1] + 1} 个指标："
