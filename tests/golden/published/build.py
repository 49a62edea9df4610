"""Turns the figures of nine published annual reports (tests/data/published) into a profile and an inbox a year.

    python -m tests.golden.published.build --out DIR
    gongkai run --year 2023 --profile DIR/profile --inbox DIR/inbox/2023 --out DIR/out

Run the years 2019 to 2024 one after the other into one folder (so that they share a warehouse), and the cross-year
rules find last year's report.
The files say that they arrived on 15 January of the year after the report year.
"""

import argparse
import json
import os
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

import yaml

FACTS = Path(__file__).parents[2] / "data" / "published"
YEARS = range(2019, 2025)
UNITS = {
    "淮安市洪泽区人民政府": "HONGZE",
    "宿迁市人民政府": "SUQIAN",
    "上海市人民政府办公厅": "SHANGHAI",
    "沭阳县发展和改革局": "SHUYANG-DRC",
    "平潭综合实验区管理委员会（全区汇总）": "PINGTAN",
}


class Case(NamedTuple):
    """One published report: its file's name without suffix, its unit's code, and its figures."""

    name: str
    unit: str
    year: int
    facts: dict[str, Any]

    @property
    def number(self) -> str:
        return self.name[:3]

    def submission(self) -> dict[str, Any]:
        """The report as a submission in the JSON form of the contract; what the source does not show is null."""
        broken_down = self.facts["parts"] or {"units": {}}  # what was received, new and carried in, by unit
        parts = [{"figure": "requests_received", "name": n, "value": v} for n, v in broken_down["units"].items()]
        return {
            "schema": "gongkai/submission/1",
            "year": self.year,
            "unit": self.unit,
            "authority": self.facts["about"]["authority"],
            "tables": self.facts["tables"],
            **({"parts": parts} if parts else {}),
        }


def cases() -> list[Case]:
    """The nine reports, by number."""
    found = []
    for path in sorted(FACTS.glob("*.json")):
        facts = json.loads(path.read_text(encoding="utf-8"))
        about = facts["about"]
        found.append(Case(path.stem, UNITS[about["authority"]], about["year"], facts))
    return found


def write_profile(folder: Path) -> None:
    """Five units, each expected in the years whose report is at hand; the rest is the default profile's."""
    folder.mkdir(parents=True, exist_ok=True)
    district = {
        "name": "公开年报样本",
        "office_name": "样本整理人",
        "government_name": "公开年报样本",
        "level": "city",
        "contact": {"department": "样本整理人", "phone": "无", "email": "samples@example.invalid"},
    }
    units = []
    for authority, code in UNITS.items():
        own = [case for case in cases() if case.unit == code]
        units.append(
            {
                "code": code,
                "name": authority,
                "kind": "area",
                "level": own[0].facts["about"]["level"],
                "authority": authority,
                "from_year": min(case.year for case in own),
                "to_year": max(case.year for case in own),
            }
        )
    _write(folder / "district.yaml", yaml.safe_dump(district, allow_unicode=True, sort_keys=False))
    _write(folder / "units.yaml", yaml.safe_dump({"areas": {}, "units": units}, allow_unicode=True, sort_keys=False))


def write_inboxes(folder: Path) -> None:
    """One inbox a year, one file a case, received on 15 January of the next year."""
    for year in YEARS:
        (folder / str(year)).mkdir(parents=True, exist_ok=True)
    for case in cases():
        path = folder / str(case.year) / case.unit / f"{case.name}.json"
        path.parent.mkdir(parents=True, exist_ok=True)
        _write(path, json.dumps(case.submission(), ensure_ascii=False, indent=1) + "\n")
        arrived = datetime(case.year + 1, 1, 15, 9, 0, tzinfo=ZoneInfo("Asia/Shanghai")).timestamp()
        os.utime(path, (arrived, arrived))


def build(folder: Path) -> None:
    """Writes `folder/profile` and `folder/inbox/<year>/<unit>/`."""
    write_profile(folder / "profile")
    write_inboxes(folder / "inbox")


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Write the published cases as a profile and one inbox a year.")
    parser.add_argument("--out", type=Path, required=True, help="folder to write to")
    build(parser.parse_args().out)
