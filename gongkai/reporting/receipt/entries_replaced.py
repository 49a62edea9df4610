"""What a newer file of the office's own changed: a file of one name replaces its entries, which the receipt lists.

Compared are the usable entries of the file before it by that name; one that cannot be read replaces nothing.
"""

from collections.abc import Sequence
from typing import Any, NamedTuple

from gongkai.submission.verdict import Status
from gongkai.warehouse.records import StoredFile


class Replaced(NamedTuple):
    """Ids of the entries that came, went and changed with a file, in the order of the files."""

    came: list[str]
    went: list[str]
    changed: list[str]


def replaced(file: StoredFile, files: Sequence[StoredFile]) -> Replaced | None:
    """What a file changed against the readable one of its name before it; None for the first of its name."""
    named = [one for one in files if one.name == file.name and one.verdict.status is not Status.QUARANTINED]
    at = next((number for number, one in enumerate(named) if one.sha256 == file.sha256), 0)
    if at == 0:
        return None
    before, now = ({entry.id: entry for entry in one.entries} for one in (named[at - 1], named[at]))
    return Replaced(
        came=[key for key in now if key not in before],
        went=[key for key in before if key not in now],
        changed=[key for key in now if key in before and now[key] != before[key]],
    )


def replaced_json(file: StoredFile, files: Sequence[StoredFile]) -> dict[str, Any]:
    """`replaced` of the file's part of the receipt: null where the file replaced none."""
    found = replaced(file, files)
    return {"replaced": None if found is None else found._asdict()}


def replaced_words(file: StoredFile, files: Sequence[StoredFile]) -> str:
    """The same as a sentence; empty where the file replaced none."""
    if (found := replaced(file, files)) is None:
        return ""
    said = [f"{word} {len(ids)} 条（{'、'.join(ids)}）" for word, ids in zip(_WORDS, found, strict=True) if ids]
    return f"替换此前的同名文件：{'，'.join(said) if said else '各条录入没有变化'}。"


_WORDS = ("新增", "撤回", "改动")
