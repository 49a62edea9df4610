"""`gongkai scheme`: what is wrong with an assessment scheme before anybody is assessed by it, and what it says."""

from datetime import datetime
from pathlib import Path

import click

from gongkai.errors import ProfileError
from gongkai.profile import Profile, default_folder, load_profile
from gongkai.profile.examination import season
from gongkai.profile.loader import scheme_file
from gongkai.profile.scheme_examination import examine_scheme, load_scheme
from gongkai.reporting.scheme.writer import scheme_page
from gongkai.reporting.shared.write import write_text
from gongkai.reporting.style import Page
from gongkai.settings import Settings


def check_scheme(file: Path | None, folder: Path | None) -> int:
    """Prints everything that is wrong, one line each; 2 where there is anything."""
    path = _path(file, folder)
    wrong = examine_scheme(path)
    for text in wrong:
        click.echo(f"✕ {text}。")
    click.echo(f"考核方案 {path}：{f'{len(wrong)} 处有误，请改正后再核对' if wrong else '没有发现错误'}。")
    return 2 if wrong else 0


def explain_scheme(file: Path | None, folder: Path | None, out: Path | None, now: datetime) -> int:
    """Writes the scheme as a page for the units, or prints the page where no file is named.

    Raises:
        ProfileError: the scheme does not hold.
    """
    scheme = load_scheme(_path(file, folder))
    profile = _profile(folder)
    year = season(profile, now.date())
    page = Page("考核方案", profile.district, year, profile.local(now), "")
    text = scheme_page(scheme, profile, page)
    if out is None:
        click.echo(text)
    else:
        write_text(out, text)
        click.echo(f"考核方案 {scheme.scheme_id} 已写成网页：{out}")
    return 0


def _path(file: Path | None, folder: Path | None) -> Path:
    return file or scheme_file(folder or Settings().profile or default_folder())


def _profile(folder: Path | None) -> Profile:
    """Whose groups have which names; the default one's where the profile at hand cannot be read."""
    try:
        return load_profile(folder or Settings().profile)
    except ProfileError:
        return load_profile()
