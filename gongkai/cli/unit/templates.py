"""`gongkai template`: the workbooks to hand out, with last year's carry-over where it is known, and the rules."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path

import click

from expectations.catalogue import load_catalogue, rules_version
from expectations.handbook import rule_families, switched_off
from expectations.ruleset import rule_set
from gongkai.national_format.figures import CARRIED_OUT
from gongkai.profile import load_profile
from gongkai.reporting.findings.rule_list import write_rule_list
from gongkai.reporting.style import Page
from gongkai.settings import Settings
from gongkai.submission.template.writer import write_templates as write_workbooks
from gongkai.warehouse.engine import looked_at
from gongkai.warehouse.queries import load_previous
from gongkai.warehouse.years.last_year import Previous


def write_templates(year: int, out: Path, profile: Path | None, warehouse: str | None, codes: list[str]) -> int:
    """Writes one workbook a unit and the list of rules; without a warehouse last year's figures stay empty."""
    loaded = load_profile(profile or Settings().profile)
    rules, now = rule_set(loaded), datetime.now(loaded.district.zone)
    units = loaded.chosen(year, codes)
    url = warehouse or Settings().warehouse
    last: Mapping[str, Previous] = {}
    if url:
        with looked_at(url) as engine:
            last = load_previous(engine, year, now, loaded)
    previous = {code: one.alone for code, one in last.items() if not one.missing}
    reasons = tuple(reason.wording for reason in load_catalogue().reasons)
    paths = write_workbooks(loaded, year, out, units, previous, reasons)
    page = Page("规则清单", loaded.district, year, now, rules_version())
    listed = write_rule_list(rule_families(rules, year), switched_off(rules, year), page, out)
    click.echo(f"已写出 {len(paths)} 份 {year} 年度填报表和{listed.stem}：{out}")
    if not url:
        click.echo("未指定数据仓库（--warehouse），上年结转数未填入。")
    for said in _not_filled_in({unit.code: last[unit.code] for unit in units if unit.code in last}):
        click.echo(said)
    return 0


def _not_filled_in(last: Mapping[str, Previous]) -> Iterator[str]:
    """Whose last year could not be filled in, since others follow it too or a part of it is missing."""
    for heirs, total in {one.shared.heirs: one.shared.last for one in last.values() if one.shared}.items():
        carried = total.submission.value(CARRIED_OUT)
        should = "" if carried is None else f"，合计应为 {carried} 件"
        yield f"{'、'.join(heirs)} 共同承接上年度报告，上年结转没有预填，由各单位分别填报{should}。"
    for code, one in last.items():
        if one.missing:
            yield f"{code} 所承接的 {'、'.join(one.missing)} 没有上年度报告，上年数没有预填。"
