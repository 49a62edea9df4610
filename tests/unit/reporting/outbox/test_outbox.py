"""The outbox: what a person released, with a note; nothing of another unit, nothing that was changed since."""

import json
from datetime import datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest

from gongkai.errors import CallError
from gongkai.reporting.outbox.parcels import UNSIGNED, fill_outbox, unsigned_receipts
from gongkai.reporting.shared.manifest import basis_sha256, write_manifest
from gongkai.warehouse.records import YearState

ISSUED = datetime(2022, 3, 1, 10, 0, tzinfo=ZoneInfo("Asia/Shanghai"))


@pytest.fixture
def year(make: SimpleNamespace, tmp_path: Path) -> tuple[Path, YearState]:
    """A year's folder with a few outputs of A01, T01 and the office, and their manifest."""
    state = make.state()
    for name in (
        "receipts/A01.json",
        "receipts/A01-returned.xlsx",
        "receipts/T01.json",
        "receipts/OFFICE.json",
        "scorecards/A01/scorecard.pdf",
        "report/report.pdf",
        "findings/index.html",
        "findings/A01.html",
        "board.html",
    ):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(name, encoding="utf-8")
    write_manifest(state, basis_sha256(state), tmp_path)
    return tmp_path, state


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_each_unit_gets_its_own_files_and_the_office_the_report(year: tuple[Path, YearState]) -> None:
    folder, state = year

    fill_outbox(folder, folder / "outbox", state, "张三", "年度考核定稿", ISSUED)

    notes = ["签发单.json", "签发单.txt"]
    assert names(folder / "outbox") == ["A01", "OFFICE", "T01"]
    assert names(folder / "outbox/A01") == ["A01-returned.xlsx", "A01.json", "scorecard.pdf", *notes]
    assert names(folder / "outbox/T01") == ["T01.json", *notes]
    assert names(folder / "outbox/OFFICE") == ["OFFICE.json", "report.pdf", *notes]


def test_note_says_who_when_why_and_on_which_basis(year: tuple[Path, YearState]) -> None:
    folder, state = year

    fill_outbox(folder, folder / "outbox", state, " 张三 ", "年度考核\n定稿", ISSUED)

    note = json.loads((folder / "outbox/A01/签发单.json").read_text(encoding="utf-8"))
    assert (note["by"], note["reason"], note["issued_at"]) == ("张三", "年度考核 定稿", "2022-03-01T10:00:00+08:00")
    assert note["basis_sha256"] == basis_sha256(state)
    assert [file["name"] for file in note["files"]] == ["A01-returned.xlsx", "A01.json", "scorecard.pdf"]
    text = (folder / "outbox/A01/签发单.txt").read_text(encoding="utf-8")
    assert "签发人　张三\n时间　　2022-03-01 10:00\n理由　　年度考核 定稿\n" in text
    assert "演示数据，不代表任何真实单位" in text


def test_issuing_the_same_again_changes_nothing(year: tuple[Path, YearState]) -> None:
    folder, state = year
    first = {path: path.read_bytes() for path in fill_outbox(folder, folder / "outbox", state, "张三", "定稿", ISSUED)}

    fill_outbox(folder, folder / "outbox", state, "张三", "定稿", ISSUED + timedelta(days=1))

    assert {path: path.read_bytes() for path in (folder / "outbox").rglob("*.*")} == first


def test_a_new_issue_replaces_the_files_and_keeps_what_was_issued_before(year: tuple[Path, YearState]) -> None:
    folder, state = year
    fill_outbox(folder, folder / "outbox", state, "张三", "定稿", ISSUED)
    (folder / "receipts/A01-returned.xlsx").unlink()
    (folder / "scorecards/A01/scorecard.pdf").write_text("second version", encoding="utf-8")
    write_manifest(state, "b" * 64, folder)

    fill_outbox(folder, folder / "outbox", state, "李四", "申诉更正", ISSUED + timedelta(days=9))

    notes = ["签发单.json", "签发单.txt"]
    assert names(folder / "outbox/A01") == ["A01.json", "scorecard.pdf", "第1次签发", *notes]
    assert names(folder / "outbox/A01/第1次签发") == ["A01-returned.xlsx", "A01.json", "scorecard.pdf", *notes]
    assert "张三" in (folder / "outbox/A01/第1次签发/签发单.txt").read_text(encoding="utf-8")
    assert (folder / "outbox/A01/第1次签发/scorecard.pdf").read_text(encoding="utf-8") != "second version"
    assert (folder / "outbox/A01/scorecard.pdf").read_text(encoding="utf-8") == "second version"
    note = json.loads((folder / "outbox/A01/签发单.json").read_text(encoding="utf-8"))
    assert (note["by"], [earlier["by"] for earlier in note["earlier"]]) == ("李四", ["张三"])

    fill_outbox(folder, folder / "outbox", state, "李四", "再次更正", ISSUED + timedelta(days=10))
    assert {"第1次签发", "第2次签发"} < set(names(folder / "outbox/A01"))


def test_output_changed_since_the_manifest_stops_the_whole_issue(year: tuple[Path, YearState]) -> None:
    folder, state = year
    (folder / "report/report.pdf").write_text("touched", encoding="utf-8")

    with pytest.raises(CallError, match=r"report/report\.pdf"):
        fill_outbox(folder, folder / "outbox", state, "张三", "定稿", ISSUED)

    assert not (folder / "outbox").exists()


@pytest.mark.parametrize(("by", "reason"), [("", "定稿"), ("张三", " ")])
def test_nobody_or_no_reason_is_refused(year: tuple[Path, YearState], by: str, reason: str) -> None:
    folder, state = year

    with pytest.raises(CallError, match="签发须写明"):
        fill_outbox(folder, folder / "outbox", state, by, reason, ISSUED)


def test_folder_without_a_manifest_has_nothing_to_issue(make: SimpleNamespace, tmp_path: Path) -> None:
    with pytest.raises(CallError, match=r"manifest\.json"):
        fill_outbox(tmp_path, tmp_path / "outbox", make.state(), "张三", "定稿", ISSUED)


def test_a_signature_travels_with_its_receipt_and_the_public_key(year: tuple[Path, YearState]) -> None:
    folder, state = year
    (folder / "receipts" / "A01.sig").write_text("signature", encoding="utf-8")
    (folder / "receipts" / "district.pub").write_text("key", encoding="utf-8")
    fill_outbox(folder, folder / "outbox", state, "王主任", "定稿", ISSUED)
    assert {"A01.sig", "district.pub"} <= {path.name for path in (folder / "outbox" / "A01").iterdir()}
    assert not (folder / "outbox" / "T01" / "A01.sig").exists()


def test_receipts_without_a_signature_are_named(year: tuple[Path, YearState]) -> None:
    folder, state = year
    (folder / "receipts/T01.sig").write_text("{}")
    assert unsigned_receipts(folder, state) == ["A01", "OFFICE"]


def test_what_was_released_all_the_same_stands_on_every_note(year: tuple[Path, YearState]) -> None:
    folder, state = year

    fill_outbox(folder, folder / "outbox", state, "张三", "定稿", ISSUED, {UNSIGNED: "私钥在异地备份，先行送达"})

    for unit in ("A01", "T01", "OFFICE"):
        assert "例外　　回执没有签名：私钥在异地备份，先行送达" in (folder / "outbox" / unit / "签发单.txt").read_text(
            "utf-8"
        )
