"""A city of three small districts, one of them broken: roll-up, faults, the same bytes as alone, nothing new."""

import json
import re
import shutil
import zipfile
from datetime import date
from logging import ERROR
from pathlib import Path

import pytest
from distributed import LocalCluster

from flows.annual import annual_assessment
from flows.city import city_assessment, city_on_call
from gongkai.demonstration.inboxes import AS_OF_SECOND_ROUND, SEED, InboxWriter
from gongkai.demonstration.moments import Moments
from gongkai.demonstration.year import YEAR, demonstration_year
from gongkai.profile import load_profile
from gongkai.profile.starting import begin
from tests.few_units import keep

UNITS = {"D01": ("A12", "T04"), "D02": ("A17", "A22"), "D03": ("A12",)}  # their own programs write JSON: no child reads
NAMES = {"D01": "东城区", "D02": "西城区", "D03": "南湖区"}
_OF_A_DISTRICT = re.compile(
    ".{0,9}(?:(?<!的)(?<!的是)全区(?!报告尚未审定|报告数据未齐|报告没有|共)|本区|(?<!市)区政府办公室).{0,9}"
)


def made(folder: Path) -> Path:
    """`D01` and `D02` are in order, `D03` has a profile that nobody can read; the city expects those three."""
    for code, units in UNITS.items():
        district = folder / code
        begin(district / "profile", "area", NAMES[code])
        profile = load_profile(keep(units, district / "profile"))
        for unit, content in demonstration_year(SEED, profile).contents.items():
            if unit == "T04":  # its district's sums are of different units: more came than A12 alone expected
                del content["activities"]["training_expected"]
            writer = InboxWriter(SEED, Moments(profile, YEAR), {})
            writer.hand_in(district / "inbox", unit, content, date.fromisoformat(content["prepared_on"]))
    begin(folder / "_city" / "profile", "city")
    keep(UNITS, folder / "_city" / "profile")
    (folder / "D03" / "profile" / "cycle.yaml").write_text("soft: {month: 13, day: 1}\n", encoding="utf-8")
    return folder


def manifests(out: Path) -> dict[str, bytes]:
    return {path.parts[-3]: path.read_bytes() for path in sorted(out.glob(f"*/{YEAR}/manifest.json"))}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return made(tmp_path_factory.mktemp("districts"))


@pytest.fixture(scope="module")
def city(prefect_server: None, folder: Path, tmp_path_factory: pytest.TempPathFactory):
    """The city run over two workers of this process, and its final state."""
    out = tmp_path_factory.mktemp("out")
    with LocalCluster(
        n_workers=2, threads_per_worker=1, processes=False, dashboard_address=None, silence_logs=ERROR
    ) as cluster:
        state = city_on_call(
            YEAR, folder, out, AS_OF_SECOND_ROUND, cluster=cluster.scheduler_address, return_state=True
        )
    return out, state


def test_a_broken_district_is_named_and_stops_nobody(city) -> None:
    out, state = city
    assert (state.name, state.is_completed()) == ("部分受理", True)
    assert "失败的区县：D03（" in state.message
    assert "cycle.yaml" in state.message
    assert "全市未受理：D03" in state.message
    assert set(manifests(out)) == {"D01", "D02", "_city"}


def test_the_city_adds_up_and_reaches_down(city) -> None:
    out, _ = city
    report = json.loads((out / "_city" / str(YEAR) / "report" / "report.json").read_bytes())
    below = [json.loads((out / code / str(YEAR) / "report" / "report.json").read_bytes()) for code in ("D01", "D02")]
    for where, sources in report["sources"].items():
        table, row, column = where.split(".")
        given = [one["tables"][table][row][column] for one in below]
        assert [source["value"] for source in sources] == [value for value in given if value is not None]
        assert all(source["sources"] == below[n]["sources"][where] for n, source in enumerate(sources))
    assert report["counts"] == {key: sum(one["counts"][key] for one in below) for key in below[0]["counts"]}
    assert (report["provisional"], report["units"]["missing"]) == (True, ["D03"])


