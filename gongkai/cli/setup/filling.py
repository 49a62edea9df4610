"""`gongkai profile workbook` and `read`: the profile in Excel, and what was changed there put into its files."""

from datetime import datetime
from pathlib import Path

import click

from gongkai.profile import load_profile
from gongkai.profile.arrangement import arrangement
from gongkai.profile.examination import season
from gongkai.profile_workbook.changing import changes_of, put, try_out
from gongkai.profile_workbook.profile_rows import content_of
from gongkai.profile_workbook.reading_back import read_workbook
from gongkai.profile_workbook.writing import workbook_bytes


def write_workbook(folder: Path, out: Path, as_of: datetime | None) -> int:
    """Writes the workbook."""
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_bytes(workbook_bytes(folder, _calendar_year(folder, as_of)))
    click.echo(f"已写出 {out}。改好保存后：gongkai profile read {out} --profile {folder}")
    return 0


def read_back(file: Path, folder: Path, as_of: datetime | None, *, sure: bool) -> int:
    """Says what would change and changes it when somebody says so; 2 where the workbook has a mistake."""
    from expectations.ruleset import why_not_off

    read = read_workbook(file, folder, why_not_off)
    for note in read.notes:
        click.echo(f"· {note}")
    if read.problems:
        for problem in read.problems:
            click.echo(f"✕ {problem}")
        click.echo(f"共 {len(read.problems)} 处，配置没有改动。请改正后再读。")
        return 2
    changes = changes_of(folder, content_of(folder, read.year or _calendar_year(folder, as_of)), read)
    if not changes:
        click.echo("与现有配置相同，没有改动。")
        return 0
    try_out(folder, changes)
    for change in changes:
        click.echo(f"· {change}")
    if not sure and not click.confirm(f"共 {len(changes)} 处，写入 {folder} 吗？"):
        click.echo("没有改动。")
        return 0
    put(folder, changes)
    click.echo(f"已改 {len(changes)} 处。请再运行 gongkai profile check {folder}；")
    click.echo("运行中的服务器用 gongkai server deploy 更新表单。")
    return 0


def _calendar_year(folder: Path, as_of: datetime | None) -> int:
    """The first year whose arrangement is still to be filled in, else the latest that the season reaches into."""
    profile = load_profile(folder)
    today = profile.local(as_of or datetime.now(profile.district.zone)).date()
    return arrangement(profile, season(profile, today), today).year
