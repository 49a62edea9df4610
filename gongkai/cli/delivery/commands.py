"""The commands of what comes in and what goes out: fetch."""

from pathlib import Path

import click

from gongkai.cli import options


@click.command()
@click.option("--inbox", type=click.Path(path_type=Path), required=True, metavar="目录", help="收件目录。")
@click.option(
    "--source",
    "sources",
    multiple=True,
    metavar="URL",
    help="收件来源：imaps://、sftp://、s3://、webdavs://、file://；可写多次，不写用 GONGKAI_SOURCES 所设的。",
)
@options.profile
@options.as_json
@click.option(
    "--html", type=click.Path(path_type=Path, dir_okay=False), metavar="文件", help="把全部收件情况另存为网页。"
)
def fetch(inbox: Path, sources: tuple[str, ...], profile: Path | None, as_json: bool, html: Path | None) -> int:
    """从邮箱、SFTP、对象存储、WebDAV 收取新到的文件，放入收件目录；每份只收一次，从不回信。"""
    from gongkai.cli.delivery.fetching import fetch_sources

    return fetch_sources(inbox, sources, profile, as_json, html)
