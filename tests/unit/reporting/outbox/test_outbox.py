"""The outbox: what a person released, with a note; nothing of another unit, nothing that was changed since."""

import json
import shutil
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import Engine, text

from gongkai.errors import CallError
from gongkai.reporting.outbox.issue_note import Release
from gongkai.reporting.outbox.parcels import UNSIGNED, Filled, fill_outbox, unsigned_receipts
from gongkai.reporting.shared.manifest import basis_sha256, write_manifest
from gongkai.warehouse.audit import entries, head_of
from gongkai.warehouse.audit.chain import verify
from gongkai.warehouse.engine import open_warehouse
from gongkai.warehouse.records import YearState

Issue = Callable[..., Filled]
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


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("empty") / "warehouse.sqlite"
    open_warehouse(f"sqlite:///{path}").dispose()
    return path


@pytest.fixture
def engine(empty: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    path = tmp_path_factory.mktemp("warehouse") / "warehouse.sqlite"
    shutil.copy(empty, path)
    engine = open_warehouse(f"sqlite:///{path}")
    yield engine
    engine.dispose()


@pytest.fixture
def issue(year: tuple[Path, YearState], engine: Engine) -> Issue:
    """Issues the year's folder by somebody for a reason, so many days after the first of March."""
    folder, state = year

    def fill(by: str, reason: str, days: int = 0, despite: Mapping[str, str] | None = None) -> Filled:
        asked = Release(by=by, reason=reason, at=ISSUED + timedelta(days=days), despite=despite or {})
        return fill_outbox(engine, folder, folder / "outbox", state, asked)

    return fill


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_each_unit_gets_its_own_files_and_the_report_is_not_issued(year: tuple[Path, YearState], issue: Issue) -> None:
    folder, _ = year

    issue("张三", "年度考核定稿")

    notes = ["签发单.json", "签发单.txt"]
    assert names(folder / "outbox") == ["A01", "OFFICE", "T01"]
    assert names(folder / "outbox/A01") == ["A01-returned.xlsx", "A01.json", "scorecard.pdf", *notes]
    assert names(folder / "outbox/T01") == ["T01.json", *notes]
    assert names(folder / "outbox/OFFICE") == ["OFFICE.json", *notes]


def test_note_says_who_when_why_and_on_which_basis(year: tuple[Path, YearState], issue: Issue) -> None:
    folder, state = year

    issue(" 张三 ", "年度考核\n定稿")

    note = json.loads((folder / "outbox/A01/签发单.json").read_text(encoding="utf-8"))
    assert (note["by"], note["reason"], note["issued_at"]) == ("张三", "年度考核 定稿", "2022-03-01T10:00:00+08:00")
    assert note["basis_sha256"] == basis_sha256(state)
    assert [file["name"] for file in note["files"]] == ["A01-returned.xlsx", "A01.json", "scorecard.pdf"]
    text = (folder / "outbox/A01/签发单.txt").read_text(encoding="utf-8")
    assert "签发人　张三\n时间　　2022-03-01 10:00\n理由　　年度考核 定稿\n" in text
    assert "演示数据，不代表任何真实单位" in text


def test_issuing_the_same_again_changes_nothing(year: tuple[Path, YearState], issue: Issue) -> None:
    folder, _ = year
    first = {path: path.read_bytes() for path in issue("张三", "定稿").placed}

    issue("张三", "定稿", days=1)

    assert {path: path.read_bytes() for path in (folder / "outbox").rglob("*.*")} == first


def test_a_new_issue_replaces_the_files_and_keeps_what_was_issued_before(
    year: tuple[Path, YearState], issue: Issue
) -> None:
    folder, state = year
    issue("张三", "定稿")
    (folder / "receipts/A01-returned.xlsx").unlink()
    (folder / "scorecards/A01/scorecard.pdf").write_text("second version", encoding="utf-8")
    write_manifest(state, "b" * 64, folder)

    issue("李四", "申诉更正", days=9)

    notes = ["签发单.json", "签发单.txt"]
    assert names(folder / "outbox/A01") == ["A01.json", "scorecard.pdf", "第1次签发", *notes]
    assert names(folder / "outbox/A01/第1次签发") == ["A01-returned.xlsx", "A01.json", "scorecard.pdf", *notes]
    assert "张三" in (folder / "outbox/A01/第1次签发/签发单.txt").read_text(encoding="utf-8")
    assert (folder / "outbox/A01/第1次签发/scorecard.pdf").read_text(encoding="utf-8") != "second version"
    assert (folder / "outbox/A01/scorecard.pdf").read_text(encoding="utf-8") == "second version"
    note = json.loads((folder / "outbox/A01/签发单.json").read_text(encoding="utf-8"))
    assert (note["by"], [earlier["by"] for earlier in note["earlier"]]) == ("李四", ["张三"])

    assert issue("李四", "另一个理由", days=10).new == ()  # the same files: nobody gets them twice
    assert "第2次签发" not in names(folder / "outbox/A01")
    change(folder, state, "third card")
    assert "A01" in issue("李四", "再次更正", days=11).new
    assert {"第1次签发", "第2次签发"} < set(names(folder / "outbox/A01"))


def test_output_changed_since_the_manifest_stops_the_whole_issue(year: tuple[Path, YearState], issue: Issue) -> None:
    folder, _ = year
    (folder / "receipts/T01.json").write_text("touched", encoding="utf-8")

    with pytest.raises(CallError, match=r"receipts/T01\.json"):
        issue("张三", "定稿")

    assert not (folder / "outbox").exists()


@pytest.mark.parametrize(("by", "reason"), [("", "定稿"), ("张三", " ")])
def test_nobody_or_no_reason_is_refused(issue: Issue, by: str, reason: str) -> None:
    with pytest.raises(CallError, match="签发须写明"):
        issue(by, reason)


def test_folder_without_a_manifest_has_nothing_to_issue(make: SimpleNamespace, tmp_path: Path, engine: Engine) -> None:
    with pytest.raises(CallError, match=r"manifest\.json"):
        fill_outbox(engine, tmp_path, tmp_path / "outbox", make.state(), Release(by="张三", reason="定稿", at=ISSUED))


def test_a_signature_travels_with_its_receipt_and_the_public_key(year: tuple[Path, YearState], issue: Issue) -> None:
    folder, _ = year
    (folder / "receipts" / "A01.sig").write_text("signature", encoding="utf-8")
    (folder / "receipts" / "district.pub").write_text("key", encoding="utf-8")
    issue("王主任", "定稿")
    assert {"A01.sig", "district.pub"} <= {path.name for path in (folder / "outbox" / "A01").iterdir()}
    assert not (folder / "outbox" / "T01" / "A01.sig").exists()


def test_receipts_without_a_signature_are_named(year: tuple[Path, YearState], issue: Issue) -> None:
    folder, state = year
    (folder / "receipts/T01.sig").write_text("{}")
    assert unsigned_receipts(folder, state) == ["A01", "OFFICE"]


def test_what_was_released_all_the_same_stands_on_every_note(year: tuple[Path, YearState], issue: Issue) -> None:
    folder, _ = year

    issue("张三", "定稿", despite={UNSIGNED: "私钥在异地备份，先行送达"})

    for unit in ("A01", "T01", "OFFICE"):
        assert "例外　　回执没有签名：私钥在异地备份，先行送达" in (folder / "outbox" / unit / "签发单.txt").read_text(
            "utf-8"
        )


def change(folder: Path, state: YearState, card: str) -> None:
    """Another run drafted another card of A01."""
    (folder / "scorecards/A01/scorecard.pdf").write_text(card, encoding="utf-8")
    write_manifest(state, card.encode().hex().ljust(64, "0")[:64], folder)


def kept(folder: Path, number: int) -> dict[str, bytes]:
    """What is kept of an issue to A01."""
    return {path.name: path.read_bytes() for path in (folder / f"outbox/A01/第{number}次签发").iterdir()}


def parcel(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in (folder / "outbox/A01").iterdir() if path.is_file()}


@pytest.mark.parametrize("damage", ["half-written", "altered", "deleted", "of another kind"])
def test_whatever_becomes_of_a_note_the_next_issue_goes_on_and_the_last_is_kept(
    year: tuple[Path, YearState], issue: Issue, damage: str
) -> None:
    folder, state = year
    issue("张三", "定稿")
    issued = parcel(folder)
    note = folder / "outbox/A01/签发单.json"
    said = note.read_text(encoding="utf-8")
    match damage:
        case "half-written":
            note.write_text(said[:90], encoding="utf-8")
        case "altered":
            note.write_text(said.replace("张三", "王五").replace('"earlier": []', '"earlier": [{}, {}]'), "utf-8")
        case "deleted":
            note.unlink()
        case "of another kind":
            note.write_text("[]")
    damaged = note.read_bytes() if note.exists() else None
    change(folder, state, "second card")

    issue("李四", "申诉更正", days=9)

    now = json.loads(note.read_text(encoding="utf-8"))
    assert (now["number"], [one["by"] for one in now["earlier"]]) == (2, ["张三"])
    assert "此前　　已签发 1 次" in (folder / "outbox/A01/签发单.txt").read_text(encoding="utf-8")
    first = kept(folder, 1)
    assert first.pop("签发单-改动.json", None) == damaged
    assert first == issued


def test_an_issued_file_that_somebody_changed_is_kept_apart_and_nothing_is_overwritten(
    year: tuple[Path, YearState], issue: Issue
) -> None:
    folder, state = year
    issue("张三", "定稿")
    (folder / "outbox/A01/scorecard.pdf").write_text("by hand")
    change(folder, state, "second card")
    issue("李四", "更正", days=1)
    assert kept(folder, 1)["scorecard-改动.pdf"] == b"by hand"
    before = kept(folder, 1)
    change(folder, state, "third card")
    issue("李四", "再更正", days=2)
    assert (kept(folder, 1), kept(folder, 2)["scorecard.pdf"]) == (before, b"second card")


def test_the_warehouse_knows_an_issue_whose_files_were_never_placed(
    year: tuple[Path, YearState], issue: Issue, engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, state = year
    issue("张三", "定稿")
    first = parcel(folder)
    change(folder, state, "second card")
    with monkeypatch.context() as broken:
        broken.setattr("gongkai.reporting.outbox.parcels.place", lambda *_: 1 / 0)  # the machine goes down
        with pytest.raises(ZeroDivisionError):
            issue("李四", "更正", days=1)
    assert parcel(folder) == first
    issue("李四", "更正", days=5)  # the same again: put in place, and no further issue
    assert json.loads(parcel(folder)["签发单.json"])["issued_at"] == "2022-03-02T10:00:00+08:00"
    assert kept(folder, 1) == first
    assert [entry.kind for entry in entries(engine, subject="A01")] == ["issued", "issued"]


def test_files_are_placed_by_rename(
    year: tuple[Path, YearState], issue: Issue, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, state = year
    issue("张三", "定稿")
    issued = parcel(folder)
    change(folder, state, "second card")
    with monkeypatch.context() as full:
        full.setattr("os.fsync", lambda _: (_ for _ in ()).throw(OSError(28, "No space left on device")))
        with pytest.raises(OSError, match="No space"):
            issue("李四", "更正", days=1)
    assert parcel(folder).items() >= issued.items()
    issue("李四", "更正", days=1)
    assert (kept(folder, 1), parcel(folder)["scorecard.pdf"]) == (issued, b"second card")
    assert not [path for path in (folder / "outbox").rglob("*") if path.name.startswith(".")]


def test_what_an_older_program_issued_is_found_by_its_note(
    year: tuple[Path, YearState], issue: Issue, engine: Engine
) -> None:
    folder, state = year
    issue("张三", "定稿")
    with engine.begin() as connection:
        connection.execute(text("DELETE FROM issued_parcel"))
    issued = parcel(folder)
    change(folder, state, "second card")
    issue("李四", "更正", days=1)
    assert kept(folder, 1) == issued
    assert json.loads(parcel(folder)["签发单.json"])["number"] == 2


def test_a_note_prints_the_head_of_the_log_and_how_it_was_typed(
    year: tuple[Path, YearState], issue: Issue, engine: Engine
) -> None:
    folder, _ = year
    issue("张三", "定稿", despite={UNSIGNED: "先行送达"})
    with engine.connect() as connection:
        head = head_of(connection)
    note = (folder / "outbox/T01/签发单.txt").read_text(encoding="utf-8")
    assert f"审计链　第 {head.sequence} 条 {head.hash}\n" in note
    assert "录入　　命令，账户 " in note
    assert verify(engine, head.hash).broken == ()
    said = [(entry.kind, entry.by, entry.subject, entry.reason) for entry in entries(engine, 2021)]
    assert said == [
        ("released", "张三", UNSIGNED, "先行送达"),
        *(("issued", "张三", unit, "定稿") for unit in ("A01", "T01", "OFFICE")),
    ]
