"""Where files come from: one URL a source, as `gongkai fetch --source` and `GONGKAI_SOURCES` write it.

A URL may hold a password; what is shown, stored or logged of a source is its `label`, which never does.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from importlib.util import find_spec
from urllib.parse import parse_qsl, unquote, urlsplit

from gongkai.errors import ConfigurationError

_BETWEEN = re.compile(r"[\s,]+(?=[a-z][a-z0-9+.-]*://)", re.IGNORECASE)
_LIBRARY = {"imaps": "imap_tools", "sftp": "sshfs", "s3": "s3fs", "webdavs": "webdav4", "webdav": "webdav4", "file": ""}
_OPTIONS = {
    "imaps": {"authserv_id", "since"},
    "sftp": {"key", "known_hosts"},
    "s3": {"endpoint", "region"},
}
_HERE = frozenset({"localhost", "127.0.0.1", "::1"})
_HOW = "写法见经办手册“自动收件”。"


@dataclass(frozen=True)
class Source:
    """One place that files come from.

    Attributes:
        path: folder of the mailbox, or path below host or bucket; decoded, without a slash at its begin or end.
        password: of a mailbox or server; the secret key of a bucket.
        options: what the URL says after its question mark.
    """

    scheme: str
    host: str
    path: str
    port: int | None = None
    user: str | None = None
    password: str | None = field(default=None, repr=False)
    options: Mapping[str, str] = field(default_factory=dict)

    @property
    def label(self) -> str:
        """How the source is called wherever it is named: its address without password and options."""
        who = f"{self.user}@" if self.user and self.scheme != "s3" else ""
        port = f":{self.port}" if self.port else ""
        return f"{self.scheme}://{who}{self.host}{port}/{self.path.lstrip('/')}"

    @property
    def is_mailbox(self) -> bool:
        return self.scheme == "imaps"


def urls_of(setting: str) -> list[str]:
    """The URLs of `GONGKAI_SOURCES`: separated by spaces, commas or lines."""
    return [one.strip(" ,\n\t") for one in _BETWEEN.split(setting.strip()) if one.strip(" ,\n\t")]


def read_sources(urls: Sequence[str]) -> list[Source]:
    """The sources that URLs name, each once.

    Raises:
        ConfigurationError: a URL that is none, of an unknown kind, or whose library is not installed; which one is told
            by its place in the list, since it may hold a password.
    """
    found: dict[str, Source] = {}
    for number, url in enumerate(urls, 1):
        source = _source(url, f"第 {number} 个收件来源")
        found.setdefault(source.label, source)
    for source in found.values():
        library = _LIBRARY[source.scheme]
        if library and find_spec(library) is None:
            raise ConfigurationError(
                f"收件来源 {source.label} 需要另装组件：请运行 pip install 'gongkai[remote]'，然后重新收取。"
                "本机文件夹（file://）不需要。"
            )
    return list(found.values())


def _source(url: str, called: str) -> Source:
    try:
        parts = urlsplit(url)
        port = parts.port
        options = dict(parse_qsl(parts.query, strict_parsing=bool(parts.query)))
    except ValueError:
        raise ConfigurationError(f"{called}不是网址，密码中的 @、/、: 等字符要写成 %40、%2F、%3A。{_HOW}") from None
    if parts.scheme not in _LIBRARY:
        known = "、".join(f"{one}://" for one in _LIBRARY if one != "webdav")
        raise ConfigurationError(f"{called}的类型“{parts.scheme}”不能识别，可用的有 {known}。{_HOW}")
    if unknown := sorted(options.keys() - _OPTIONS.get(parts.scheme, set())):
        raise ConfigurationError(f"{called}的选项 {'、'.join(unknown)} 不能识别。{_HOW}")
    host = parts.hostname or ""
    if (parts.scheme == "file") == bool(host):
        raise ConfigurationError(f"{called}不完整：{'file:// 后面写绝对路径' if host else '没有写主机名'}。{_HOW}")
    if parts.scheme == "webdav" and host not in _HERE:
        raise ConfigurationError(f"{called}没有加密，请改用 webdavs://（webdav:// 只用于本机）。{_HOW}")
    if "since" in options and not _is_day(options["since"]):
        raise ConfigurationError(f"{called}的 since={options['since']} 不是日期，例如 since=2022-01-01。{_HOW}")
    path = unquote(parts.path)
    return Source(
        scheme=parts.scheme,
        host=host,
        path=path if parts.scheme == "file" else path.strip("/") or ("INBOX" if parts.scheme == "imaps" else ""),
        port=port,
        user=unquote(parts.username) if parts.username else None,
        password=unquote(parts.password) if parts.password else None,
        options=options,
    )


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True
