"""`gongkai template`: the workbooks to hand out, with last year's carry-over where it is known, and the rules."""

from datetime import datetime
from pathlib import Path

import click

from expectations.catalogue import load_catalogue, rules_version
from expectations.handbook import rule_families, switched_off
from expectations.ruleset import rule_set
from gongkai.profile import load_profile
from gongkai.reporting.findings.rule_list import write_rule_list
from gongkai.reporting.style import Page
from gongkai.settings import Settings
from gongkai.submission.template.writer import write_templates as write_workbooks
from gongkai.warehouse.engine import looked_at
from gongkai.warehouse.queries import load_previous


def write_templates(year: int, out: Path, profile: Path | None, warehouse: str | None, codes: list[str]) -> int:
    """Writes one workbook a unit and the list of rules; without a warehouse last year's figures stay empty."""
    loaded = load_profile(profile or Settings().profile)
    rules, now = rule_set(loaded), datetime.now(loaded.district.zone)
    units = loaded.chosen(year, codes)
    url = warehouse or Settings().warehouse
    previous = {}
    if url:
        with looked_at(url) as engine:
            previous = {code: last.alone for code, last in load_previous(engine, year, now, loaded).items()}
    reasons = tuple(reason.wording for reason in load_catalogue().reasons)
    paths = write_workbooks(loaded, year, out, units, previous, reasons)
    name, demonstration = loaded.district.name, loaded.district.demonstration
    page = Page("规则清单", name, year, now, rules_version(), demonstration)
    listed = write_rule_list(rule_families(rules, year), switched_off(rules, year), page, out)
    click.echo(f"已写出 {len(paths)} 份 {year} 年度填报表和{listed.stem}：{out}")
    if not url:
        click.echo("未指定数据仓库（--warehouse），上年结转数未填入。")
    return 0
