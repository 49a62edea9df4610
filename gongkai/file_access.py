"""Files that we write are ours alone, and a place that cannot be written is called what it is, in Chinese.

Submissions and scores of named units lie in outputs and warehouse: nobody else on the machine reads them (0600, folders
0700) unless the operator opens them. What to do about a place that cannot be used is said by whoever names the setting.
"""

import errno
import os
from pathlib import Path

from gongkai.errors import CallError

_OTHERS = 0o077
_REASONS = {
    errno.ENOSPC: "磁盘空间已满",
    errno.EDQUOT: "超出了磁盘配额",
    errno.EFBIG: "文件超过了允许的大小",
    errno.EACCES: "没有权限",
    errno.EPERM: "没有权限",
    errno.EROFS: "所在磁盘是只读的",
    errno.ENOTDIR: "路径中有一段是文件，不是目录",
    errno.EEXIST: "已有同名的文件",
    errno.EISDIR: "是目录，不是文件",
    errno.ENOENT: "不存在",
    errno.ENAMETOOLONG: "路径太长",
    errno.ELOOP: "链接绕成了圈",
    errno.EIO: "磁盘读写出错",
    errno.EMFILE: "打开的文件太多",
    errno.ENFILE: "打开的文件太多",
    errno.EBUSY: "正被其他程序占用",
}
_SPACE = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})


def keep_to_ourselves() -> None:
    """Whatever this process and its children make from now on is readable by its owner only."""
    os.umask(_OTHERS)


def why(error: OSError) -> str:
    """Why the machine refused, in Chinese; what has no word here by its number."""
    return _REASONS.get(error.errno or 0, f"系统错误 {error.errno}")


def refusal(error: OSError) -> str:
    """One sentence about a file that could not be read or written, with its path and what to look at."""
    place = f" {error.filename}" if error.filename else ""
    look = "请腾出磁盘空间" if error.errno in _SPACE else "请核对路径和权限"
    return f"读写文件失败{place}：{why(error)}。{look}，然后重新运行。"


def refuse_unusable(folder: Path) -> None:
    """An output folder that could not be made or written, before anything is begun.

    Raises:
        CallError: a file stands in its place, or we may not write there.
    """
    place = folder
    try:
        while not place.exists() and place != place.parent:
            if place.is_symlink():
                raise CallError(f"输出目录 {folder} 不能使用：{place} 是断开的链接。请用 --out 指定另一个目录。")
            place = place.parent
        is_folder = place.is_dir()
    except OSError as error:
        raise CallError(f"输出目录 {folder} 不能使用：{why(error)}。请用 --out 指定另一个目录。") from None
    if not is_folder:
        raise CallError(f"输出目录 {folder} 不能使用：{place} 是文件，不是目录。请用 --out 指定另一个目录。")
    if not os.access(place, os.W_OK | os.X_OK):
        raise CallError(f"输出目录 {folder} 不能使用：没有写入 {place} 的权限。请调整权限，或用 --out 指定另一个目录。")
