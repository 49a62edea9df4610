"""The options that several commands share, each with its Chinese help, and what turns them into values."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar

import click

from gongkai.errors import CallError

F = TypeVar("F", bound=Callable[..., Any])


class MomentParam(click.ParamType[datetime]):
    """A date or date and time in ISO 8601; a naive one is in the district's time zone."""

    name = "时刻"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> datetime:
        if isinstance(value, datetime):
            return value
        try:
            return datetime.fromisoformat(str(value))
        except ValueError:
            self.fail(f"“{value}”不是 ISO 8601 的日期或时刻，例如 2022-02-01T09:00:00+08:00。", param, ctx)


year = click.option(
    "--year", "year", type=click.IntRange(2019, 2100), required=True, metavar="年度", help="报告年度，例如 2021。"
)
out = click.option("--out", "out", type=click.Path(path_type=Path), required=True, metavar="目录", help="输出目录。")
below = click.option(
    "--out", "out", type=click.Path(path_type=Path), default=None, metavar="目录", help="运行时的输出目录。"
)
profile = click.option(
    "--profile",
    "profile",
    type=click.Path(path_type=Path),
    default=None,
    metavar="目录",
    help="配置目录；不写用 GONGKAI_PROFILE 所设的，没有设的用默认配置。",
)
warehouse = click.option(
    "--warehouse",
    "warehouse",
    default=None,
    metavar="URL",
    help="数据仓库的 SQLAlchemy 地址；不写用 GONGKAI_WAREHOUSE 所设的，没有设的用输出目录下的 SQLite。",
)
compared = click.option(
    "--warehouse",
    "warehouse",
    default=None,
    metavar="URL",
    help="对照用的数据仓库；--warehouse 和 --out 都不写则不与上年和此前的报送核对。",
)
carried = click.option(
    "--warehouse",
    "warehouse",
    default=None,
    metavar="URL",
    help="上年结转数所在的数据仓库；不写用 GONGKAI_WAREHOUSE 所设的，没有设的不预填。",
)
as_of = click.option(
    "--as-of", "as_of", type=MomentParam(), default=None, metavar="时刻", help="视为“现在”的时刻；不写用当前时刻。"
)
units = click.option("--units", "units", multiple=True, metavar="代码", help="只处理这些单位；可写多个代码。")
despite = click.option(
    "--despite", "despite", multiple=True, metavar="编号=理由", help="明知有缺仍要放行的一项及其理由；可写多次。"
)
as_json = click.option("--json", "as_json", is_flag=True, help="输出 JSON。")


def released(given: tuple[str, ...]) -> dict[str, str]:
    """`--despite ID=TEXT …` as id → why.

    Raises:
        CallError: an id or its reason is missing.
    """
    from gongkai.reporting.report.lacks import read_despite

    return read_despite(given)


def unit_codes(first: tuple[str, ...], rest: tuple[str, ...]) -> list[str]:
    """`--units A01 A02` as the contract writes it: click gives the first to the option, the others are arguments.

    Raises:
        CallError: codes without the option.
    """
    if rest and not first:
        raise CallError(f"不认识的参数：{' '.join(rest)}。")
    return [code for part in (*first, *rest) for code in part.replace("，", ",").split(",") if code]
