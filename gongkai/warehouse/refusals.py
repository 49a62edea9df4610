"""What the database refuses, in Chinese: the place without its password, the reason, the way out; nothing is half done.

The reason is the driver's first line, because the lines after it repeat the refused row; the common ones have Chinese
words. No refusal carries its cause: a traceback in a log would print it.
"""

from sqlalchemy.engine import URL
from sqlalchemy.exc import SQLAlchemyError

from gongkai.errors import WarehouseError

# A part of what SQLite, libpq or a PostgreSQL server says → what it means to an operator.
_SPACE = {
    "database or disk is full": "磁盘空间已满",
    "no space left on device": "磁盘空间已满",
    "disk quota exceeded": "超出了磁盘配额",
    "file too large": "文件超过了允许的大小",
    "disk i/o error": "磁盘读写出错（磁盘可能已满或损坏）",
}
_REASONS = {
    "unable to open database file": "数据库文件无法打开，请核对路径和权限",
    "attempt to write a readonly database": "数据库文件是只读的，请核对权限",
    "database is locked": "数据库正被其他程序占用",
    "file is not a database": "这个文件不是数据库",
    "malformed": "数据库文件已损坏，请从备份恢复",
    "password authentication failed": "用户名或密码不正确",
    "no password supplied": "没有提供密码",
    "connection refused": "连接被拒绝，数据库没有启动或端口不对",
    "could not translate host name": "找不到主机",
    "failed to resolve host": "找不到主机",
    "timeout expired": "连接超时",
    "too many clients": "数据库的连接数已满",
    "permission denied": "没有权限",
    "server closed the connection": "连接中断，数据库停止了",
    "terminating connection": "连接中断，数据库停止了",
    "connection is lost": "连接中断，数据库停止了",
    "the database system is": "数据库正在启动或停止",
}
_CHECK_SPACE = "请腾出磁盘空间"
_CHECK_ADDRESS = "请确认数据库已启动、地址和权限正确"


def refused(url: URL, error: SQLAlchemyError) -> WarehouseError:
    """The exception to raise `from None` when the database refuses."""
    lines = str(getattr(error, "orig", None) or error).strip().splitlines()
    said = lines[0] if lines else type(error).__name__
    if url.password:
        said = said.replace(str(url.password), "***")
    text = "\n".join(lines).lower()
    full = next((words for part, words in _SPACE.items() if part in text), None)
    known = full or next((words for part, words in _REASONS.items() if part in text), None)
    return WarehouseError(
        f"数据库操作失败：{url.render_as_string(hide_password=True)}。原因：{known or said}。"
        f"未完成的写入已全部撤销。{_CHECK_SPACE if full else _CHECK_ADDRESS}，然后重新运行。"
    )
