"""The HTML report leads from each figure to its source, draws its charts, publishes its figures as a data package."""

import csv
import json
import locale
import os
import re
import time
from pathlib import Path
from typing import Any

import frictionless
import pytest

from gongkai.national_format import for_year
from gongkai.profile.models import Licence
from gongkai.reporting.report.data_package import write_data_package
from gongkai.reporting.report.html_headers import headed
from gongkai.reporting.report.json_form import report_json
from gongkai.reporting.report.writer import write_report


@pytest.fixture(scope="module")
def folder(demonstration: Any, tmp_path_factory: pytest.TempPathFactory) -> Path:
    written = tmp_path_factory.mktemp("report")
    write_report(demonstration.report, written)
    return written


def _ids(page: str) -> list[str]:
    return re.findall(r'\bid="([^"]+)"', page)


def test_every_figure_of_the_html_leads_to_a_place_that_is_there(folder: Path) -> None:
    html = (folder / "report.html").read_text(encoding="utf-8")
    links = re.findall(r'href="(provenance/[^"#]+)#([^"]+)"', html)
    assert len(links) > 250
    assert {path for _, path in links} >= {spec.where for spec in for_year(2021).cells}
    anchors = {name: set(_ids((folder / name).read_text(encoding="utf-8"))) for name, _ in links}
    assert [link for link in links if link[1] not in anchors[link[0]]] == []


def test_pages_of_provenance_lead_to_each_other_and_to_nothing_else(folder: Path) -> None:
    pages = {page.name: page.read_text(encoding="utf-8") for page in (folder / "provenance").iterdir()}
    ids = {name: _ids(page) for name, page in pages.items()}
    for name, page in pages.items():
        assert len(set(ids[name])) == len(ids[name])
        assert "内部资料，不对外公开" in page
        assert not re.findall(r"""(?:src|href)=["']?https?:|<script|@import""", page)
        for target, anchor in re.findall(r'href="([^"#]+)#([^"]+)"', page):
            assert anchor in ids[target], (name, anchor)


def test_nothing_says_what_was_asked_or_by_whom(demonstration: Any, folder: Path) -> None:
    said = "".join(page.read_text(encoding="utf-8") for page in (folder / "provenance").iterdir())
    made = demonstration.submissions.values()
    wanted = {case[key] for one in made for case in one.get("register", ()) for key in ("subject",) if case.get(key)}
    assert wanted
    assert [subject for subject in wanted if subject in said] == []


def test_the_page_for_the_portal_is_the_same_without_a_link(folder: Path) -> None:
    inside, public = ((folder / name).read_text(encoding="utf-8") for name in ("report.html", "public.html"))
    assert "provenance/" in inside
    assert "<a " not in public
    assert re.sub(r"</?a\b[^>]*>", "", inside) == public


