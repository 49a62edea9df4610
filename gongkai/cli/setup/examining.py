"""`gongkai profile check`: what is wrong with a profile, and what to think of, before the season."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import click

from gongkai.errors import ConfigurationError, ProfileError
from gongkai.profile import Profile, default_folder, load_profile
from gongkai.profile.examination import Remark, examine, season
from gongkai.settings import Settings, named_warehouse
from gongkai.warehouse.engine import looked_at
from gongkai.warehouse.queries import last_profile


def check_profile(
    folder: Path | None, year: int | None, warehouse: str | None, out: Path | None, as_of: datetime | None
) -> int:
    """Prints mistakes, then advice; 2 where there is a mistake."""
    chosen = folder or Settings().profile or default_folder()
    try:
        profile = load_profile(chosen)
    except ProfileError as error:
        click.echo(str(error))
        click.echo(f"配置 {chosen}：有错误，请改正后再核对。")
        return 2
    now = profile.local(as_of or datetime.now(profile.district.zone))
    of = year or season(profile, now.date())
    remarks = [
        *_wording(profile),
        *_rules(profile),
        *examine(profile, of, now.date(), _last_year(warehouse, out, of, now)),
    ]
    for advice, sign in ((False, "✕ 错误"), (True, "· 建议")):
        for remark in remarks:
            if remark.advice is advice:
                click.echo(f"{sign} {remark.text}")
    click.echo(_summary(chosen, profile, of, remarks))
    return 0 if all(remark.advice for remark in remarks) else 2


def _wording(profile: Profile) -> list[Remark]:
    """What is wrong with the district's own headings and sentences of the report."""
    from gongkai.reporting.report.words.section_layout import check_wording  # reads what the sentences may name

    return _refused(check_wording, profile)


def _rules(profile: Profile) -> list[Remark]:
    """What is wrong with the rules that the district switches off or changes."""
    from expectations.ruleset import rule_set

    return _refused(rule_set, profile)


def _refused(check: Callable[[Profile], object], profile: Profile) -> list[Remark]:
    try:
        check(profile)
    except ConfigurationError as error:
        return [Remark(advice=False, text=str(error))]
    return []


def _summary(folder: Path, profile: Profile, year: int, remarks: list[Remark]) -> str:
    units, wrong = profile.expected(year), sum(not remark.advice for remark in remarks)
    return (
        f"配置 {folder}（{profile.district.name}，{year} 年度）：{len(units)} 个报送单位，"
        f"{len(profile.scheme.indicators)} 项指标；错误 {wrong} 处，建议 {len(remarks) - wrong} 条。"
    )


def _last_year(warehouse: str | None, out: Path | None, year: int, now: datetime) -> Profile | None:
    """The registry by which the year before was collected, where a warehouse is named and knows it."""
    url = named_warehouse(out, warehouse)
    if url is None:
        return None
    with looked_at(url) as engine:
        return last_profile(engine, now, year - 1)
