"""A district may sort its units into groups of its own: they are data of its profile, and every output follows."""

import json
import shutil

import openpyxl
import pytest
import yaml

from gongkai.demonstration import inboxes
from gongkai.profile import load_profile
from gongkai.submission.template.writer import write_templates

KINDS = {"bureau": "部门", "street": "街道", "institution": "直属机构"}
GROUPS = {
    "A02": "bureau", "A04": "bureau", "A05": "institution", "A08": "institution", "A15": "institution",
    "T01": "street", "T03": "street", "T04": "street",
}  # fmt: skip
LIKE = {"bureau": "area", "institution": "area", "street": "town"}  # whose weights of the default scheme they get


def edit(path, change):
    content = yaml.safe_load(path.read_text(encoding="utf-8"))
    change(content)
    path.write_text(yaml.safe_dump(content, allow_unicode=True), encoding="utf-8")


@pytest.fixture
def grouped(fresh, tmp_path):
    """The few units of the demonstration as bureaus, streets and institutions; no kind that ships is left."""

    def registry(content):
        for unit in content["units"]:
            unit["kind"] = GROUPS.get(unit["code"], unit["kind"])

    def scheme(content):
        content["rank_within"] = list(KINDS)
        for indicator in content["indicators"]:
            indicator["weight"] = {kind: indicator["weight"].get(like, 0) for kind, like in LIKE.items()}

    folder = tmp_path / "profile"
    shutil.copytree(fresh.profile, folder)
    edit(folder / "district.yaml", lambda content: content.update(kinds=KINDS))
    edit(
        folder / "units.yaml",
        lambda content: [u.update(kind=GROUPS.get(u["code"], u["kind"])) for u in content["units"]],
    )
    edit(folder / "scheme.yaml", scheme)
    fresh.profile = folder
    return fresh


def test_the_whole_job_runs_with_groups_that_no_code_names(grouped, made, tmp_path):
    state = grouped.run(2021, made.second_round, inboxes.AS_OF_SECOND_ROUND)
    assert not state.is_failed()
    out = grouped.out / "2021"

    ranking = json.loads((out / "ranking.json").read_text(encoding="utf-8"))
    assert {group: sorted(row["unit"] for row in rows) for group, rows in ranking["groups"].items()} == {
        kind: sorted(code for code, of in GROUPS.items() if of == kind) for kind in KINDS
    }
    assert all(min(row["rank"] for row in rows) == 1 for rows in ranking["groups"].values())
    assert set(openpyxl.load_workbook(out / "ranking.xlsx").sheetnames) == set(KINDS.values())

    card = json.loads((out / "scorecards" / "A05" / "scorecard.json").read_text(encoding="utf-8"))
    assert (card["group"], card["group_size"]) == ("institution", 3)
    page = (out / "scorecards" / "A05" / "scorecard.html").read_text(encoding="utf-8")
    assert "直属机构" in page
    assert "institution" not in page

    board = json.loads((out / "board.json").read_text(encoding="utf-8"))
    assert {unit["unit"]: unit["kind"] for unit in board["units"] if unit["unit"] in GROUPS} == GROUPS
    report = json.loads((out / "report" / "report.json").read_text(encoding="utf-8"))
    assert set(report["units"]["accepted"]) == {*GROUPS, "OFFICE"}

    assert len(write_templates(load_profile(grouped.profile), 2021, tmp_path / "templates")) == len(GROUPS) + 1
