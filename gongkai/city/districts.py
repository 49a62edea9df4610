"""The folder of a city's districts (contract.md, "A city"): `FOLDER/<code>/{profile,inbox}`, `FOLDER/_city/profile`.

Which districts there are and where each of them, and the city itself, has profile, inbox, outputs and warehouse. No
profile is read here: one that is broken is that district's trouble.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from gongkai import __version__
from gongkai.errors import CallError
from gongkai.submission.form import UNIT_CODE

CITY = "_city"
_PLACE = "{code}"


@dataclass(frozen=True)
class DistrictOrder:
    """What one district's run needs; it travels to whatever process does it.

    Attributes:
        code: of the district in the city's registry; `_city` is the city itself.
        warehouse: its URL, which may hold a password.
        as_of: the moment it takes for now; None for the clock.
        program: the version that began the city's run: a machine with another would write other outputs.
    """

    code: str
    year: int
    profile: Path
    inbox: Path
    out: Path
    warehouse: str = field(repr=False)
    key: Path
    as_of: datetime | None = None
    program: str = __version__

    @property
    def report(self) -> Path:
        """The report that it writes, which is what it hands in to the city."""
        return self.out / str(self.year) / "report" / "report.json"


@dataclass(frozen=True)
class Districts:
    """A city's districts, in the order of their codes.

    Attributes:
        strange: folders that are no district's, by name.
    """

    orders: tuple[DistrictOrder, ...]
    city: DistrictOrder
    strange: tuple[str, ...]


def find_districts(
    folder: Path, out: Path, year: int, warehouse: str | None, key: Path, as_of: datetime | None
) -> Districts:
    """Looks which districts a folder holds.

    Args:
        folder: the city's folder.
        out: gets `<code>/…` and `_city/…`.
        year: the report year.
        warehouse: a URL with `{code}` in it; None for a SQLite file below each output folder.
        key: the private key that signs receipts.
        as_of: the moment that every run takes for now.

    Raises:
        CallError: there is no such folder, it holds no district or no city, or the URL names two of them alike.
    """
    if not folder.is_dir():
        raise CallError(f"区县目录不存在：{folder}。请核对 --districts 或 GONGKAI_DISTRICTS。")
    if not (folder / CITY / "profile").is_dir():
        raise CallError(
            f"{folder} 中没有 {CITY}/profile：全市的配置应放在那里（gongkai init {CITY}/profile --example city）。"
        )
    url = warehouses(warehouse, out)

    def order(code: str) -> DistrictOrder:
        own = folder / code
        return DistrictOrder(code, year, own / "profile", own / "inbox", out / code, url(code), key, as_of)

    names = sorted(path.name for path in folder.iterdir() if path.is_dir() and not path.name.startswith((".", CITY)))
    codes = [name for name in names if UNIT_CODE.fullmatch(name)]
    if not codes:
        raise CallError(f"{folder} 中没有区县：每个区县一个以代码命名的文件夹，内有 profile 和 inbox。")
    _refuse_shared(url, [*codes, CITY])
    return Districts(
        tuple(map(order, codes)), order(CITY), tuple(name for name in names if not UNIT_CODE.fullmatch(name))
    )


def _refuse_shared(url: Callable[[str], str], codes: Sequence[str]) -> None:
    """Two codes whose names for the database are one (`D-1` and `D_1`, `CITY` and the city) would share a warehouse."""
    owner: dict[str, str] = {}
    for code in codes:
        if (other := owner.setdefault(url(code), code)) != code:
            raise CallError(f"{other} 和 {code} 在数据库地址中的名称相同，会共用一个数据仓库。请改其中一个的代码。")


def warehouses(template: str | None, out: Path) -> Callable[[str], str]:
    """Code → the URL of its warehouse: one of its own for each, so that nothing of one is another's.

    In a template `{code}` becomes the code in small letters, `city` for the city, what is no letter or digit an
    underline: a name that PostgreSQL takes unquoted for a schema.

    Raises:
        CallError: the template has no place for the code.
    """
    if template is None:
        return lambda code: f"sqlite:///{(out / code / 'warehouse.sqlite').resolve()}"
    if _PLACE not in template:
        raise CallError(
            "全市的数据库地址中没有 {code}：每个区县应有自己的 schema，例如 ?options=-csearch_path%3Dgk_{code}。"
        )
    return lambda code: template.replace(_PLACE, re.sub(r"[^a-z0-9]", "_", code.lower()).lstrip("_"))
