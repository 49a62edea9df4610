"""A district's first profile (`gongkai init`): the default's commented files, changed to one of the examples.

The texts are changed, not the data, so that every comment stays: the files are read and edited by people. What an
example changes is data in `examples/`.
"""

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from pydantic import Field

from gongkai.errors import CallError
from gongkai.packaged_data import packaged_yaml
from gongkai.profile.loader import default_folder
from gongkai.profile.part import NameText, ProfilePart

_EXAMPLES = default_folder().parent / "examples"
_PLACE = re.compile("示例[区市]")
_WEIGHT, _ONE_WEIGHT = re.compile(r"weight: \{([^}]*)\}"), re.compile(r'(\w+): ("[^"]*")')
_KINDS, _RANKED = re.compile(r"^# kinds: .*$", re.MULTILINE), re.compile(r"^rank_within: .*$", re.MULTILINE)


class Example(ProfilePart):
    """What one example changes of the default profile.

    Attributes:
        label: what kind of district it is for, in Chinese.
        groups: group of its scheme → group of the default scheme whose weights it has.
        kinds: what its own groups are called.
        words: words of the default's files → its words.
    """

    label: NameText
    groups: dict[str, str]
    kinds: dict[str, str] = Field(default_factory=dict)
    words: dict[str, str] = Field(default_factory=dict)


@cache
def examples() -> Mapping[str, Example]:
    """The examples by their names, the default one first."""
    data = packaged_yaml(__package__, "examples/examples.yaml")
    return {name: Example.model_validate(entry) for name, entry in data.items()}


def begin(folder: Path, example: str, name: str | None = None) -> list[Path]:
    """Writes a whole profile that runs at once.

    Args:
        folder: where to; made if need be.
        example: one of `examples()`.
        name: the district's or city's name, instead of the invented one.

    Returns:
        The files written.

    Raises:
        CallError: a file of the profile is there already; nothing is written then.
    """
    default = default_folder()
    texts = {
        path.relative_to(default): _text(path, example, name) for path in sorted(default.rglob("*")) if path.is_file()
    }
    there = [str(part) for part in texts if (folder / part).exists()]
    if there or (folder.exists() and not folder.is_dir()):
        raise CallError(f"{folder} 中已有{'、'.join(there) or '同名文件'}，没有改动。请换一个空目录。")
    for part, text in texts.items():
        (folder / part).parent.mkdir(parents=True, exist_ok=True)
        (folder / part).write_text(text, encoding="utf-8", newline="\n")
    return [folder / part for part in texts]


def _text(path: Path, example: str, name: str | None) -> str:
    """One file of the default profile as the example has it."""
    chosen, own = examples()[example], _EXAMPLES / example / path.name
    text = (own if own.is_file() else path).read_text(encoding="utf-8")
    if path.name == "scheme.yaml":
        text = _WEIGHT.sub(lambda found: f"weight: {{{_weights(found[1], chosen.groups)}}}", text)
        text = _RANKED.sub(f"rank_within: [{', '.join(chosen.groups)}]", text)
    if path.name == "district.yaml":
        for before, after in chosen.words.items():
            text = text.replace(before, after)
        if chosen.kinds:
            named = ", ".join(f"{kind}: {label}" for kind, label in chosen.kinds.items())
            text = _KINDS.sub(f"kinds: {{{named}}}", text)
    return _PLACE.sub(name, text) if name else text


def _weights(default: str, groups: Mapping[str, str]) -> str:
    """`area: "10", town: "10"` for the example's groups; a group that the indicator does not have stays away."""
    known = dict(_ONE_WEIGHT.findall(default))
    return ", ".join(f"{group}: {known[like]}" for group, like in groups.items() if like in known)
