"""The commands about one file or one unit: check, import, template, diff and verify."""

from datetime import datetime
from pathlib import Path

import click

from gongkai.cli import options
from gongkai.errors import CallError


@click.command()
@click.argument("file", type=click.Path(path_type=Path), metavar="文件")
@click.option(
    "--year", type=click.IntRange(2019, 2100), default=None, metavar="年度", help="按此年度核验；不写用文件内的年度。"
)
@click.option("--unit", default=None, metavar="代码", help="按此单位核验：用于文件内没有单位代码的年度报告和 CSV。")
@options.profile
@options.compared
@options.below
@options.as_of
@options.as_json
@click.option("--html", type=click.Path(path_type=Path, dir_okay=False), metavar="文件", help="另存为网页。")
def check(
    file: Path,
    year: int | None,
    unit: str | None,
    profile: Path | None,
    warehouse: str | None,
    out: Path | None,
    as_of: datetime | None,
    as_json: bool,
    html: Path | None,
) -> int:
    """自查一个文件：给出与正式核验相同的结论，不保存任何内容。"""
    from gongkai.cli.unit.checking import check_file
    from gongkai.settings import warehouse_url

    url = warehouse_url(out or Path(), warehouse) if warehouse or out else None
    return check_file(file, year, profile, url, as_json, html, unit, as_of)


@click.command("import")
@click.argument("file", type=click.Path(path_type=Path), metavar="文件")
@click.option(
    "--out", type=click.Path(path_type=Path, dir_okay=False), required=True, metavar="文件", help="写出的 JSON 文件。"
)
@click.option("--unit", default=None, metavar="代码", help="单位代码；年度报告上没有代码，不写则按机关名称对照名录。")
@click.option(
    "--year", type=click.IntRange(2019, 2100), default=None, metavar="年度", help="报告年度；不写用报告标题中的年度。"
)
@options.profile
def import_report(file: Path, out: Path, unit: str | None, year: int | None, profile: Path | None) -> int:
    """读取公开的年度报告（docx、网页、PDF、xlsx），写成报送用的 JSON。"""
    from gongkai.cli.unit.importing import import_file

    return import_file(file, out, unit, year, profile)


@click.command()
@options.year
@options.out
@options.profile
@options.carried
@options.units
@click.option("--office", is_flag=True, help="改为写出办公室自己的录入工作簿，已列出待办事项。")
@click.option(
    "--from",
    "filled",
    type=click.Path(path_type=Path, dir_okay=False),
    default=None,
    metavar="文件",
    help="与 --office 同用：把这份录入（gongkai/inspection/1 的 JSON）填入工作簿。",
)
@click.argument("more_units", nargs=-1, metavar="[代码]...")
def template(
    year: int,
    out: Path,
    profile: Path | None,
    warehouse: str | None,
    units: tuple[str, ...],
    office: bool,
    filled: Path | None,
    more_units: tuple[str, ...],
) -> int:
    """写出下发给各单位的填报表，已填入上年结转数；加 --office 写出办公室自己的录入工作簿。"""
    if office:
        from gongkai.cli.unit.office_template import write_office_template

        return write_office_template(year, out, profile, warehouse, filled, options.unit_codes(units, more_units))
    if filled is not None:
        raise CallError("--from 只与 --office 同用。")
    from gongkai.cli.unit.templates import write_templates

    return write_templates(year, out, profile, warehouse, options.unit_codes(units, more_units))


@click.command()
@click.argument("unit", metavar="单位")
@options.year
@options.warehouse
@options.below
@click.option(
    "--from", "first", type=click.IntRange(1), default=None, metavar="版", help="与此版比较；不写用此前受理版。"
)
@click.option("--to", "second", type=click.IntRange(1), default=None, metavar="版", help="看此版；不写用最新版。")
@options.as_json
def diff(
    unit: str, year: int, warehouse: str | None, out: Path | None, first: int | None, second: int | None, as_json: bool
) -> int:
    """一个单位两次报送之间，逐格改了什么。"""
    from gongkai.cli.unit.differing import show_changes

    return show_changes(unit, year, warehouse, out, first, second, as_json)


@click.command()
@click.argument("receipt", type=click.Path(path_type=Path), metavar="回执")
@click.option("--key", type=click.Path(path_type=Path), default=None, metavar="公钥", help="主管部门的公钥文件。")
def verify(receipt: Path, key: Path | None) -> int:
    """核对一份回执是否为主管部门所签、有无改动；不联网。"""
    from gongkai.cli.unit.verifying import verify_file

    return verify_file(receipt, key)
