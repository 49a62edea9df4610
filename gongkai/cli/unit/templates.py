"""`gongkai template`: the workbooks to hand out, with last year's carry-over where it is known, and the rules."""

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

import click

from expectations.catalogue import load_catalogue, rules_version
from expectations.handbook import rule_families, switched_off
from expectations.ruleset import rule_set
from gongkai.national_format.figures import CARRIED_OUT, NORMATIVE_IN_FORCE
from gongkai.profile import Profile, Unit, load_profile
from gongkai.reporting.findings.rule_list import write_rule_list
from gongkai.reporting.style import Page
from gongkai.settings import Settings
from gongkai.submission.template.writer import write_templates as write_workbooks
from gongkai.warehouse.engine import looked_at
from gongkai.warehouse.queries import load_previous
from gongkai.warehouse.years.last_year import Previous

_TAKEN_OVER = {"上年结转的申请": CARRIED_OUT, "上年末现行有效的规范性文件": NORMATIVE_IN_FORCE}


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
    notes = {unit.code: said for unit in units if (said := not_filled_in(unit, year, last.get(unit.code), loaded))}
    paths = write_workbooks(loaded, year, out, units, previous, reasons, notes)
    page = Page("规则清单", loaded.district, year, now, rules_version())
    listed = write_rule_list(rule_families(rules, year), switched_off(rules, year), page, out)
    click.echo(f"已写出 {len(paths)} 份 {year} 年度填报表和{listed.stem}：{out}")
    if not url:
        click.echo("未指定数据仓库（--warehouse），上年结转数未填入。")
    for code, said in notes.items():
        click.echo(f"{code}：{said}")
    return 0


def not_filled_in(unit: Unit, year: int, last: Previous | None, registry: Profile) -> str | None:
    """Why last year could not be filled in: others follow it too, or a part of it is missing; the workbook says it."""
    if last is not None and last.shared:
        others = "、".join(_named(code, registry) for code in last.shared.heirs if code != unit.code)
        total = last.shared.last.submission
        sums = {label: total.value(where) for label, where in _TAKEN_OVER.items()}
        should = "，".join(f"{label}合计应为 {value} 件" for label, value in sums.items() if value is not None)
        together = f"本单位与{others}共同承接 {year - 1} 年度的报告，上年数没有预填，请只填由本单位接手的"
        return f"{together}；几家{should}。" if should else f"{together}。"
    if last is not None and last.missing:
        lacking = "、".join(_named(code, registry) for code in last.missing)
        return f"本单位所承接的{lacking}没有 {year - 1} 年度的报告，上年数没有预填。"
    return None


def _named(code: str, registry: Profile) -> str:
    unit = registry.unit(code)
    return f" {code} {unit.name}" if unit else f" {code} "
