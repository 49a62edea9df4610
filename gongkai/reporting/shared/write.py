"""Puts an output into its place: JSON in one form, text as UTF-8 with Unix line ends, folders as needed."""

import json
import os
import shutil
from pathlib import Path
from typing import Any


def write_json(path: Path, content: Any) -> Path:
    """Writes indented JSON with the keys in the given order; returns the path."""
    return write_text(path, json_text(content))


def json_text(content: Any) -> str:
    """Indented JSON with the keys in the given order."""
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"


def write_text(path: Path, text: str) -> Path:
    """Writes text; returns the path."""
    return write_bytes(path, text.encode())


def write_bytes(path: Path, data: bytes) -> Path:
    """Writes bytes; returns the path."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.unlink(missing_ok=True)  # another run's folder may hold the very file by a link: it stays as it is
    path.write_bytes(data)
    return path


def link_or_copy(standing: Path, target: Path) -> None:
    """The same file at another place: outputs are never changed in place, so one copy on the disk serves both."""
    target.parent.mkdir(parents=True, exist_ok=True)
    target.unlink(missing_ok=True)
    try:
        os.link(standing, target)
    except OSError:
        shutil.copy2(standing, target)


def private(folder: Path) -> Path:
    """Makes a folder that nobody else may open, and closes one that stands open; returns it."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    folder.chmod(0o700)
    return folder


def put_by_rename(path: Path, data: bytes) -> Path:
    """Writes bytes beside their place and then renames: the place holds the whole file or what it held before."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.new")
    with beside.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    return beside.replace(path)
