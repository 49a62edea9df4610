"""Puts what the workbook says into the profile's files: only what differs, and every comment stays.

The files are changed beside the profile first and loaded there; only a profile that holds is put in place.
"""

import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from io import StringIO
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.scalarstring import DoubleQuotedScalarString

from gongkai.errors import ProfileError
from gongkai.profile import Profile, load_profile
from gongkai.profile.working_days import NO_MAKE_UP
from gongkai.profile_workbook.profile_rows import Content, Rows, printed_day
from gongkai.profile_workbook.read_content import ReadWorkbook
from gongkai.profile_workbook.sheet_columns import UNITS

_QUOTED = ("areas", "postcode", "points", "at_least", "bonus_cap", "penalty_cap")  # digits that are no number


class Changes(list[str]):
    """Sentences about what would change, in the order of the files; `texts` has the new files."""

    texts: dict[str, str]


def changes_of(folder: Path, before: Content, read: ReadWorkbook) -> Changes:
    """What the workbook changes of the profile in a folder: sentences, and the new texts of the files."""
    changes = Changes()
    changes.texts = {}
    files: dict[str, Any] = {}

    def file(name: str) -> Any:
        if name not in files:
            path = folder / name
            files[name] = _yaml().load(path.read_text(encoding="utf-8")) if path.is_file() else CommentedMap()
            files[name] = CommentedMap() if files[name] is None else files[name]
        return files[name]

    for line, value in read.district.items():
        if value != _plain(before.district[line]):
            said = printed_day if line.kind == "day" else lambda one: str(one or "空")
            changes.append(f"{line.heading}：{said(before.district[line])} → {said(value)}")
            _set(file(line.file), line.path, value)
    changes += _entries("单位", "code", before.units, read.units)
    if changes_in(before.units, read.units):
        _units(file("units.yaml"), read.units)
    changes += _entries("领域", "number", before.areas, read.areas)
    if changes_in(before.areas, read.areas):
        file("units.yaml")["areas"] = CommentedMap(
            {DoubleQuotedScalarString(r["number"]): r["name"] for r in read.areas}
        )
    changes += _entries("停用规则", "rule", before.off, read.off)
    if changes_in(before.off, read.off):
        file("rules.yaml")["off"] = CommentedSeq(CommentedMap(row) for row in read.off)
    changes += _weights(file, before, read)
    for name, content in files.items():
        changes.texts[name] = _text(content)
    _days(changes, before, read)
    return changes


def try_out(folder: Path, changes: Changes) -> Profile:
    """The profile as the changes would make it; nothing is changed.

    Raises:
        ProfileError: it would be no profile.
    """
    with _staged(folder, changes) as (_, profile):
        return profile


def put(folder: Path, changes: Changes) -> Profile:
    """Changes the files, all or none.

    Raises:
        ProfileError: what came out is no profile; nothing was changed.
    """
    with _staged(folder, changes) as (copy, profile):
        for name in changes.texts:
            (folder / name).parent.mkdir(exist_ok=True)
            (copy / name).replace(folder / name)
    return profile


@contextmanager
def _staged(folder: Path, changes: Changes) -> Iterator[tuple[Path, Profile]]:
    """A copy of the folder with the changes, and the profile that it is."""
    with tempfile.TemporaryDirectory(dir=folder.parent) as staged:
        copy = Path(staged) / "profile"
        shutil.copytree(folder, copy)
        for name, text in changes.texts.items():
            (copy / name).parent.mkdir(exist_ok=True)
            (copy / name).write_text(text, encoding="utf-8", newline="\n")
        try:
            profile = load_profile(copy)
        except ProfileError as error:
            raise ProfileError(f"{str(error).replace(str(copy), str(folder))}\n配置没有改动。") from None
        yield copy, profile


def changes_in(before: Rows, after: Rows) -> bool:
    """Whether rows say something else, in another order too."""
    return [_plain(row) for row in before] != [_plain(row) for row in after]


def _entries(what: str, key: str, before: Rows, after: Rows) -> Iterator[str]:
    old, new = ({row[key]: _plain(row) for row in rows if key in row} for rows in (before, after))
    for name, row in new.items():
        if name not in old:
            yield f"{what} {name}：新增（{row.get('name') or row.get('reason') or ''}）"
        elif row != old[name]:
            keys = [k for k in {**old[name], **row} if row.get(k) != old[name].get(k)]
            yield f"{what} {name}：" + "；".join(
                f"{_heading(k)} {_said(old[name].get(k))} → {_said(row.get(k))}" for k in keys
            )
    yield from (
        f"{what} {name}：删去（{row.get('name') or row.get('reason') or ''}）"
        for name, row in old.items()
        if name not in new
    )
    both = [name for name in new if name in old]
    if both != [name for name in old if name in new]:
        yield f"{what}：次序变了"


