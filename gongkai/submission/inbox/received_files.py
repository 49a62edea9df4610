"""The inbox: which files lie there, whose they are by their folder, and what each of them says.

Files are never moved, changed, deleted, nor followed when they are links. What a file is, its first bytes tell;
its name never does. A file that cannot be read is a `Reading` with an issue, never an exception.
"""

import hashlib
import os
import stat
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from io import BufferedReader
from pathlib import Path

from gongkai.errors import CallError
from gongkai.file_access import why
from gongkai.findings import Coercion, ReadingIssue
from gongkai.profile import Profile
from gongkai.submission.form import REFUSED, Reading, ReceivedFile
from gongkai.submission.inbox.arrival import received_at
from gongkai.submission.inbox.file_names import decoded, kept_name
from gongkai.submission.inbox.foreign_files import TEMPLATE_OR_JSON
from gongkai.submission.inbox.formats import OFFICE_FOLDER, is_json, read_bytes
from gongkai.submission.inbox.isolation import prepare, read_isolated
from gongkai.submission.inbox.named_unit import not_expected
from gongkai.submission.plain_text import visible
from gongkai.submission.privacy.personal_data import by_rule, masked_kinds
from gongkai.submission.values.typed_values import printable, why_unseen

MAX_SIZE = 50 * 2**20
_IGNORED = frozenset({"thumbs.db", "desktop.ini"})
_MOVED, _CHANGED = "读取期间文件被移走或无法打开", "读取期间文件发生了变化"
_NEXT_TIME = "复制完成后的文件；下次运行会重新读取"
_SMALL_JSON = 2**20  # bytes; as Python objects some forty times as much, at worst


@dataclass
class Inbox:
    """What lies in an inbox, each part in the order of arrival (modification time, then name).

    Attributes:
        units: unit code → files below that unit's folder, links and devices too: `read` refuses them.
        office: files of `_office/`.
        loose: files directly in the inbox; what they say inside tells whose they are.
        unplaced: entries that are nobody's: below a folder that is no unit's, a loose link or device.
        troubles: first folder → what of it could not be listed, and why. It costs nobody else anything.
    """

    units: dict[str, list[ReceivedFile]] = field(default_factory=dict)
    office: list[ReceivedFile] = field(default_factory=list)
    loose: list[ReceivedFile] = field(default_factory=list)
    unplaced: list[Reading] = field(default_factory=list)
    troubles: dict[str, str] = field(default_factory=dict)


def scan(inbox: Path, profile: Profile, as_of: datetime, year: int | None = None) -> Inbox:
    """Lists an inbox.

    Args:
        inbox: the folder.
        profile: its registry says which folders are a unit's.
        as_of: the run's moment, the first sight of what is new; nothing was received after it.
        year: only a unit that is expected in this report year has a folder; None takes every registered one.

    Raises:
        CallError: the inbox is no folder or cannot be listed.
    """
    found = Inbox()
    units = {unit.code for unit in (profile.units if year is None else profile.expected(year))}
    prepare()  # while the files are listed
    for path in _by_arrival(inbox, found.troubles):
        try:
            file, issue = received(path, profile, as_of, year, below=inbox), _not_a_file(path)
        except FileNotFoundError:
            continue  # moved away since it was listed: the next run finds where it is
        except OSError as error:
            _trouble(found.troubles, path, inbox, error)
            continue
        if file.folder is None and file.name in units:  # a link in place of the unit's folder
            file = replace(file, folder=file.name)
        if file.folder in units:
            found.units.setdefault(str(file.folder), []).append(file)
        elif issue:
            found.unplaced.append(Reading(file, None, (issue,)))
        elif file.folder is None:
            found.loose.append(file)
        elif file.folder == OFFICE_FOLDER:
            found.office.append(file)
        else:
            expected = "以本年度应报单位的代码命名的文件夹"
            said = not_expected(file.folder, year, profile) if year is not None else {}
            seen = f"文件夹“{printable(file.folder)}”"
            issue = ReadingIssue(rule="WRONG-UNIT", observed=seen, expected=expected, values=said)
            found.unplaced.append(Reading(file, None, (issue,)))
    return found


def received(
    path: Path, profile: Profile, as_of: datetime, year: int | None = None, below: Path | None = None
) -> ReceivedFile:
    """One file as it lies there, seen now; without `below` it stands alone and is named by its file name.

    A link or device is described and not opened: its hash is that of its name.
    """
    status = os.lstat(path)
    modified = profile.local(datetime.fromtimestamp(status.st_mtime, UTC))
    steps = path.relative_to(below).parts if below else (path.name,)
    names = [kept_name(step) for step in steps]
    if _not_a_file(path):
        digest = hashlib.sha256("/".join(names).encode())
    else:
        with _opened(path) as stream:
            digest = hashlib.file_digest(stream, "sha256")
    return ReceivedFile(
        path=path,
        name="/".join(names),
        folder=names[0] if len(names) > 1 else None,
        sha256=digest.hexdigest(),
        size=status.st_size,
        received_at=received_at(modified, profile.local(as_of), year),
        modified_at=modified,
    )


