"""Reads one YAML file of a profile strictly, and knows on which line every key of it stands."""

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from gongkai.errors import ProfileError
from gongkai.packaged_data import SafeLoader


class YamlFile(NamedTuple):
    """What a file says, and its nodes for the lines."""

    path: Path
    content: dict[str, Any]
    root: yaml.Node | None

    def line(self, steps: Sequence[str | int]) -> int | None:
        """The line, from 1, of a key or a list's entry; of one that is not there, of the nearest that holds it."""
        node, found = self.root, None
        for step in steps:
            after = _step(node, step)
            if after is None:
                break
            found, node = after
        return found


class _StrictLoader(SafeLoader):  # type: ignore[misc,valid-type]  # one of two with the same face
    """YAML in which a key stands once (of two, one would be dropped in silence), and `off` is a word, not false."""


def _mapping_once(loader: _StrictLoader, node: yaml.MappingNode) -> dict[Any, Any]:
    keys = [loader.construct_object(key) for key, _ in node.value]
    for number, key in enumerate(keys):
        if key in keys[:number]:
            raise yaml.MarkedYAMLError(problem=f"键 {key} 重复出现", problem_mark=node.value[number][0].start_mark)
    return dict(loader.construct_mapping(node, deep=True))


_StrictLoader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:bool"]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
_StrictLoader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile("^(?:true|false)$"), list("tf"))
_StrictLoader.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, _mapping_once)


def read_yaml(path: Path) -> YamlFile:
    """Reads a file of the form `key: value`; nothing but comments says nothing.

    Raises:
        ProfileError: no such file, no UTF-8, no YAML, a key twice, or no keys; the message names the line.
    """
    try:
        loader = _StrictLoader(path.read_text(encoding="utf-8"))
        root = loader.get_single_node()
        content = None if root is None else loader.construct_document(root)
    except FileNotFoundError:
        raise ProfileError(f"{path}：没有这个文件，请核对路径。") from None
    except IsADirectoryError:
        raise ProfileError(f"{path}：是目录，不是文件，请写到其中的文件。") from None
    except UnicodeDecodeError:
        raise ProfileError(f"{path}：不是 UTF-8 编码的文件，请另存为 UTF-8。") from None
    except yaml.YAMLError as error:
        place = getattr(error, "problem_mark", None)
        line = f"第 {place.line + 1} 行" if place else "文件"
        problem = str(getattr(error, "problem", ""))
        if problem.endswith("重复出现"):
            raise ProfileError(f"{path}：{line}的{problem}，请只保留一处。") from None
        raise ProfileError(f"{path}：{line}不是有效的 YAML，请检查缩进、冒号和引号。") from None
    if content is None:
        return YamlFile(path, {}, None)
    if not isinstance(content, dict):
        raise ProfileError(f"{path}：内容应为“键: 值”的形式。")
    return YamlFile(path, content, root)


def _step(node: yaml.Node | None, step: str | int) -> tuple[int, yaml.Node] | None:
    """The line and the value of one key or entry."""
    if isinstance(node, yaml.MappingNode):
        return next(((key.start_mark.line + 1, value) for key, value in node.value if key.value == str(step)), None)
    if isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
        return node.value[step].start_mark.line + 1, node.value[step]
    return None
