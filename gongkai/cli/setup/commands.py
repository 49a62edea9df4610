"""The commands of a district's first day: init, profile check, workbook and read."""

from datetime import datetime
from pathlib import Path

import click

from gongkai.cli import options

_EXAMPLES = ("area", "authority", "towns", "city")


@click.command()
@click.argument("folder", type=click.Path(path_type=Path), metavar="目录")
@click.option(
    "--example",
    type=click.Choice(_EXAMPLES),
    default="area",
    show_default=True,
    help="area 26 个领域加 10 个镇街；authority 按机关报送；towns 只有镇街；city 一个市和所辖区县。",
)
@click.option("--name", default=None, metavar="名称", help="本区（市）的名称，例如 临江区。")
def init(folder: Path, example: str, name: str | None) -> int:
    """写出一套完整的配置，带注释，可以马上运行；已有的文件不会改动。"""
    from gongkai.cli.setup.beginning import write_profile

    return write_profile(folder, example, name)


@click.group()
def profile() -> None:
    """本区的配置：名册、时限、工作日、考核方案。"""


@profile.command("check")
@click.argument("folder", type=click.Path(path_type=Path), required=False, metavar="[目录]")
@click.option(
    "--year", type=click.IntRange(2019, 2100), default=None, metavar="年度", help="报告年度；不写即将要收的年度。"
)
@options.compared
@options.below
@options.as_of
def check(
    folder: Path | None, year: int | None, warehouse: str | None, out: Path | None, as_of: datetime | None
) -> int:
    """开报以前核对配置：错误必须改正，建议请斟酌。指明数据库的，与上年名册对照。"""
    from gongkai.cli.setup.examining import check_profile

    return check_profile(folder, year, warehouse, out, as_of)


@profile.command()
@click.option("--profile", "folder", type=click.Path(path_type=Path), required=True, metavar="目录", help="配置目录。")
@click.option("--out", type=click.Path(path_type=Path), required=True, metavar="文件", help="写到哪里，.xlsx。")
@options.as_of
def workbook(folder: Path, out: Path, as_of: datetime | None) -> int:
    """把配置写成一个 Excel 工作簿：名册、时限、放假安排、分值，改好再读回。"""
    from gongkai.cli.setup.filling import write_workbook

    return write_workbook(folder, out, as_of)


@profile.command()
@click.argument("file", type=click.Path(path_type=Path), metavar="文件")
@click.option("--profile", "folder", type=click.Path(path_type=Path), required=True, metavar="目录", help="配置目录。")
@click.option("--yes", is_flag=True, help="不再询问，直接改。")
@options.as_of
def read(file: Path, folder: Path, yes: bool, as_of: datetime | None) -> int:
    """读回填好的配置工作簿：先列出会改什么，确认后才改；有错误时什么也不改。"""
    from gongkai.cli.setup.filling import read_back

    return read_back(file, folder, as_of, sure=yes)
