"""Signatures: whoever has the district's public key can tell a receipt that was changed, and nobody else can sign."""

import hashlib
import json
import shutil
import stat
from pathlib import Path
from types import SimpleNamespace

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from gongkai.cli.unit.verifying import verify_file
from gongkai.errors import CallError, ConfigurationError
from gongkai.reporting.receipt.signature import sign_receipts, verify_receipt
from gongkai.reporting.receipt.signing_key import make_key, public_key, read_key, refuse_inside
from gongkai.reporting.receipt.writer import write_receipt

KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))


@pytest.fixture(scope="module")
def written(make: SimpleNamespace, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The receipt of A01."""
    folder = tmp_path_factory.mktemp("written")
    state = make.state({"A01": (make.revision("A01", make.verdict(make.finding())),)})
    write_receipt(state.unit("A01"), state, folder)
    return folder / "receipts"


@pytest.fixture
def receipts(written: Path, tmp_path: Path) -> Path:
    """The signed receipt of A01, with a returned workbook and the receipt of files that are no unit's."""
    folder = tmp_path / "receipts"
    shutil.copytree(written, folder)
    (folder / "A01-returned.xlsx").write_bytes(b"workbook")
    (folder / "unassigned.json").write_text('{"unit": "unassigned", "files": []}')
    sign_receipts(folder, KEY)
    return folder


def change(path: Path, **values: object) -> None:
    path.write_text(json.dumps({**json.loads(path.read_text(encoding="utf-8")), **values}, ensure_ascii=False))


@pytest.mark.parametrize("name", ["A01.json", "A01.html", "A01-returned.xlsx"])
def test_every_file_of_a_receipt_holds_with_the_public_key_beside_it(receipts: Path, name: str) -> None:
    said, problems = verify_receipt(receipts / name, public_key(receipts / "district.pub"))
    assert problems == []
    assert (said["unit"], said["year"], said["revision"], said["status"]) == ("A01", 2021, 1, "returned")
    assert {"sha256", "findings_sha256", "rules_version", "received_at", "as_of"} <= said.keys()


def test_only_units_are_signed_and_the_algorithm_is_named(receipts: Path) -> None:
    assert sorted(path.name for path in receipts.iterdir() if path.suffix in (".sig", ".pub")) == [
        "A01.sig",
        "district.pub",
    ]
    assert json.loads((receipts / "A01.sig").read_text())["algorithm"] == "Ed25519"


@pytest.mark.parametrize("name", ["A01.json", "A01.html", "A01-returned.xlsx"])
def test_a_file_that_was_changed_does_not_hold(receipts: Path, name: str) -> None:
    with (receipts / name).open("ab") as file:
        file.write(b" ")
    assert verify_receipt(receipts / name, KEY.public_key())[1] == [f"{name} 的内容与签名时不同。"]


@pytest.mark.parametrize(
    ("signed", "forged"),
    [
        ("sha256", "0" * 64),
        ("status", "accepted"),
        ("rules_version", "0" * 64),
        ("received_at", "2022-01-01T00:00:00+08:00"),
        ("as_of", "2022-01-01T00:00:00+08:00"),
        ("findings_sha256", "0" * 64),
    ],
)
def test_a_signature_rewritten_to_fit_does_not_hold(receipts: Path, signed: str, forged: str) -> None:
    statement = json.loads((receipts / "A01.sig").read_text())["statement"]
    assert statement[signed] != forged
    change(receipts / "A01.sig", statement={**statement, signed: forged})
    _, problems = verify_receipt(receipts / "A01.json", KEY.public_key())
    assert "签名与签名文件所载内容不符。" in problems


@pytest.mark.parametrize("said", ["sha256", "status", "rules_version", "received_at", "as_of", "findings"])
def test_a_receipt_that_says_otherwise_than_was_signed_does_not_hold(receipts: Path, said: str) -> None:
    """Also when the hash of the forged file is put into the signature."""
    forged = receipts / "A01.json"
    change(forged, **{said: "accepted" if said == "status" else []})
    assert verify_receipt(forged, KEY.public_key())[1]
    statement = json.loads((receipts / "A01.sig").read_text())["statement"]
    files = {**statement["files"], "A01.json": hashlib.sha256(forged.read_bytes()).hexdigest()}
    change(receipts / "A01.sig", statement={**statement, "files": files})
    assert "签名与签名文件所载内容不符。" in verify_receipt(forged, KEY.public_key())[1]


def test_somebody_elses_key_is_told_apart(receipts: Path) -> None:
    _, problems = verify_receipt(receipts / "A01.json", Ed25519PrivateKey.generate().public_key())
    assert "不是这把公钥" in problems[0]


@pytest.mark.parametrize("broken", [{"algorithm": "ML-DSA"}, {"schema": "other/1"}, {"statement": None}])
def test_an_unknown_form_is_a_wrong_call(receipts: Path, broken: dict[str, object]) -> None:
    change(receipts / "A01.sig", **broken)
    with pytest.raises(CallError):
        verify_receipt(receipts / "A01.json", KEY.public_key())


def test_without_a_signature_beside_it_the_call_is_wrong(receipts: Path) -> None:
    (receipts / "A01.sig").unlink()
    with pytest.raises(CallError, match="没有签名文件"):
        verify_receipt(receipts / "A01.json", KEY.public_key())


def test_the_same_receipt_gets_the_same_signature(receipts: Path) -> None:
    before = (receipts / "A01.sig").read_bytes()
    sign_receipts(receipts, KEY)
    assert (receipts / "A01.sig").read_bytes() == before


def test_a_key_is_made_once_and_only_its_owner_reads_it(tmp_path: Path) -> None:
    path = tmp_path / "state" / "key.pem"
    first = make_key(path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert make_key(path).private_bytes_raw() == read_key(path).private_bytes_raw() == first.private_bytes_raw()
    assert [file.name for file in path.parent.iterdir()] == ["key.pem"]


def test_a_key_that_others_can_read_or_that_is_none_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "key.pem"
    make_key(path)
    path.chmod(0o644)
    with pytest.raises(ConfigurationError, match="权限过宽"):
        read_key(path)
    path.write_text("no key")
    path.chmod(0o600)
    with pytest.raises(ConfigurationError, match="PEM"):
        read_key(path)


def test_a_key_below_outputs_or_profile_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="不能放在"):
        refuse_inside(tmp_path / "out" / "key.pem", tmp_path / "profile", tmp_path / "out")
    refuse_inside(tmp_path / "key.pem", tmp_path / "profile", None)


class TestVerify:
    """`gongkai verify`: only a key that the unit took from the district proves who signed."""

    def test_with_the_districts_key_the_receipt_holds(self, receipts: Path, capsys: pytest.CaptureFixture[str]) -> None:
        assert verify_file(receipts / "A01.json", receipts / "district.pub") == 0
        assert capsys.readouterr().out.startswith("✓ 回执有效")

    def test_without_one_nobody_knows_who_signed(self, receipts: Path, capsys: pytest.CaptureFixture[str]) -> None:
        assert verify_file(receipts / "A01.json", None) == 3
        said = capsys.readouterr().out
        assert "✓" not in said
        assert said.startswith("签名人不明")

    def test_a_changed_receipt_is_found_out(self, receipts: Path, capsys: pytest.CaptureFixture[str]) -> None:
        change(receipts / "A01.json", status="accepted")
        for key in (None, receipts / "district.pub"):
            assert verify_file(receipts / "A01.json", key) == 3
            assert capsys.readouterr().out.startswith("✕")
