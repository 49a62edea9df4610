"""The commands of the office: status, preview, remind, issue, lock and audit."""

from datetime import datetime
from functools import partial
from pathlib import Path

import click

from gongkai.cli import options


@click.command()
@options.year
@options.warehouse
@click.option("--out", type=click.Path(path_type=Path), default=None, metavar="目录", help="运行时的输出目录。")
@options.as_json
def status(year: int, warehouse: str | None, out: Path | None, as_json: bool) -> int:
    """逐单位一行：应报、已收、退回、受理、迟报。"""
    from gongkai.cli.office.status import show_status

    return show_status(year, warehouse, out, as_json)


@click.command()
@click.argument("unit", metavar="单位")
@options.year
@options.warehouse
@options.below
@click.option("--revision", type=click.IntRange(1), default=None, metavar="版", help="预览此版；不写用最新版。")
@click.option("--file", type=click.Path(path_type=Path), default=None, metavar="文件", help="预览一份尚未收入的文件。")
@options.as_of
@options.as_json
def preview(
    unit: str,
    year: int,
    warehouse: str | None,
    out: Path | None,
    revision: int | None,
    file: Path | None,
    as_of: datetime | None,
    as_json: bool,
) -> int:
    """假如受理某单位的一次报送，全区数据、评分和名次会怎样变；不保存任何内容。"""
    from gongkai.cli.office.previewing import show_preview

    return show_preview(unit, year, warehouse, out, revision, file, as_of, as_json)


@click.command()
@options.year
@options.out
@options.warehouse
@options.units
@options.as_of
@click.option("--send", is_flag=True, help="同时发送邮件（须设置 GONGKAI_SMTP_HOST 等）。")
@click.argument("more_units", nargs=-1, metavar="[代码]...")
def remind(
    year: int,
    out: Path,
    warehouse: str | None,
    units: tuple[str, ...],
    as_of: datetime | None,
    send: bool,
    more_units: tuple[str, ...],
) -> int:
    """写出催报通知：谁欠什么、从何时起；放入 OUT/outbox/<年度>/<单位>/。"""
    from gongkai.cli.office.reminding import remind_units

    return remind_units(year, out, warehouse, options.unit_codes(units, more_units), as_of, send)


@click.group()
def key() -> None:
    """签署回执的私钥：查看、生成第一把、更换。"""


_by = click.option("--by", required=True, metavar="姓名", help="经办人。")


@key.command("show")
@options.below
@options.warehouse
def show_key(out: Path | None, warehouse: str | None) -> int:
    """显示手边私钥的指纹，和数据仓库登记过的公钥。"""
    from gongkai.cli.office.keys import show_keys

    return show_keys(out, warehouse)


@key.command("new")
@options.below
@options.warehouse
@_by
@click.option("--reason", default="", metavar="说明", help="说明。")
def new_key(out: Path | None, warehouse: str | None, by: str, reason: str) -> int:
    """生成第一把私钥；已有的不会被替换。"""
    from gongkai.cli.office.keys import make_first

    return make_first(out, warehouse, by, reason)


@key.command("rotate")
@options.below
@options.warehouse
@_by
@click.option("--reason", required=True, metavar="说明", help="为何更换，例如：丢失、换人保管。")
def rotate_key(out: Path | None, warehouse: str | None, by: str, reason: str) -> int:
    """换一把私钥并登记；旧的公钥保留，此前的回执仍可核对。"""
    from gongkai.cli.office.keys import rotate

    return rotate(out, warehouse, by, reason)


@click.command()
@options.year
@options.out
@click.option("--by", required=True, metavar="姓名", help="签发人。")
@click.option("--reason", required=True, metavar="说明", help="签发说明。")
@options.warehouse
@options.as_of
@options.despite
@click.option("--final", is_flag=True, help="签发正式评分表；申诉期未满或还有未了事项的不能签发。")
def issue(
    year: int,
    out: Path,
    by: str,
    reason: str,
    warehouse: str | None,
    as_of: datetime | None,
    despite: tuple[str, ...],
    final: bool,
) -> int:
    """签发当前的回执和评分表（先征求意见，再加 --final 签发正式的）：逐单位放入 OUT/outbox/<年度>/<单位>/。"""
    from gongkai.reporting.outbox.release import release

    say = partial(click.echo, err=True)
    click.echo(release(year, out, by, reason, warehouse, as_of, say, options.released(despite), final=final))
    return 0


@click.command()
@options.year
@options.below
@click.option("--by", required=True, metavar="姓名", help="锁定人。")
@click.option("--reason", required=True, metavar="说明", help="锁定说明。")
@options.warehouse
@options.as_of
@options.despite
def lock(
    year: int,
    out: Path | None,
    by: str,
    reason: str,
    warehouse: str | None,
    as_of: datetime | None,
    despite: tuple[str, ...],
) -> int:
    """锁定一个年度：已有的结论此后不再改变，新的报送须先录入延期。"""
    from gongkai.cli.office.locking import close_year

    return close_year(year, out, by, reason, warehouse, as_of, options.released(despite))


@click.command()
@click.argument("verifying", metavar="[verify 核对]", type=click.Choice(["verify"]), required=False)
@options.warehouse
@options.below
@click.option("--year", type=click.IntRange(2019, 2100), default=None, metavar="年度", help="只列此年度的。")
@click.option("--unit", default=None, metavar="代码", help="只列与此单位有关的。")
@click.option("--head", "known", default=None, metavar="校验码", help="verify 时同时核对签发单上印的审计链尾。")
@options.as_json
def audit(
    verifying: str | None,
    warehouse: str | None,
    out: Path | None,
    year: int | None,
    unit: str | None,
    known: str | None,
    as_json: bool,
) -> int:
    """列出每一项决定：谁、何时、为何、前后如何；verify 核对日志有无改动、缺失或插入。"""
    from gongkai.cli.office.auditing import show_audit

    return show_audit(warehouse, out, as_json, year, unit, verifying is not None, known)


@click.command()
@options.warehouse
@options.below
@click.option("--by", default=None, metavar="姓名", help="经办人；不写记本机账户。")
def upgrade(warehouse: str | None, out: Path | None, by: str | None) -> int:
    """把数据仓库升级到本程序的结构；升级前自动在旁边留一份备份。"""
    from gongkai.cli.office.upgrading import upgrade_warehouse

    return upgrade_warehouse(warehouse, out, by)


@click.command()
@click.option("--to", "place", type=click.Path(path_type=Path), required=True, metavar="文件", help="备份文件。")
@options.profile
@options.warehouse
@options.below
def backup(place: Path, profile: Path | None, warehouse: str | None, out: Path | None) -> int:
    """把数据仓库、配置、签名私钥和收件清单备份到一个文件；运行时也可备份。"""
    from gongkai.cli.office.backing_up import back_up

    return back_up(place, profile, warehouse, out)


@click.command()
@click.argument("place", type=click.Path(path_type=Path), metavar="文件")
@click.option("--to", "folder", type=click.Path(path_type=Path), required=True, metavar="目录", help="恢复到此目录。")
@click.option("--warehouse", default=None, metavar="URL", help="恢复到此空库；不写为目录中的 warehouse.sqlite。")
@click.option("--by", default=None, metavar="姓名", help="经办人；不写记本机账户。")
def restore(place: Path, folder: Path, warehouse: str | None, by: str | None) -> int:
    """从备份恢复：先核对备份完好，再写入；已有的内容从不覆盖。"""
    from gongkai.cli.office import backing_up

    return backing_up.restore(place, folder, warehouse, by)
