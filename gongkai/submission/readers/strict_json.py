"""JSON text of a sender, strictly: UTF-8, exact decimals, no repeated key, nothing too large or too deep.

What the text means is its reader's business; a sentence in Chinese says why one is refused.
"""

import json
from collections.abc import Iterable
from decimal import Decimal
from functools import partial
from typing import Any

from gongkai.submission.plain_text import visible
from gongkai.submission.values.typed_values import printable

MAX_SIZE = 20 * 2**20  # twenty thousand register rows are some twelve
MAX_KEYS = 1000  # of one object; ours have some thirty
_MAX_DEPTH = 20  # ours are five deep
_TOO_DEEP = f"JSON 嵌套层数过多（应不超过 {_MAX_DEPTH} 层）"


class NotOurJson(ValueError):
    """The text is no JSON of ours; args[0] says why in Chinese."""


def parse_json(data: bytes, unseen: list[str] | None = None) -> Any:
    """Parses UTF-8 JSON with exact decimals; keys lose the characters that nobody can see.

    Args:
        data: the bytes.
        unseen: takes the keys that lost some.

    Raises:
        ValueError: says why in Chinese.
    """
    if len(data) > MAX_SIZE:
        raise NotOurJson(f"JSON 文件过大（{len(data) // 2**20} MB，应不超过 {MAX_SIZE // 2**20} MB）")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise NotOurJson("不是 UTF-8 编码的 JSON 文件") from None
    unique = partial(_unique, unseen=[] if unseen is None else unseen)
    try:
        document = json.loads(text, parse_float=Decimal, parse_constant=_no_constant, object_pairs_hook=unique)
    except json.JSONDecodeError as error:
        raise NotOurJson(f"不是有效的 JSON：第 {error.lineno} 行第 {error.colno} 列附近有误") from None
    except NotOurJson:
        raise
    except ValueError:
        raise NotOurJson("JSON 中有过长的数字") from None
    except RecursionError:
        raise NotOurJson(_TOO_DEEP) from None
    if _deeper_than(document, _MAX_DEPTH):
        raise NotOurJson(_TOO_DEEP)
    return document


def _deeper_than(document: Any, most: int) -> bool:
    """Whether lists and objects are nested deeper: what this Python can parse is not what later steps can walk."""
    level = [document]
    for _ in range(most):
        level = [inner for one in level for inner in _inside(one)]
    return bool(level)


def _inside(one: Any) -> Iterable[Any]:
    """What a list or an object holds; nothing for a value."""
    return one if isinstance(one, list) else one.values() if isinstance(one, dict) else ()


def _no_constant(name: str) -> Any:
    raise NotOurJson(f"JSON 中有不是数字的值 {name}")


def _unique(pairs: list[tuple[str, Any]], unseen: list[str]) -> dict[str, Any]:
    if len(pairs) > MAX_KEYS:
        raise NotOurJson(f"JSON 中的一个对象有 {len(pairs)} 个键")
    found = dict(pairs)
    if any(not key.isascii() and visible(key) != key for key in found):
        unseen += [key for key in found if visible(key) != key]
        pairs = [(visible(key), value) for key, value in pairs]
        found = dict(pairs)
    if len(found) != len(pairs):
        seen: set[str] = set()
        twice = next(key for key, _ in pairs if key in seen or seen.add(key))  # type: ignore[func-returns-value]
        raise NotOurJson(f"JSON 中的键 {printable(twice)} 重复出现")
    return found
