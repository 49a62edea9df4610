"""The workbook of a unit that shares last year with others says with whom, and what they must have together."""

import io

import openpyxl

from gongkai.cli.unit.templates import not_filled_in
from gongkai.profile import Profile
from gongkai.profile.unit import Unit
from gongkai.submission.form import Cell, Submission
from gongkai.submission.template.writer import workbook_bytes
from gongkai.warehouse.years.last_year import Previous, last_year

OPEN, IN_FORCE = "requests.carried_out.total", "proactive_disclosure.normative_documents.in_force"


def town(code: str, name: str, **further: object) -> Unit:
    said = {"code": code, "name": name, "kind": "town", "level": "town", "authority": f"{name}人民政府"}
    return Unit.model_validate({**said, **further})


def report(unit: str, **figures: int) -> Previous:
    cells = []
    for where, value in figures.items():
        table, row, column = where.split(".")
        cells.append(Cell(table, row, column, value))
    return Previous(Submission(unit, 2021, tuple(cells)), 1, accepted=True)


def said_to(code: str, registry: Profile, *reports: Previous) -> str | None:
    last = last_year(2022, registry, {one.submission.unit: one for one in reports}, None)
    unit = registry.unit(code)
    assert unit is not None
    return not_filled_in(unit, 2022, last.of.get(code), registry)


def test_the_parts_of_a_split_are_told_of_each_other_and_of_their_sum(default_profile: Profile) -> None:
    units = (town("T07", "和平镇"), town("N01", "新港镇", from_year=2022, succeeds=["T07"]))
    registry = default_profile.model_copy(update={"units": units})
    said = said_to("N01", registry, report("T07", **{OPEN: 2, IN_FORCE: 5}))
    assert said == (
        "本单位与 T07 和平镇共同承接 2021 年度的报告，上年数没有预填，请只填由本单位接手的；"
        "几家上年结转的申请合计应为 2 件，上年末现行有效的规范性文件合计应为 5 件。"
    )
    assert "与 N01 新港镇共同" in str(said_to("T07", registry, report("T07", **{OPEN: 2})))
    book = openpyxl.load_workbook(io.BytesIO(workbook_bytes(None, registry, units[1], 2022, note=said)))
    assert said in [cell.value for row in book.worksheets[0].iter_rows() for cell in row]


def test_who_has_a_last_year_of_its_own_is_told_nothing(default_profile: Profile) -> None:
    registry = default_profile.model_copy(update={"units": (town("T07", "和平镇"),)})
    assert said_to("T07", registry, report("T07", **{OPEN: 2})) is None
    assert said_to("T07", registry) is None


def test_a_missing_predecessor_is_named(default_profile: Profile) -> None:
    units = (town("T09", "合镇", from_year=2022, succeeds=["T07", "T08"]), town("T07", "和平镇", to_year=2021))
    registry = default_profile.model_copy(update={"units": (*units, town("T08", "新桥镇", to_year=2021))})
    assert said_to("T09", registry, report("T07", **{OPEN: 2})) == (
        "本单位所承接的 T08 新桥镇没有 2021 年度的报告，上年数没有预填。"
    )