def test_a_draft_counts_with_a_notice(city) -> None:
    receipt = json.loads((city[0] / "_city" / str(YEAR) / "receipts" / "D01.json").read_bytes())
    assert receipt["status"] == "accepted"
    assert [found["rule"] for found in receipt["findings"]] == [
        "REPORT-NOT-APPROVED"
    ]  # no key of ours is unknown to us


def test_a_district_of_a_city_is_scored_from_its_integers(city) -> None:
    card = json.loads((city[0] / "_city" / str(YEAR) / "scorecards" / "D01" / "scorecard.json").read_bytes())
    lines = {line["code"]: line for line in card["indicators"]}
    assert lines["C4"]["applicable"]
    assert not lines["A1"]["applicable"]


def test_a_district_is_the_same_alone(city, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GONGKAI_WAREHOUSE", f"sqlite:///{tmp_path / 'alone.sqlite'}")
    annual_assessment(
        year=YEAR,
        inbox=folder / "D01" / "inbox",
        out=tmp_path / "out",
        profile=folder / "D01" / "profile",
        as_of=AS_OF_SECOND_ROUND,
        return_state=True,
    )
    assert (tmp_path / "out" / str(YEAR) / "manifest.json").read_bytes() == manifests(city[0])["D01"]


def test_the_same_once_more_changes_nothing(city, folder: Path) -> None:
    out, state = city
    before = manifests(out)
    again = city_on_call(YEAR, folder, out, AS_OF_SECOND_ROUND, return_state=True)
    assert (manifests(out), again.message) == (before, state.message)


def test_what_was_edited_is_written_again_and_who_fails_or_is_unknown_is_told(
    city, folder: Path, tmp_path: Path
) -> None:
    out, districts = tmp_path / "out", tmp_path / "districts"
    shutil.copytree(city[0], out, symlinks=True)
    shutil.copytree(folder, districts)
    edited = out / "D02" / str(YEAR) / "report" / "report.json"
    report = json.loads(edited.read_bytes())
    report["activities"]["training_sessions"] += 100  # a figure that has no sources
    edited.unlink()  # one run's outputs may be another's, linked
    edited.write_text(json.dumps(report), encoding="utf-8")
    shutil.copy(districts / "D03" / "profile" / "cycle.yaml", districts / "D01" / "profile" / "cycle.yaml")
    shutil.copytree(districts / "D03", districts / "D04")
    (districts / "D05").symlink_to("D02")
    state = city_on_call(YEAR, districts, out, AS_OF_SECOND_ROUND, return_state=True)
    assert manifests(out) == manifests(city[0])
    assert edited.read_bytes() == (city[0] / edited.relative_to(out)).read_bytes()
    assert re.search("失败的区县：D01（.*cycle.yaml.*；全市仍按它上次的报告计）；D03（", str(state.message))
    assert "D05（文件夹 D05 是链接，指向 D02 的目录" in str(state.message)
    assert "没有计入全市的区县：D04 D05。全市未受理：D03。" in str(state.message)


def test_a_city_speaks_of_itself_as_a_city(city) -> None:
    """Only where a rule, a lack or a card speaks of a district and of its report does 全区 stand."""
    year = city[0] / "_city" / str(YEAR)
    pages = [path for path in year.rglob("*") if path.suffix in (".html", ".json")]
    texts = {path.relative_to(year).as_posix(): path.read_text(encoding="utf-8") for path in pages}
    for path in year.rglob("*.*x"):
        with zipfile.ZipFile(path) as parts:
            texts[path.name] = "".join(parts.read(name).decode() for name in parts.namelist() if name.endswith("l"))
    assert len(texts) > len(UNITS)
    assert [(name, found) for name, text in texts.items() for found in _OF_A_DISTRICT.findall(text)] == []


def test_the_deployment_says_which_setting_it_lacks(prefect_server: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("GONGKAI_DISTRICTS", raising=False)
    state = city_assessment(year=YEAR, return_state=True)
    assert state.is_failed()
    assert "GONGKAI_DISTRICTS" in str(state.message)
