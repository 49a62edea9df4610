"""A format of the future is a file in the folder: it reaches reader, workbook and document without a line of code."""

import copy
import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from gongkai.errors import ConfigurationError
from gongkai.national_format import for_year, loader
from gongkai.profile import load_profile
from gongkai.reporting.report.docx_writer import report_docx
from gongkai.reporting.report.grid import build_grids
from gongkai.submission.form import ReceivedFile
from gongkai.submission.published import read_published
from gongkai.submission.readers.json_reader import read_json
from gongkai.submission.template.writer import workbook_bytes
from gongkai.submission.workbook.reader import read_workbook
from tests.golden.published.build import Case
from tests.golden.published_reader.render import sound, view

FILE = ReceivedFile(Path("-"), "T01/a", "T01", "", 0, datetime.fromtimestamp(0, UTC))
OF_2021 = json.loads((loader.FOLDER / "format_2021.json").read_text(encoding="utf-8"))
PLATFORMS = {
    "section": 5,
    "caption_zh": "政务公开平台建设情况",
    "unit": "项",
    "corner_note_zh": "平台",
    "column_group_zh": "运行情况",
    "columns": [{"key": "opened", "label_zh": "本年开办"}, {"key": "total", "label_zh": "总计"}],
    "rows": [
        {"key": "sites", "label_zh": "网站", "path_zh": []},
        {"key": "media", "label_zh": "新媒体", "path_zh": []},
    ],
}


def future() -> dict[str, Any]:
    """From 2090 on: a fourth table, and one row more in table three."""
    raw = copy.deepcopy(OF_2021)
    raw |= {"format_id": "of_2090", "applies_to_report_years": {"from": 2090, "to": None}}
    raw["tables"]["platforms"] = PLATFORMS
    raw["sections"].insert(
        4, {"no": 5, "key": "platforms", "heading_zh": "五、平台", "kind": "table", "table": "platforms"}
    )
    rows = raw["tables"]["requests"]["rows"]
    at = next(n for n, row in enumerate(rows) if row["key"] == "granted") + 1
    rows.insert(at, {**rows[at - 1], "key": "granted_by_post", "label_zh": "（一之二）邮寄公开"})
    expression = "platforms.{row}.opened <= platforms.{row}.total"
    raw["identities"].append(
        {"id": "PLATFORM-TOTAL", "expr": expression, "label_zh": "开办 ≤ 总计", "severity": "error", "basis": "test"}
    )
    return raw


def until_2089() -> dict[str, Any]:
    return OF_2021 | {"applies_to_report_years": {"from": 2021, "to": 2089}}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of formats in the place of the shipped one."""
    monkeypatch.setattr(loader, "FOLDER", tmp_path)
    put(tmp_path, 2021, until_2089())
    return tmp_path


def put(folder: Path, year: int, raw: dict[str, Any]) -> None:
    (folder / f"format_{year}.json").write_text(json.dumps(raw, ensure_ascii=False), encoding="utf-8")
    loader.formats_in.cache_clear()


@pytest.fixture
def of_2090(folder: Path) -> Path:
    put(folder, 2090, future())
    return folder


def ones(year: int) -> dict[str, Any]:
    """Every cell of a year's format filled with 1."""
    tables: dict[str, Any] = {}
    for cell in for_year(year).cells:
        tables.setdefault(cell.table, {}).setdefault(cell.row, {})[cell.column] = 1
    return tables


@pytest.mark.usefixtures("of_2090")
class TestItReaches:
    NEW = ("platforms.media.total", "requests.granted_by_post.other_org")

    def test_the_year_that_it_is_for_and_no_other(self) -> None:
        assert [for_year(year).has(self.NEW[0]) for year in (2025, 2089, 2090, 2140)] == [False, False, True, True]
        bounds = [one.where for one in for_year(2090).identities if one.rule == "PLATFORM-TOTAL"]
        assert bounds == ["platforms.sites.total", "platforms.media.total"]

    def test_the_json_reader(self) -> None:
        document = {"schema": "gongkai/submission/1", "year": 2090, "unit": "T01", "tables": ones(2090)}
        reading = read_json(FILE, json.dumps(document).encode())
        assert reading.submission is not None
        assert [reading.submission.value(where) for where in self.NEW] == [1, 1]
        assert not reading.issues

    def test_the_workbook_and_back(self) -> None:
        document = {"schema": "gongkai/submission/1", "year": 2090, "unit": "T01", "tables": ones(2090)}
        said = read_json(FILE, json.dumps(document).encode()).submission
        profile = load_profile()
        unit = profile.unit("T01")
        assert said is not None
        assert unit is not None
        back = read_workbook(FILE, workbook_bytes(said, profile, unit, 2090)).submission
        assert back is not None
        assert [back.value(where) for where in self.NEW] == [1, 1]
        assert back.content() == said.content()

    def test_the_document(self) -> None:
        figures = {cell.where: str(n) for n, cell in enumerate(for_year(2090).cells)}
        grids = build_grids(for_year(2090), figures)
        assert list(grids) == ["proactive_disclosure", "requests", "disputes", "platforms"]
        assert {where: text for grid in grids.values() for where, text in grid.figures().items()} == figures
        assert "新媒体" in {cell.text for row in grids["platforms"].rows for cell in row}

    def test_a_published_report_and_back(self) -> None:
        figures = {cell.where: str(n) for n, cell in enumerate(for_year(2090).cells)}
        case = Case("of_2090", "T01", 2090, {"about": {"authority": "示例局"}})
        found = read_published(FILE, report_docx(view(case, figures, sound)), "T01", 2090)
        assert found.submission is not None
        assert {where: str(found.submission.value(where)) for where in figures} == figures
        assert not found.issues


class TestItIsRefusedLoudly:
    def test_when_two_formats_are_for_one_year(self, folder: Path) -> None:
        put(folder, 2090, future())
        put(folder, 2021, OF_2021)
        with pytest.raises(ConfigurationError, match="2090 年度起的年度，年度不得重叠"):
            for_year(2021)

    def test_when_nobody_could_lay_a_table_out(self, folder: Path) -> None:
        raw = future()
        raw["tables"]["platforms"] = {"section": 5, "caption_zh": "平台", "unit": "项", "tree": []}
        put(folder, 2090, raw)
        with pytest.raises(ConfigurationError, match=r"format_2090\.json.*platforms 的结构不认识"):
            for_year(2021)

    def test_when_a_table_stands_in_no_section(self, folder: Path) -> None:
        raw = future()
        raw["sections"] = [section for section in raw["sections"] if section["key"] != "platforms"]
        put(folder, 2090, raw)
        with pytest.raises(ConfigurationError, match=r"与 tables.*不一致"):
            for_year(2021)

    def test_when_a_key_is_missing(self, folder: Path) -> None:
        raw = future()
        del raw["tables"]["platforms"]["unit"]
        put(folder, 2090, raw)
        with pytest.raises(ConfigurationError, match="缺少或写错了 'unit'"):
            for_year(2021)


def test_a_year_that_no_file_is_for_says_so(folder: Path) -> None:
    with pytest.raises(ConfigurationError, match="没有 2090 年度的年度报告格式"):
        for_year(2090)


def test_a_value_of_the_format_compares_by_its_id() -> None:
    assert replace(for_year(2021), title="") == for_year(2025) != for_year(2019)
