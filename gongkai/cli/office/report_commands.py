"""The commands about the district's report: adopt, approve, publish and trace."""

from datetime import datetime
from pathlib import Path

import click

from gongkai.cli import options


@click.command()
@options.year
@options.out
@click.option("--by", required=True, metavar="姓名", help="审定人。")
@click.option("--reason", required=True, metavar="说明", help="审定说明；更正时写明为何更正。")
@options.warehouse
@options.as_of
@options.despite
def approve(
    year: int, out: Path, by: str, reason: str, warehouse: str | None, as_of: datetime | None, despite: tuple[str, ...]
) -> int:
    """审定全区报告：去掉“送审稿”，印发日期为审定之日；缺项须逐项放行。"""
    from gongkai.cli.office.approving import approve_report

    return approve_report(year, out, by, reason, warehouse, as_of, options.released(despite))


@click.command()
@options.year
@options.out
@click.option(
    "--on", "on", required=True, type=click.DateTime(["%Y-%m-%d"]), metavar="日期", help="发布日期，例如 2022-03-20。"
)
@click.option("--url", required=True, metavar="网址", help="发布的网址。")
@click.option("--by", required=True, metavar="姓名", help="经办人。")
@options.warehouse
@options.as_of
def publish(
    year: int, out: Path, on: datetime, url: str, by: str, warehouse: str | None, as_of: datetime | None
) -> int:
    """记录已审定的全区报告于何日发布在何处；此后再审定的即为更正。"""
    from gongkai.cli.office.approving import publish_report

    return publish_report(year, out, on.date(), url, by, warehouse, as_of)


@click.command()
@click.argument("figure", metavar="数据")
@options.year
@options.warehouse
@options.below
@options.as_json
def trace(figure: str, year: int, warehouse: str | None, out: Path | None, as_json: bool) -> int:
    """全区报告中的一个数据从何而来：单位、报送、单元格、台账。

    数据写印出的数值（7.29）或名称（requests.granted.total）。
    """
    from gongkai.cli.office.tracing import show_trace

    return show_trace(figure, year, warehouse, out, as_json)


@click.command()
@click.argument("file", metavar="文件", type=click.Path(path_type=Path))
@options.year
@options.out
@click.option("--by", required=True, metavar="姓名", help="经办人。")
@click.option(
    "--confirm", type=click.Path(path_type=Path), default=None, metavar="文件", help="写有确认人的核对结果（JSON）。"
)
@options.warehouse
@options.as_of
def adopt(
    file: Path, year: int, out: Path, by: str, confirm: Path | None, warehouse: str | None, as_of: datetime | None
) -> int:
    """采用在 Word 中修改过的全区报告：逐个数字核对，一致才采用。"""
    from gongkai.cli.office.adopting import adopt_report

    return adopt_report(file, year, out, by, confirm, warehouse, as_of)
