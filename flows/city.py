"""A city's year from top to bottom: districts → warehouses → every district's run → the city's roll-up.

Prefect sees one task a phase; the districts' own steps are those of `flows.annual`, done plainly (`flows.district`). A
district that fails is named and stops nobody: the city is added up from those that have a report.
"""

from datetime import datetime
from pathlib import Path
from typing import Any

from prefect import State, flow, get_run_logger
from prefect.states import Completed, Failed

from flows.district import run_district, unchanged
from flows.final_state import PARTLY, told_plainly
from flows.parameters import labelled, reporting_year
from flows.plain_logs import speak_plainly
from gongkai.city.cluster import refuse_missing, usual_workers
from gongkai.city.districts import Districts, find_districts
from gongkai.city.outcome import DistrictOutcome, Ended
from gongkai.city.own_places import led_astray
from gongkai.errors import CallError
from gongkai.settings import Settings
from tasks.city import assess_districts, prepare_warehouses, roll_up
from tasks.values import Opaque

speak_plainly()


@flow(
    name="全市考核（命令行）",
    flow_run_name="{year} 全市考核",
    description="各区县一齐考核，再把各区县的全区报告汇总为全市报告。",
    persist_result=False,
)
def city_on_call(
    year: int, districts: Path, out: Path, as_of: datetime | None = None, workers: int = 1, cluster: str | None = None
) -> State[Any]:
    """各区县考核，汇总全市。"""
    return assess_city(order_city(year, districts, out, as_of), year, workers, cluster)


@flow(
    name="全市考核",
    flow_run_name="{year} 全市考核",
    description="各区县一齐考核，再把各区县的全区报告汇总为全市报告。区县目录由 GONGKAI_DISTRICTS 设定。",
    persist_result=False,
)
def city_assessment(year: int = labelled(reporting_year(), "报告年度", "例如 2021。")) -> State[Any]:
    """各区县考核，汇总全市。"""
    return told_plainly(lambda: _assess_settings_city(year))


def _assess_settings_city(year: int) -> State[Any]:
    settings = Settings()
    if settings.districts is None:
        raise CallError("没有设置 GONGKAI_DISTRICTS（各区县的目录），不知道有哪些区县。")
    workers = usual_workers()
    refuse_missing(workers, None)
    return assess_city(order_city(year, settings.districts, settings.out, None), year, workers, None)


def order_city(year: int, districts: Path, out: Path, as_of: datetime | None) -> Districts:
    """The districts of a folder, with the settings' warehouse where it is one a district, and the settings' key.

    Raises:
        CallError: as `find_districts`.
    """
    settings = Settings()
    template = settings.warehouse if settings.warehouse and "{code}" in settings.warehouse else None
    return find_districts(districts, out, year, template, settings.key, as_of)


def assess_city(found: Districts, year: int, workers: int, cluster: str | None) -> State[Any]:
    """The phases, one after the other; called inside a flow."""
    for name in found.strange:
        get_run_logger().warning("%s 不是区县代码（大写字母开头的字母数字），这个文件夹没有处理", name)
    everybody = [*found.orders, found.city]
    unready = {**prepare_warehouses(Opaque(everybody)).value, **led_astray(everybody)}
    ready = [order for order in found.orders if order.code not in unready]
    outcomes = assess_districts(
        Opaque(run_district), Opaque(unchanged), Opaque(found.orders), Opaque(unready), year, workers, cluster
    ).value
    whole = roll_up(Opaque(run_district), Opaque(found.city), Opaque(ready)).value
    return _ended(year, list(outcomes.values()), whole)


def _ended(year: int, districts: list[DistrictOutcome], city: DistrictOutcome) -> State[Any]:
    """Who is missing, by name: districts that failed, districts and units that are not accepted."""
    failed = [one for one in districts if one.ended is Ended.FAILED]
    lacking = [one for one in districts if one.ended is not Ended.FAILED and one.waiting]
    message = f"{year} 年度：{len(districts)} 个区县，完成 {len(districts) - len(failed)} 个。"
    if failed:
        named = "；".join(f"{one.code}（{_on_one_line(one.reason)}{_still_counted(one, city)}）" for one in failed)
        message += f"失败的区县：{named}。"
    if lacking:
        named = "；".join(f"{one.code}（{'、'.join(one.waiting)}）" for one in lacking)
        message += f"有单位未受理的区县：{named}。"
    if city.ended is Ended.FAILED:
        return Failed(message=f"{message}全市没有汇总：{city.reason}")
    if unknown := [one.code for one in districts if one.code not in city.units]:
        message += f"不在全市名录中、没有计入全市的区县：{' '.join(unknown)}。"
    if city.waiting:
        message += f"全市未受理：{' '.join(city.waiting)}。"
    message += f"全市应报 {city.expected} 个，已受理 {len(city.accepted)} 个。"
    if failed or lacking or unknown or city.waiting:
        return Completed(name=PARTLY, message=message)
    return Completed(message=message)


def _still_counted(district: DistrictOutcome, city: DistrictOutcome) -> str:
    """What to add of a district that failed now, and whose report of an earlier run the city has accepted."""
    return "；全市仍按它上次的报告计" if district.code in city.accepted else ""


def _on_one_line(reason: str) -> str:
    return " ".join(reason.split()).rstrip("。")
