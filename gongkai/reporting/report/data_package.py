"""`report/data/`: the figures of the public report as a Frictionless data package: CSV files and what they mean.

Only what the report prints of the whole district: no row of a register, no figure of a single unit but what its own
published catalogue says. Charts bring their tables. No dependency: a package is JSON and CSV, and a test validates it.
"""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from gongkai.national_format import for_year
from gongkai.reporting.report.charts.chart import ChartColumn
from gongkai.reporting.report.district_report import DistrictReport
from gongkai.reporting.shared.write import write_bytes, write_json
from gongkai.submission.fields import groups
from gongkai.submission.places import label
from gongkai.submission.references import INDICATORS, known_references

FOLDER = "data"


@dataclass(frozen=True)
class Resource:
    """One CSV file: its name, what it holds, its columns and rows (None: not reported)."""

    name: str
    title: str
    columns: Sequence[ChartColumn]
    rows: Sequence[Sequence[Any]]
    key: tuple[str, ...]


def write_data_package(report: DistrictReport, folder: Path) -> list[Path]:
    """Writes `data/datapackage.json` and its CSV files below the report's folder."""
    resources = list(_resources(report))
    place = folder / FOLDER
    return [
        *(write_bytes(place / f"{one.name}.csv", _csv(one)) for one in resources),
        write_json(place / "datapackage.json", _description(report, resources)),
    ]


def _description(report: DistrictReport, resources: Iterable[Resource]) -> dict[str, Any]:
    district, view = report.state.profile.district, report.view
    licence = district.data_licence
    return {
        "profile": "tabular-data-package",
        "name": f"gongkai-{report.state.year}",
        "title": "".join(view.title),
        "description": "；".join(
            [*view.notices, f"{district.name}{report.state.year}年度政府信息公开工作年度报告的数据"]
        ),
        "created": view.page.as_of.isoformat(),
        "version": view.content_sha256[:12],
        **({"licenses": [licence.model_dump(exclude_none=True)]} if licence else {}),
        "contributors": [{"title": view.signature[0], "role": "publisher"}],
        "resources": [_described(one) for one in resources],
    }


def _described(one: Resource) -> dict[str, Any]:
    return {
        "profile": "tabular-data-resource",
        "name": one.name,
        "path": f"{one.name}.csv",
        "title": one.title,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": {
            "fields": [{"name": c.key, "title": c.title, "type": c.type} for c in one.columns],
            "missingValues": [""],
            "primaryKey": list(one.key),
        },
    }


def _csv(one: Resource) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([column.key for column in one.columns])
    writer.writerows(["" if value is None else value for value in row] for row in one.rows)
    return text.getvalue().encode()


def _resources(report: DistrictReport) -> Iterator[Resource]:
    national_format, figures = for_year(report.state.year), report.totals.district
    text, unit = [ChartColumn(key, title, "string") for key, title in _WORDS], ChartColumn("unit", "单位", "string")
    for key, table in national_format.tables.items():
        specs = [spec for spec in national_format.cells if spec.table == key]
        decimal = any(spec.value_type == "decimal" for spec in specs)
        value = ChartColumn("value", "数值", "number" if decimal else "integer")
        rows = [
            (s.row, label(s.row_label), s.column, label(s.column_label), figures.tables.get(s.where), s.unit)
            for s in specs
        ]
        name = key.replace("_", "-")
        yield Resource(name, f"{table.label} {table.caption}", (*text, value, unit), rows, ("row", "column"))
    yield from _named(report)
    for chart in report.charts:
        first = chart.columns[0].key
        yield Resource(f"chart-{chart.key.replace('_', '-')}", chart.title, chart.columns, chart.rows, (first,))


_WORDS = (("row", "行"), ("row_label", "行名"), ("column", "列"), ("column_label", "列名"))


def _named(report: DistrictReport) -> Iterator[Resource]:
    """Activities, rates and documents: a figure a row."""
    known, figures = known_references(report.state.year), report.totals.district
    head = (
        ChartColumn("key", "名称", "string"),
        ChartColumn("label", "含义", "string"),
        ChartColumn("value", "数值", "number"),
    )
    fields = groups()["activities"].fields
    unit = ChartColumn("unit", "单位", "string")
    activities = [
        (key, known[f"activities.{key}"], value, fields[key].unit or "") for key, value in figures.activities.items()
    ]
    rates = [(key, word, getattr(report.totals.indicators, key)) for key, word in INDICATORS.items()]
    documents = [(key, known[f"documents_by_kind.{key}"], many) for key, many in figures.documents_by_kind.items()]
    yield Resource("activities", "年度工作数据", (*head, unit), activities, ("key",))
    yield Resource("indicators", "答复用时和按期办结率", head, rates, ("key",))
    yield Resource("documents-by-kind", "文件清单中的文件", head, documents, ("key",))
