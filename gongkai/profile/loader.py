"""Reads a profile folder into a `Profile`, or says in one message what is wrong with which key of which file."""

import hashlib
import json
import re
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from gongkai.errors import ProfileError
from gongkai.profile.calendar_file import read_calendars
from gongkai.profile.models import Cycle, District, Profile
from gongkai.profile.rules import RuleSettings
from gongkai.profile.scheme import Scheme
from gongkai.profile.unit import Areas, Unit

P = TypeVar("P", bound=BaseModel)
# Error types of pydantic → what the value should be; further types keep pydantic's own words.
_SHOULD_BE = {
    "string_type": "应为文字（数字请加引号）",
    "string_too_short": "不能为空",
    "string_pattern_mismatch": "应以大写字母开头，只含大写字母、数字、下划线和连字符，最长 32 个字符",
    "int_type": "应为整数",
    "int_parsing": "应为整数",
    "int_from_float": "应为整数",
    "decimal_type": "应为数字",
    "decimal_parsing": "应为数字",
    "finite_number": "应为数字",
    "bool_type": "应为 true 或 false",
    "bool_parsing": "应为 true 或 false",
    "tuple_type": "应为列表",
    "dict_type": "应为“键: 值”的形式",
    "model_type": "应为“键: 值”的形式",
}
_LIMITS = {"greater_than_equal": ("ge", "不小于"), "greater_than": ("gt", "大于"), "less_than_equal": ("le", "不大于")}


class _StrictLoader(yaml.SafeLoader):
    """YAML in which a key stands once (of two, one would be dropped in silence), and `off` is a word, not false."""


def _mapping_once(loader: _StrictLoader, node: yaml.MappingNode) -> dict[Any, Any]:
    keys = [loader.construct_object(key) for key, _ in node.value]
    for number, key in enumerate(keys):
        if key in keys[:number]:
            raise yaml.MarkedYAMLError(problem=f"键 {key} 重复出现", problem_mark=node.value[number][0].start_mark)
    return loader.construct_mapping(node, deep=True)


_StrictLoader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:bool"]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
_StrictLoader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile("^(?:true|false)$"), list("tf"))
_StrictLoader.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, _mapping_once)


def default_folder() -> Path:
    """The folder of the default profile that ships inside the package."""
    return Path(str(files(__package__) / "default"))


def load_profile(folder: Path | None = None) -> Profile:
    """Loads and validates a profile folder.

    Args:
        folder: the profile's folder; None means the default one. A file that a folder lacks is taken from the
            default profile, except `district.yaml` and `units.yaml`, which make a district.

    Raises:
        ProfileError: a file is missing, is no YAML, or has a wrong key or value; the message names them all.
    """
    return _default() if folder is None else _load(folder)


@cache
def _default() -> Profile:
    """The default profile, read once: it ships with the program. Any other folder may be edited between two runs."""
    return _load(default_folder())


def _load(folder: Path) -> Profile:
    if not folder.is_dir():
        raise ProfileError(f"配置目录不存在：{folder}。请用 --profile 指定一个目录，或不写该参数以使用默认配置。")
    units = _mapping(folder, "units.yaml", required=True)
    listed = units.get("units")
    if not isinstance(listed, list) or not listed:
        raise ProfileError(f"{folder / 'units.yaml'}：units 应为单位列表，且至少有一个单位。")
    parts: dict[str, Any] = {
        "district": _part(District, folder, "district.yaml", _mapping(folder, "district.yaml", required=True)),
        "cycle": _part(Cycle, folder, "cycle.yaml", _mapping(folder, "cycle.yaml")),
        "scheme": _part(Scheme, folder, "scheme.yaml", _mapping(folder, "scheme.yaml")),
        "rules": _part(RuleSettings, folder, "rules.yaml", _mapping(folder, "rules.yaml")),
        "units": tuple(
            _part(Unit, folder, f"units.yaml 第 {number} 个单位", unit) for number, unit in enumerate(listed, 1)
        ),
        "areas": _part(Areas, folder, "units.yaml", {"areas": units.get("areas") or {}}).areas,
        **read_calendars(folder / "calendar")._asdict(),
    }
    unknown = sorted(set(units) - {"areas", "units"})
    if unknown:
        raise ProfileError(f"{folder / 'units.yaml'}：不认识的键 {'、'.join(unknown)}。")
    return _part(Profile, folder, "", parts)


def profile_json(profile: Profile) -> str:
    """The profile as canonical JSON: stored with a run so that it can be rebuilt, and hashed."""
    return json.dumps(profile.model_dump(mode="json"), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def profile_from_json(text: str) -> Profile:
    """The inverse of `profile_json`."""
    return Profile.model_validate(json.loads(text))


def profile_sha256(profile: Profile) -> str:
    """The hash that `manifest.json` prints: of the content, so that comments and key order do not matter."""
    return hashlib.sha256(profile_json(profile).encode()).hexdigest()


def _mapping(folder: Path, name: str, *, required: bool = False) -> dict[str, Any]:
    path = folder / name
    if not path.is_file():
        if required:
            raise ProfileError(f"配置目录 {folder} 缺少文件 {name}。")
        path = default_folder() / name
    try:
        content = _StrictLoader(path.read_text(encoding="utf-8")).get_single_data()
    except UnicodeDecodeError:
        raise ProfileError(f"{path}：不是 UTF-8 编码的文件，请另存为 UTF-8。") from None
    except yaml.YAMLError as error:
        place = getattr(error, "problem_mark", None)
        line = f"第 {place.line + 1} 行" if place else "文件"
        problem = str(getattr(error, "problem", ""))
        if problem.endswith("重复出现"):
            raise ProfileError(f"{path}：{line}的{problem}，请只保留一处。") from None
        raise ProfileError(f"{path}：{line}不是有效的 YAML，请检查缩进、冒号和引号。") from None
    if content is None:  # nothing but comments says nothing; keys that must be there are missed where they are read
        return {}
    if not isinstance(content, dict):
        raise ProfileError(f"{path}：内容应为“键: 值”的形式。")
    return content


def _part(model: type[P], folder: Path, name: str, content: Any) -> P:
    try:
        return model.model_validate(content)
    except ValidationError as error:
        lines = [
            f"  {'.'.join(str(step) for step in e['loc']) or '（整体）'}：{_reason(dict(e))}" for e in error.errors()
        ]
        raise ProfileError("\n".join([f"{folder / name} 有误：", *lines])) from None


def _reason(error: dict[str, Any]) -> str:
    found = error.get("input")
    given = "（现为空）" if found is None else "" if isinstance(found, dict | list) else f"（现为 {found!r}）"
    match error["type"]:
        case "missing":
            return "缺少这个键"
        case "extra_forbidden":
            return "不认识的键，请检查拼写"
        case "literal_error":
            return f"应为 {error['ctx']['expected'].replace(' or ', '、').replace(', ', '、')} 之一{given}"
        case "value_error":
            return str(error["ctx"]["error"])
        case kind if kind in _LIMITS:
            bound, words = _LIMITS[kind]
            return f"应{words} {error['ctx'][bound]}{given}"
        case kind if kind in _SHOULD_BE:
            return f"{_SHOULD_BE[kind]}{given}"
        case _:
            return f"填写有误：{error['msg']}"
