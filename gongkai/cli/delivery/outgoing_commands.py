"""The commands of what goes out: notify and deliver."""

from pathlib import Path

import click

from gongkai.cli import options

_dry_run = click.option("--dry-run", is_flag=True, help="只列出要发的，不发送，不改动任何内容。")
_again = click.option(
    "--again", "again", multiple=True, metavar="代码", help="已核实没有收到的：重发这个单位是否送达不能确定的邮件。"
)


@click.command()
@options.year
@options.out
@options.warehouse
@options.profile
@_dry_run
@click.option("--release", "rules", multiple=True, metavar="规则", help="规则无误：放行因这条规则报警而暂缓的邮件。")
@click.option("--by", default="", metavar="姓名", help="放行的经办人，记入决定记录。")
@click.option("--reason", default="", metavar="说明", help="放行的理由。")
@_again
def notify(
    year: int,
    out: Path,
    warehouse: str | None,
    profile: Path | None,
    dry_run: bool,
    rules: tuple[str, ...],
    by: str,
    reason: str,
    again: tuple[str, ...],
) -> int:
    """发送待发的邮件：结论有变的单位各一封，附退回的填报表和签名的回执。"""
    from gongkai.cli.delivery.sending import list_notices, send_notices

    if dry_run:
        return list_notices(year, out, warehouse, profile)
    return send_notices(year, out, warehouse, profile, rules, by, reason, again)


@click.command()
@options.year
@options.out
@options.warehouse
@options.profile
@options.units
@_dry_run
@_again
@click.argument("more_units", nargs=-1, metavar="[代码]...")
def deliver(
    year: int,
    out: Path,
    warehouse: str | None,
    profile: Path | None,
    units: tuple[str, ...],
    dry_run: bool,
    again: tuple[str, ...],
    more_units: tuple[str, ...],
) -> int:
    """把已签发的评分表、回执和签发单发给各单位；相同的内容从不发第二次。"""
    from gongkai.cli.delivery.sending import list_issued_papers, send_issued_papers

    codes = options.unit_codes(units, more_units)
    if dry_run:
        return list_issued_papers(year, out, warehouse, profile, codes)
    return send_issued_papers(year, out, warehouse, profile, codes, again)