def test_a_chart_is_drawn_in_place_and_its_table_says_the_same(demonstration: Any, folder: Path) -> None:
    html = (folder / "public.html").read_text(encoding="utf-8")
    charts = {chart.key: chart for chart in demonstration.report.charts}
    assert list(charts) == ["outcomes", "reply_days", "years", "coverage"]
    assert html.count('role="img"') == len(charts)
    tables = report_json(demonstration.report)["tables"]["requests"]
    totals = {name: row[-1] for name, *row in charts["outcomes"].rows}
    assert totals["予以公开"] == tables["granted"]["total"]
    assert sum(totals.values()) == tables["outcome_total"]["total"]
    assert sum(many for _, many in charts["reply_days"].rows) == report_json(demonstration.report)["counts"]["closed"]
    assert (len(charts["coverage"].rows), len(charts["coverage"].columns)) == (26, 2 + 10)
    for chart in charts.values():
        (table,) = re.findall(rf'<table[^>]*data-chart="{chart.key}">.*?</table>', html, re.DOTALL)
        cells = [re.sub("<.*?>", "", cell) for cell in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", table)]
        expected = [column.title for column in chart.columns]
        expected += ["—" if value is None else str(value) for row in chart.rows for value in row]
        assert cells == expected


def test_parts_of_a_chart_are_told_apart_without_colour(folder: Path) -> None:
    html = (folder / "public.html").read_text(encoding="utf-8")
    drawn = "".join(re.findall(r"<svg.*?</svg>", html, re.DOTALL))
    colours = set(re.findall(r"#[0-9a-f]{3,6}|rgb\([^)]*\)", drawn))
    greys = [c for c in colours if re.fullmatch(r"#(.)\1\1|#(..)\2\2|rgb\((\d+),\3,\3\)", c)]
    assert sorted(greys) == sorted(colours)


def test_the_data_package_is_valid_and_holds_the_report(demonstration: Any, folder: Path) -> None:
    assert frictionless.validate(str(folder / "data/datapackage.json")).valid
    package = json.loads((folder / "data/datapackage.json").read_text(encoding="utf-8"))
    assert "licenses" not in package
    assert all(field["title"] for one in package["resources"] for field in one["schema"]["fields"])
    with (folder / "data/requests.csv").open(encoding="utf-8", newline="") as file:
        rows = {(row["row"], row["column"]): row for row in csv.DictReader(file)}
    tables = report_json(demonstration.report)["tables"]["requests"]
    assert {key: int(row["value"]) for key, row in rows.items()} == {
        (row, column): value for row, cells in tables.items() for column, value in cells.items()
    }
    assert {row["unit"] for row in rows.values()} == {"件"}


def test_the_data_package_names_the_licence_that_the_profile_names(plain_year: Any, tmp_path: Path) -> None:
    """A licence is given by the district and never assumed; without one the annex says that it is open."""
    assert any("data_licence" in one.where for one in plain_year.report.to_do)
    licensed = type(plain_year)()
    district = licensed.profile.district.model_copy(update={"data_licence": Licence(name="CC0-1.0")})
    licensed.profile = licensed.profile.model_copy(update={"district": district})
    write_data_package(licensed.report, tmp_path)
    package = json.loads((tmp_path / "data/datapackage.json").read_text(encoding="utf-8"))
    assert package["licenses"] == [{"name": "CC0-1.0"}]
    assert frictionless.validate(str(tmp_path / "data/datapackage.json")).valid
    assert not any("data_licence" in one.where for one in licensed.report.to_do)


def test_the_data_package_holds_no_unit_and_no_case(demonstration: Any, folder: Path) -> None:
    files = {path.name: path.read_text(encoding="utf-8") for path in (folder / "data").glob("*.csv")}
    said = "".join(text for name, text in files.items() if "coverage" not in name)
    assert [u.unit.code for u in demonstration.state.units if re.search(rf"\b{u.unit.code}\b", said)] == []
    cases = [case for one in demonstration.submissions.values() for case in one.get("register", ())]
    assert [case["case_no"] for case in cases if case["case_no"] in said] == []


def test_a_figure_of_table_two_stands_under_the_headings_of_its_own_block(demonstration: Any) -> None:
    rows = headed(demonstration.view.grid("proactive_disclosure"))
    text = {one.id: one.cell.text for row in rows for one in row if one.id}
    of = {one.cell.where: [text[name] for name in one.headers.split()] for row in rows for one in row if one.headers}
    licences = of["proactive_disclosure.administrative_licences.decisions"]
    assert "行政许可" in licences
    assert "第二十条第（五）项" in licences[0]
    assert not any("第二十条第（一）项" in heading for heading in licences)
    assert [name for name, headings in of.items() if len(headings) < 3] == []


def test_a_figure_of_table_three_stands_under_its_row_and_its_applicant(demonstration: Any) -> None:
    rows = headed(demonstration.view.grid("requests"))
    text = {one.id: one.cell.text for row in rows for one in row if one.id}
    of = {one.cell.where: [text[name] for name in one.headers.split()] for row in rows for one in row if one.headers}
    assert {"三、本年度办理结果", "（一）予以公开", "自然人"} <= set(of["requests.granted.natural_person"])


def test_the_same_bytes_wherever_the_machine_stands(
    demonstration: Any, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another zone, another locale, another umask."""
    monkeypatch.setenv("TZ", "America/St_Johns")
    time.tzset()
    before, mask = locale.setlocale(locale.LC_ALL), os.umask(0o002)
    try:
        locale.setlocale(locale.LC_ALL, "C")
        write_report(demonstration.report, tmp_path)
    finally:
        locale.setlocale(locale.LC_ALL, before)
        os.umask(mask)
        monkeypatch.undo()
        time.tzset()
    names = [path.relative_to(folder) for path in folder.rglob("*") if path.is_file()]
    assert [str(name) for name in names if (tmp_path / name).read_bytes() != (folder / name).read_bytes()] == []
