"""A zip that somebody packed files into: the files, within the guard's limits, or why it is not opened.

Office files are zips as well and stay whole. A zip inside is handed out as it is; nothing is written to disk here.
"""

import io
import stat
import zipfile
import zlib
from collections.abc import Iterator

from gongkai.submission.guard.foreign_packages import is_plain_archive
from gongkai.submission.guard.workbook_guard import MAX_ENTRIES, MAX_RATIO
from gongkai.submission.guard.xml_scan import WorkbookRefused, damaged

MAX_FILES, MAX_ALL = 60, 100 * 2**20
_AS_FILES = "解压后逐个发送的文件"
_NOBODYS = ("__macosx/", ".ds_store", "thumbs.db", "desktop.ini")
_SIGNS = {b"Rar!\x1a\x07": "rar 压缩包", b"7z\xbc\xaf\x27\x1c": "7z 压缩包"}


def is_archive(data: bytes) -> bool:
    """Whether bytes are a zip of files, and no workbook or document of a program."""
    if not data.startswith(b"PK"):
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return is_plain_archive([entry.filename for entry in archive.infolist()[:MAX_ENTRIES]])
    except (zipfile.BadZipFile, NotImplementedError, EOFError, OSError, ValueError):
        return False


def sealed_kind(data: bytes) -> str | None:
    """What an archive is called that nothing here opens: rar, 7z; None for everything else."""
    return next((word for sign, word in _SIGNS.items() if data.startswith(sign)), None)


def files_in(data: bytes) -> Iterator[tuple[str, bytes]]:
    """Name and bytes of every file in a zip, one after the other.

    Raises:
        Refused: it has a password, is damaged, or would be too much to open; before any file is handed out, but for
            damage that only shows inside one.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = [one for one in archive.infolist() if _is_file(one)]
            _within_limits(entries)
            for entry in entries:
                yield _name(entry), archive.read(entry)
    except (zipfile.BadZipFile, NotImplementedError, EOFError, OSError, ValueError, zlib.error, RuntimeError):
        raise damaged("压缩包无法解开") from None


def _within_limits(entries: list[zipfile.ZipInfo]) -> None:
    if any(entry.flag_bits & 1 for entry in entries):
        raise WorkbookRefused("SHAPE", "有密码的压缩包", _AS_FILES)
    if len(entries) > MAX_FILES:
        raise WorkbookRefused("SHAPE", f"压缩包里有 {len(entries)} 个文件，超过 {MAX_FILES} 个", _AS_FILES)
    total = sum(entry.file_size for entry in entries)
    dense = any(e.file_size > 2**20 and e.file_size > MAX_RATIO * max(e.compress_size, 1) for e in entries)
    if total > MAX_ALL or dense:
        raise WorkbookRefused("SHAPE", f"压缩包解压后过大（{total // 2**20} MB）", _AS_FILES)


def _is_file(entry: zipfile.ZipInfo) -> bool:
    name = entry.filename.replace("\\", "/").casefold()
    own = name.startswith(_NOBODYS[0]) or name.rpartition("/")[2].startswith(_NOBODYS[1:])
    return not (entry.is_dir() or own or stat.S_ISLNK(entry.external_attr >> 16))


def _name(entry: zipfile.ZipInfo) -> str:
    """An entry's name; programs in China write it in GBK and do not say so, and zipfile then reads it as CP437."""
    if entry.flag_bits & 0x800:
        return entry.filename
    try:
        raw = entry.filename.encode("cp437")
    except UnicodeEncodeError:
        return entry.filename
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return entry.filename
