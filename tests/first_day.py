"""What a new office does on its first day, step by step: the commands it gives and what it types into Excel."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import openpyxl

from gongkai.profile import Unit, load_profile
from tests.golden.published.build import Case, cases
from tests.golden.published_reader.render import WRITERS, figures, sound, view

LAST_YEAR = 2025
BEFORE = "2026-11-20T09:00:00+08:00"
OF_2021, OF_2019 = ([one for one in cases() if (one.year >= 2021) is new] for new in (True, False))  # by their form
Call = Callable[..., tuple[int, str, str]]


@dataclass
class District:
    """A new district's folder, and what is in it."""

    profile: Path
    workbook: Path
    inbox: Path
    out: Path

    @property
    def units(self) -> list[Unit]:
        """Those that carry tables."""
        return [unit for unit in load_profile(self.profile).units if unit.carries_tables]


def begun(call: Call, folder: Path) -> District:
    """An empty folder becomes a district of towns."""
    code, out, _ = call("init", "配置", "--example", "towns", "--name", "临江区")
    assert code == 0, out
    return District(folder / "配置", folder / "配置.xlsx", folder / "往年", folder / "结果")


def fill_in(district: District, mail: str, *left_out: str) -> None:
    """What somebody does in Excel: rows deleted, a name changed, a unit added with an address."""
    book = openpyxl.load_workbook(district.workbook)
    sheet = book["单位"]
    head = next(row for row in sheet.iter_rows() if row[0].value == "代码")
    at = {str(cell.value): int(cell.column or 0) for cell in head if cell.value}
    for row in sorted((row[0].row or 0 for row in sheet.iter_rows() if row[0].value in left_out), reverse=True):
        sheet.delete_rows(row)
    rows = {str(row[0].value): int(row[0].row or 0) for row in sheet.iter_rows()}
    sheet.cell(rows["T02"], at["名称"]).value = "和平新城街道"
    for heading, value in {
        "代码": "T11",
        "名称": "柳林镇",
        "所属机关": "柳林镇人民政府",
        "组别": "镇街",
        "层级": "镇街",
        "邮件地址": mail,
    }.items():
        sheet.cell(rows["OFFICE"] + 1, at[heading]).value = value
    book.save(district.workbook)


def set_up_by_workbook(call: Call, district: District, *left_out: str) -> None:
    """The workbook is edited; a mistyped address is told with its cell and changes nothing, mended it is taken."""
    assert call("profile", "workbook", "--profile", district.profile, "--out", district.workbook)[0] == 0
    fill_in(district, "liulin.example.invalid", *left_out)
    read = ("profile", "read", district.workbook, "--profile", district.profile, "--yes")
    code, out, _ = call(*read)
    assert (code, "“单位”" in out, "liulin.example.invalid" in out) == (2, True, True), out
    assert "T11" not in (district.profile / "units.yaml").read_text(encoding="utf-8")

    fill_in(district, "ｌｉｕｌｉｎ＠example.invalid")  # full-width, as an input method leaves it
    code, out, _ = call(*read)
    assert code == 0, out
    known = {unit.code: unit for unit in district.units}
    assert (known["T11"].contact_email, known["T02"].name) == ("liulin@example.invalid", "和平新城街道")
    code, out, _ = call("profile", "check", district.profile, "--as-of", BEFORE)
    assert code == 0, out


def printed(case: Case, authority: str, year: int, form: str) -> bytes:
    """The case's figures as the published report of an authority."""
    about = {**case.facts["about"], "authority": authority}
    theirs = case._replace(year=year, facts={**case.facts, "about": about})
    return WRITERS[form](view(theirs, figures(theirs), sound))


def take_in_last_year(call: Call, district: District) -> Mapping[str, Mapping[str, Any]]:
    """Six published reports of last year, three of another year; gives what is told of each unit."""
    units, district.inbox = district.units, district.inbox
    district.inbox.mkdir()
    for number, (case, unit) in enumerate(zip(OF_2021, units, strict=False)):
        form = list(WRITERS)[number % len(WRITERS)]
        path = district.inbox / f"{number} 年度报告.{form}"  # nothing but the report says whose it is
        path.write_bytes(printed(case, unit.authority, LAST_YEAR, form))
    for case, unit in zip(OF_2019, units[-1:0:-1], strict=False):
        path = district.inbox / unit.code / f"{case.year} 年度报告.docx"
        path.parent.mkdir()
        path.write_bytes(printed(case, unit.authority, case.year, "docx"))
    order = ["--year", LAST_YEAR, "--inbox", district.inbox, "--out", district.out, "--profile", district.profile]
    code, out, err = call("run", "--as-history", *order)
    assert code == 3, (out, err)
    said = json.loads((district.out / "history" / f"{LAST_YEAR}.json").read_text(encoding="utf-8"))
    rows = {row["code"]: row for row in said["units"]}
    for case, unit in zip(OF_2021, units, strict=False):
        told = rows[unit.code]
        assert told["reports"] == [unit.code]
        assert told["figures"] == sum(value != "" for value in figures(case).values())
        assert told["figures"] + len(told["unread"]) == len(figures(case))
    for case, unit in zip(OF_2019, units[-1:0:-1], strict=False):
        assert str(case.year) in rows[unit.code]["left_out"][0]["reasons"][0]
    return rows


def hand_out(call: Call, district: District) -> None:
    """This year's templates, with last year's carry-over where there is one."""
    code, out, _ = call(
        "template", "--year", LAST_YEAR + 1, "--out", "填报表", "--profile", district.profile,
        "--warehouse", f"sqlite:///{district.out / 'warehouse.sqlite'}",
    )  # fmt: skip
    assert code == 0, out
    for case, unit in zip(OF_2021, district.units, strict=False):
        carried = figures(case)["requests.carried_out.total"]
        assert carried_in(unit) == (int(carried) or None if carried != "" else None), unit.code
    assert carried_in(next(unit for unit in district.units if unit.code == "T11")) is None


def carried_in(unit: Unit) -> Any:
    """What the unit's template says that it carried in."""
    (template,) = Path("填报表").glob(f"{unit.code}-*.xlsx")
    book = openpyxl.load_workbook(template, data_only=True)  # a total shows what its formula gives
    sheet, cell = next(iter(book.defined_names["requests__carried_in__total"].destinations))
    return book[sheet][cell.replace("$", "")].value or None
