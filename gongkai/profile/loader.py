"""Reads a profile folder into a `Profile`, or says in one message everything that is wrong with its files."""

import hashlib
import json
from collections.abc import Callable
from functools import cache, partial
from importlib.resources import files
from pathlib import Path
from typing import Any, TypeVar

from gongkai.errors import ProfileError
from gongkai.profile.calendar_file import CalendarFiles, read_calendars
from gongkai.profile.letters import LetterSettings
from gongkai.profile.models import Cycle, District, Profile
from gongkai.profile.report import ReportSettings
from gongkai.profile.rules import RuleSettings
from gongkai.profile.scheme_examination import load_scheme
from gongkai.profile.unit import Areas, Unit
from gongkai.profile.wrong_values import nearest, typed
from gongkai.profile.yaml_file import YamlFile, read_yaml

T = TypeVar("T")
_PARTS = {
    "district": District,
    "cycle": Cycle,
    "rules": RuleSettings,
    "report": ReportSettings,
    "letters": LetterSettings,
}
_OWN = ("district.yaml", "units.yaml")  # what makes a district: not taken from the default profile


class _Problems(list[str]):
    """What is wrong so far: one file's mistakes do not hide another's."""

    def tried(self, read: Callable[[], T]) -> T | None:
        """What `read` gives; None when it finds the profile wrong, which is kept."""
        try:
            return read()
        except ProfileError as error:
            self.append(str(error))
            return None


def default_folder() -> Path:
    """The folder of the default profile that ships inside the package."""
    return Path(str(files(__package__) / "default"))


def scheme_file(folder: Path) -> Path:
    """The scheme of a profile: its own, else the default one."""
    path = folder / "scheme.yaml"
    return path if path.is_file() else default_folder() / path.name


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


def profile_json(profile: Profile) -> str:
    """The profile as canonical JSON: stored with a run so that it can be rebuilt, and hashed."""
    return json.dumps(profile.model_dump(mode="json"), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def profile_from_json(text: str) -> Profile:
    """The inverse of `profile_json`."""
    return Profile.model_validate(json.loads(text))


def profile_sha256(profile: Profile) -> str:
    """The hash that `manifest.json` prints: of the content, so that comments and key order do not matter."""
    return hashlib.sha256(profile_json(profile).encode()).hexdigest()


def _load(folder: Path) -> Profile:
    if not folder.is_dir():
        raise ProfileError(f"配置目录不存在：{folder}。请用 --profile 指定一个目录，或不写该参数以使用默认配置。")
    problems = _Problems()
    parts: dict[str, Any] = {
        name: problems.tried(partial(_part, model, folder, f"{name}.yaml")) for name, model in _PARTS.items()
    }
    parts["scheme"] = problems.tried(lambda: load_scheme(scheme_file(folder)))
    registry = problems.tried(lambda: _file(folder, "units.yaml"))
    if registry is not None:
        parts |= _registry(registry, folder, problems)
    calendars = problems.tried(lambda: read_calendars(folder / "calendar"))
    if problems:
        raise ProfileError("\n".join(problems))
    return typed(Profile, parts | (calendars or CalendarFiles({}, ()))._asdict(), str(folder))


def _part(model: type[Any], folder: Path, name: str) -> Any:
    file = _file(folder, name)
    return typed(model, file.content, str(folder / name), file)


def _registry(file: YamlFile, folder: Path, problems: _Problems) -> dict[str, Any]:
    """Areas and units, each unit for itself."""
    path, content = folder / "units.yaml", file.content
    for key in sorted(set(content) - {"areas", "units"}):
        problems.append(f"{path}：不认识的键 {key}{nearest(str(key), ('areas', 'units'))}。")
    areas = problems.tried(lambda: typed(Areas, {"areas": content.get("areas") or {}}, str(path), file))
    listed = content.get("units")
    if not isinstance(listed, list) or not listed:
        problems.append(f"{path}：units 应为单位列表，且至少有一个单位。")
        listed = []
    units = []
    for number, unit in enumerate(listed):
        title, above = f"{path} 第 {number + 1} 个单位", ("units", number)
        units.append(problems.tried(partial(typed, Unit, unit, title, file, above)))
    return {"areas": areas.areas if areas else {}, "units": tuple(units)}


def _file(folder: Path, name: str) -> YamlFile:
    path = folder / name
    if path.is_file():
        return read_yaml(path)
    if name in _OWN:
        raise ProfileError(f"配置目录 {folder} 缺少文件 {name}。")
    return read_yaml(default_folder() / name)
