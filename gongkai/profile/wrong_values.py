"""Says what is wrong with a value of a profile: which key, on which line, what stands there and what should."""

from collections.abc import Iterator, Sequence
from difflib import get_close_matches
from typing import Any, TypeVar, get_args

from pydantic import BaseModel, ValidationError

from gongkai.errors import ProfileError
from gongkai.profile.yaml_file import YamlFile

P = TypeVar("P", bound=BaseModel)
Place = tuple[str | int, ...]
"""The keys, and numbers of list entries from 0, that lead to a value."""


class Misplaced(ValueError):
    """A value that does not fit the others of its part: what is wrong, and where below the part it stands."""

    def __init__(self, text: str, *place: str | int) -> None:
        super().__init__(text)
        self.place = place


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
RENAMED: dict[str, str] = {}
"""Keys of profiles that were handed out → what they are called now. None has been renamed yet."""
_LIMITS = {"greater_than_equal": ("ge", "不小于"), "greater_than": ("gt", "大于"), "less_than_equal": ("le", "不大于")}


def typed(model: type[P], content: Any, title: str, file: YamlFile | None = None, above: Sequence[str | int] = ()) -> P:
    """A part of a profile, typed.

    Args:
        model: the part.
        content: what the file says of it.
        title: what is wrong when something is: a file, a unit of one.
        file: for the lines; None where it is not one file's.
        above: the keys under which the content stands in the file.

    Raises:
        ProfileError: names every key that is wrong, with its line.
    """
    part, wrong = examined(model, content)
    if part is None:
        lines = [_line(place, reason, file, above) for place, reason in wrong]
        raise ProfileError("\n".join([f"{title} 有误：", *lines]))
    return part


def examined(model: type[P], content: Any) -> tuple[P | None, list[tuple[Place, str]]]:
    """A part where it holds, else everything that is wrong: place, and what should be there."""
    try:
        return model.model_validate(content), []
    except ValidationError as error:
        return None, [_fault(dict(one), model) for one in error.errors()]


def faults(model: type[BaseModel], content: Any) -> list[tuple[str, str]]:
    """What is wrong with a part: its key (empty: the whole) and what should be there; nothing when it holds."""
    return [(str(place[0]) if place else "", reason) for place, reason in examined(model, content)[1]]


def _fault(error: dict[str, Any], model: type[BaseModel]) -> tuple[Place, str]:
    misplaced = error.get("ctx", {}).get("error")
    within = misplaced.place if isinstance(misplaced, Misplaced) else ()
    return (*error["loc"], *within), _reason(error, model)


def _line(place: Place, reason: str, file: YamlFile | None, above: Sequence[str | int]) -> str:
    where = ".".join(str(step) for step in place) or "（整体）"
    line = file.line((*above, *place)) if file else None
    return f"  {where}：{reason}" + (f"，见第 {line} 行" if line else "")


def nearest(key: str, known: Sequence[str]) -> str:
    """“，是否应为 name”: what a misspelt key seems to be, or what an older one is called now; empty without one.

    A word of a longer key counts too: `email` is `contact_email`, whoever had it so before.
    """
    if key in RENAMED:
        return f"，现已改名为 {RENAMED[key]}"
    holding = [one for one in known if f"_{key.lower()}_" in f"_{one.lower()}_"]
    alike = get_close_matches(key, known, 1, 0.6) or holding[:1]
    return f"，是否应为 {alike[0]}" if alike else ""


def _keys(model: type[BaseModel]) -> Iterator[str]:
    """The keys of a part and of its parts."""
    for name, field in model.model_fields.items():
        yield name
        yield from (key for inner in _models(field.annotation) for key in _keys(inner))


def _models(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for argument in get_args(annotation):
        yield from _models(argument)


def _reason(error: dict[str, Any], model: type[BaseModel]) -> str:
    found = error.get("input")
    given = "（现为空）" if found is None else "" if isinstance(found, dict | list) else f"（现为 {found!r}）"
    match error["type"]:
        case "missing":
            return "缺少这个键，请补上"
        case "extra_forbidden":
            return f"不认识的键，请检查拼写{nearest(str(error['loc'][-1]), sorted(set(_keys(model))))}"
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
