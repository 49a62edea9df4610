"""`gongkai init`: a whole profile to begin with, and what comes next."""

import re
from pathlib import Path

import click

from gongkai.errors import CallError
from gongkai.profile.starting import begin, examples

_NAME = re.compile(r"[\w（）·]{1,30}")


def write_profile(folder: Path, example: str, name: str | None) -> int:
    """Writes the example's profile and says what to do next.

    Raises:
        CallError: the folder holds a profile, or the name is none.
    """
    if name is not None and not _NAME.fullmatch(name):
        raise CallError(f"--name 应为本区（市）的名称，例如 临江区，不含空格和标点（现为“{name}”）。")
    written = begin(folder, example, name)
    click.echo(f"已写出 {len(written)} 个文件（{examples()[example].label}）：{folder}")
    click.echo("接下来：")
    click.echo(f"  1. 改 {folder / 'district.yaml'}（区名、联系方式）和 {folder / 'units.yaml'}（单位、邮件地址）；")
    click.echo(f"     或在 Excel 里改：gongkai profile workbook --profile {folder} --out 配置.xlsx，")
    click.echo(f"     改好后 gongkai profile read 配置.xlsx --profile {folder}")
    click.echo(f"  2. gongkai profile check {folder}")
    click.echo(f"  3. gongkai template --year <年度> --profile {folder} --out <目录>，下发填报表")
    click.echo("往年资料、演练、服务器等每一步见 docs/first-day.md（第一天）。")
    return 0
