"""`gongkai scheme check`: what is wrong with an assessment scheme, before anybody is assessed by it."""

from pathlib import Path

import click

from gongkai.profile import default_folder
from gongkai.profile.scheme_examination import examine_scheme
from gongkai.settings import Settings

NAME = "scheme.yaml"


def check_scheme(file: Path | None, folder: Path | None) -> int:
    """Prints everything that is wrong, one line each; 2 where there is anything."""
    path = file or (folder or Settings().profile or default_folder()) / NAME
    if file is None and not path.is_file():
        path = default_folder() / NAME  # a profile without a scheme of its own takes the default one
    wrong = examine_scheme(path)
    for text in wrong:
        click.echo(f"✕ {text}。")
    click.echo(f"考核方案 {path}：{f'{len(wrong)} 处有误，请改正后再核对' if wrong else '没有发现错误'}。")
    return 2 if wrong else 0