def _weights(file: Any, before: Content, read: ReadWorkbook) -> Iterator[str]:
    changed = {
        code: weights
        for code, weights in read.weights.items()
        if {g: float(p) for g, p in weights.items()} != {g: float(p) for g, p in before.weights.get(code, {}).items()}
    }
    if not changed:
        return
    for indicator in file("scheme.yaml")["indicators"]:
        if (weights := changed.get(indicator["code"])) is not None:
            old = dict(indicator["weight"])
            for group in {**old, **weights}:
                if group not in weights:
                    del indicator["weight"][group]
                elif float(old.get(group, -1)) != float(weights[group]):
                    indicator["weight"][group] = DoubleQuotedScalarString(weights[group])
            yield f"指标 {indicator['code']}：{_said(old)} → {_said(dict(indicator['weight']))}"


def _days(changes: Changes, before: Content, read: ReadWorkbook) -> None:
    """The calendar file of the year asked for; days that were only proposed and left as they were write none."""
    plain = [{key: row[key] for key in ("day", "works") if key in row} for row in read.days]
    known = [{key: row[key] for key in ("day", "works") if key in row} for row in before.days]
    if plain == known:
        return
    lines = ["日期,是否上班"]
    for row in read.days:
        if row.get("day") == NO_MAKE_UP:
            lines.append(NO_MAKE_UP)
        else:
            lines.append(f"{row.get('day')},{'是' if row.get('works') else '否'}")
    changes.texts[f"calendar/{before.calendar_year}.csv"] = "\n".join(lines) + "\n"
    changes.append(f"{before.calendar_year} 年放假安排：{len(lines) - 1} 行")


def _units(content: Any, rows: Rows) -> None:
    """The list of units in the workbook's order; a line that is there is changed in place."""
    known = {unit["code"]: unit for unit in content["units"]}
    listed = content["units"]
    units = [_unit(known.get(row["code"]), row) for row in rows]
    if [unit["code"] for unit in listed] == [unit["code"] for unit in units]:
        return
    listed[:] = units


def _unit(known: Any, row: Mapping[str, Any]) -> Any:
    unit = known if known is not None else CommentedMap()
    if known is None:
        unit.fa.set_flow_style()
    for column in UNITS.columns:
        value = row.get(column.key)
        if value is None:
            if unit.get(column.key) not in (None, [], ""):
                del unit[column.key]
        elif _plain(unit.get(column.key)) != value:
            unit[column.key] = _scalar(column.key, value)
    return unit


def _set(content: Any, path: tuple[str | int, ...], value: Any) -> None:
    for step in path[:-1]:
        content = content[step] if isinstance(step, int) else content.setdefault(step, CommentedMap())
    if value is None:
        content.pop(path[-1], None)
    elif isinstance(value, Mapping):
        content.setdefault(path[-1], CommentedMap()).update(value)
    else:
        content[path[-1]] = _scalar(str(path[-1]), value)


def _scalar(key: str, value: Any) -> Any:
    if isinstance(value, list):
        listed = CommentedSeq(DoubleQuotedScalarString(one) if key in _QUOTED else one for one in value)
        listed.fa.set_flow_style()
        return listed
    return DoubleQuotedScalarString(value) if key in _QUOTED else value


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {str(key): _plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    return str(value) if isinstance(value, str) else value


def _said(value: Any) -> str:
    if isinstance(value, list | tuple):
        return "、".join(map(str, value))
    if isinstance(value, Mapping):
        return "、".join(f"{key} {one}" for key, one in value.items())
    return {None: "空", True: "是", False: "否"}.get(value, str(value)) if not isinstance(value, str) else value


def _heading(key: str) -> str:
    return next((column.heading for column in UNITS.columns if column.key == key), "名称")


def _yaml() -> YAML:
    yaml = YAML()
    yaml.preserve_quotes = True
    yaml.width = 4096
    yaml.indent(mapping=2, sequence=4, offset=2)
    return yaml


def _text(content: Any) -> str:
    out = StringIO()
    _yaml().dump(content, out)
    return out.getvalue()
