"""A profile folder to spoil: a copy of the default one with single files or keys replaced."""

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from gongkai.profile import default_folder


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    copy = tmp_path / "profile"
    shutil.copytree(default_folder(), copy)
    return copy


@pytest.fixture
def edit(folder: Path) -> Callable[..., Path]:
    """`edit("cycle.yaml", lambda content: content.update(soft=...))`: changes one file's content."""

    def change(name: str, how: Callable[[dict[str, Any]], object]) -> Path:
        path = folder / name
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
        how(content)
        path.write_text(yaml.safe_dump(content, allow_unicode=True, sort_keys=False), encoding="utf-8")
        return folder

    return change