def read(file: ReceivedFile, year: int | None = None) -> Reading:
    """Reads one received file, whatever it is; a file that is no submission gives a reading that says why.

    `year` is that of a file which says none itself. Everything but small JSON is read in a process of its own
    (`isolation`), from whichever thread this is called.
    """
    data = contents(file)
    if isinstance(data, ReadingIssue):
        reading = Reading(file, None, (data,), kind=_kind(file))
    elif is_json(data) and len(data) <= _SMALL_JSON:  # the one form without a parser that could abort
        reading = read_bytes(file, data)
    else:
        reading = read_isolated(file, data, year)
    named = tuple(
        ReadingIssue(rule=rule, observed="、".join(kinds), values={"place": "文件名"})
        for rule, kinds in by_rule(masked_kinds(file.name)).items()
    )
    if named:
        reading = replace(reading, issues=(*reading.issues, *named))
    said = decoded(file.path.name)
    if visible(said) != said:
        renamed = Coercion(where="-", raw=file.name, value=file.name, why=f"文件名{why_unseen(said)}")
        reading = replace(reading, coercions=(renamed, *reading.coercions))
    return reading


def contents(file: ReceivedFile) -> bytes | ReadingIssue:
    """The bytes of a received file, or why they cannot be had: empty, too large, a link, changed since listed."""
    try:
        if issue := _not_a_file(file.path):
            return issue
        if file.size > MAX_SIZE:
            return _issue(f"文件过大（{file.size / 2**20:.0f} MB）", f"不超过 {MAX_SIZE // 2**20} MB 的文件")
        with _opened(file.path) as stream:
            data = stream.read(MAX_SIZE + 1)
    except OSError:
        return _issue(_MOVED, _NEXT_TIME)
    if hashlib.sha256(data).hexdigest() != file.sha256:
        return _issue(_CHANGED, _NEXT_TIME)
    return data if data.strip() else _issue("空文件", TEMPLATE_OR_JSON)


def not_to_be_had(issues: Iterable[ReadingIssue]) -> str | None:
    """Why a file could not be had this time: it was moved or changed while it was read.

    Nothing is known of such a file, not even its bytes: it is told, and no run stores it.
    """
    return next((str(issue.observed) for issue in issues if issue.observed in (_MOVED, _CHANGED)), None)


def _opened(path: Path) -> BufferedReader:
    """The file for reading; a link, and a pipe that took its place since it was looked at, are not waited for."""
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    return os.fdopen(os.open(path, flags), "rb")


def _by_arrival(inbox: Path, troubles: dict[str, str]) -> list[Path]:
    """Every entry in the order of modification time, then name; what was moved away meanwhile is left out."""
    listed = []
    for path in _walk(inbox, inbox, troubles):
        try:
            listed.append((os.lstat(path).st_mtime_ns, os.fsencode(path), path))
        except FileNotFoundError:
            continue
        except OSError as error:
            _trouble(troubles, path, inbox, error)
    return [path for _, _, path in sorted(listed)]


def _walk(folder: Path, inbox: Path, troubles: dict[str, str]) -> Iterator[Path]:
    """Every entry below a folder that is no folder itself, ignored names left out, links not followed."""
    try:
        with os.scandir(folder) as found:
            entries = sorted(found, key=lambda entry: os.fsencode(entry.name))
    except OSError as error:
        if folder == inbox:
            where = printable(str(folder))
            raise CallError(f"收件目录无法读取：{where}（{why(error)}）。请核对路径和权限。") from None
        return _trouble(troubles, folder, inbox, error)
    for entry in entries:
        if entry.name.startswith((".", "~$")) or entry.name.lower() in _IGNORED:
            continue
        if entry.is_dir(follow_symlinks=False):
            yield from _walk(Path(entry.path), inbox, troubles)
        else:
            yield Path(entry.path)


def _trouble(troubles: dict[str, str], path: Path, inbox: Path, error: OSError) -> None:
    """Notes what could not be listed under the first folder of its path: the first trouble of each is told."""
    steps = [kept_name(step) for step in path.relative_to(inbox).parts]
    what = f"“{printable('/'.join(steps))}”"
    if isinstance(error, FileNotFoundError | NotADirectoryError):
        said = f"{what}在清点时被移走，本次没有收取"
    else:
        said = f"{what}无法读取（{why(error)}），请核对权限和磁盘"
    troubles.setdefault(steps[0], said)


def _not_a_file(path: Path) -> ReadingIssue | None:
    """Why an entry must not or cannot be opened; None for a plain readable file."""
    mode = os.lstat(path).st_mode
    if stat.S_ISLNK(mode):
        return _issue("符号链接（快捷方式），未打开", "文件本身")
    if not stat.S_ISREG(mode):
        return _issue("不是普通文件，未打开", "文件本身")
    return None if os.access(path, os.R_OK) else _issue("没有读取权限的文件", "能够读取的文件")


def _kind(file: ReceivedFile) -> str | None:
    """Whether a file was refused as it lies there, or has a kind that nobody saw."""
    try:
        return REFUSED if _not_a_file(file.path) else None
    except OSError:
        return None


def _issue(observed: str, expected: str, rule: str = "SHAPE") -> ReadingIssue:
    return ReadingIssue(rule=rule, observed=observed, expected=expected)
