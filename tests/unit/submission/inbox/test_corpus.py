"""The corpus of `tests/data/intake`, through inbox, child and rules: each file comes to what is expected of it.

Bombs are made here and never committed. Each of them is refused within the time limit.
"""

import io
import time
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from expectations.validation import Context, validate
from gongkai.findings import Severity
from gongkai.profile import Profile
from gongkai.submission.form import Reading, ReceivedFile, State
from gongkai.submission.inbox import received_files
from gongkai.submission.inbox.isolation import SECONDS
from gongkai.submission.verdict import Status

CORPUS = Path(__file__).parents[3] / "data" / "intake"
EXPECTED: dict[str, dict[str, Any]] = yaml.safe_load((CORPUS / "expected.yaml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def judged(profile: Profile, desk: Any) -> dict[str, Any]:
    """File name → reading and verdict; all judged in one batch."""
    readings = [received_files.read(received_files.received(CORPUS / name, profile, desk.as_of)) for name in EXPECTED]
    verdicts = validate(readings, Context(2021, profile, desk.as_of, set_aside={"INTAKE-CLOSED": "不看期限。"}))
    return {name: pair for name, *pair in zip(EXPECTED, readings, verdicts, strict=True)}


def test_every_file_of_the_corpus_is_expected() -> None:
    assert {path.name for path in CORPUS.iterdir() if path.is_file()} == {*EXPECTED, "build.py", "expected.yaml"}


@pytest.mark.parametrize("name", EXPECTED)
def test_a_file_comes_to_what_is_expected(name: str, judged: dict[str, Any]) -> None:
    expected, (reading, verdict) = EXPECTED[name], judged[name]
    if "quarantined" in expected:
        assert verdict.status is Status.QUARANTINED
        assert any(expected["quarantined"] in finding.message for finding in verdict.findings)
        return
    said = reading.submission
    if "part" in expected:  # one list in a file: read, and the rest of the submission is missing
        assert verdict.status is Status.RETURNED
        assert {f.rule for f in verdict.findings if f.severity is Severity.ERROR} == {"BLANK"}
        assert said.reported == {expected["part"]}
        assert set(expected["coerced"]) == {coercion.raw for coercion in verdict.coercions}
        return
    assert verdict.status is not Status.QUARANTINED
    assert (said.value("requests.granted.total"), said.value("activities.portal_items")) == (3, 255)
    assert ([r.id for r in said.records("register")], said.reported) == (["2021-001"], {"register", "documents"})
    assert set(expected.get("coerced", ())) == {coercion.raw for coercion in verdict.coercions}
    assert set(expected.get("rules", ())) <= {finding.rule for finding in verdict.findings}
    assert not {"SHAPE", "WRONG-TEMPLATE", "UNKNOWN-KEY"} & {finding.rule for finding in verdict.findings}
    unreadable = {where: cell.origin.raw for where, cell in said.by_where.items() if cell.state is State.UNREADABLE}
    assert unreadable == expected.get("unreadable", {})


def test_the_corpus_was_not_changed_by_reading(profile: Profile, desk: Any, judged: dict[str, Any]) -> None:
    for name, (reading, _) in judged.items():
        assert received_files.received(CORPUS / name, profile, desk.as_of).sha256 == reading.file.sha256


def _rewritten(part: str, change: Callable[[bytes], bytes], **more: bytes) -> bytes:
    out = io.BytesIO()
    with (
        zipfile.ZipFile(CORPUS / "as-it-should-be.xlsx") as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            new.writestr(name, change(old.read(name)) if name == part else old.read(name))
        for name, content in more.items():
            new.writestr(name, content)
    return out.getvalue()


SHEET = "xl/worksheets/sheet3.xml"
ENTITIES = (
    b"?><!DOCTYPE x [" + b"".join(b'<!ENTITY a%d "%s">' % (n, b"&a%d;" % (n - 1) * 10) for n in range(1, 10)) + b"]>"
)


def _quine(levels: int) -> bytes:
    data = b"0" * 2**20
    for _ in range(levels):
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("inside.zip", data)
        data = out.getvalue()
    return data


def _word(content: str, times: int) -> bytes:
    """A Word file whose body is a table of some content, again and again."""
    names = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        body = f"<w:body><w:tbl>{content * times}</w:tbl></w:body>"
        archive.writestr("word/document.xml", f"<w:document {names}>{body}</w:document>")
    return out.getvalue()


def _pdf(pages: bytes, stream: bytes = b"") -> bytes:
    """A PDF with a page tree and one page whose packed stream is packed once more."""
    packed = zlib.compress(stream, 9)
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages" + pages + b">>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R>>",
        b"<</Length %d/Filter[/FlateDecode/FlateDecode]>>stream\n" % len(packed) + packed + b"\nendstream",
    ]
    out, places = b"%PDF-1.5\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj" % number + content + b"endobj\n"
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    end = b"trailer<</Size 5/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % len(out)
    return out + b"xref\n0 5\n0000000000 65535 f \n" + table + end


BOMBS: dict[str, Callable[[], bytes]] = {
    "300 MB in 0.3 MB": lambda: _rewritten("", bytes, bomb=b" " * (300 * 2**20)),
    "many entries": lambda: _rewritten("", bytes, **{f"xl/{n}.xml": b"<x/>" for n in range(1000)}),
    "far cell": lambda: _rewritten(
        SHEET,
        lambda c: c.replace(b"</sheetData>", b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'),
    ),
    "entities": lambda: _rewritten(SHEET, lambda c: c.replace(b"?>", ENTITIES, 1)),
    "elements in elements": lambda: _rewritten(
        SHEET, lambda c: c.replace(b"</sheetData>", b"<x>" * 300_000 + b"</x>" * 300_000 + b"</sheetData>")
    ),
    "zip in zip in zip": lambda: _quine(6),
    "a directory of nine hundred thousand entries": lambda: b"PK\x01\x02" + b"PK\x01\x02".ljust(47, b"\0") * 900_000,
    "a hundred thousand unknown keys": lambda: (
        b'{"schema": "gongkai/submission/1", ' + b",".join(b'"k%d": 1' % n for n in range(100_000)) + b"}"
    ),
    "a text of 19 MB": lambda: (
        b'{"schema": "gongkai/submission/1", "unit": "T01", "year": 2021, "narrative": {"overview": "'
        + b"1" * (19 * 2**20)
        + b'"}}'
    ),
    "seven hundred thousand rows": lambda: (
        b'{"schema": "gongkai/submission/1", "unit": "T01", "year": 2021, "responses": ['
        + b",".join([b'{"topic": "a"}'] * 700_000)
        + b"]}"
    ),
    "a table of 378,000 cells": lambda: _word("<w:tr>" + "<w:tc><w:p/></w:tc>" * 63 + "</w:tr>", 6000),
    "tables in tables": lambda: _word("<w:tr><w:tc><w:tbl>" * 20_000 + "</w:tbl></w:tc></w:tr>" * 20_000, 1),
    "a hundred thousand div": lambda: b"<html><body>" + b"<div>" * 100_000 + b"x" + b"</div>" * 100_000,
    "spans of 99,999": lambda: b"<html><table>" + b"<tr>" + b"<td rowspan=99999 colspan=99999>1</td>" * 3000,
    "a PDF of 20,000 pages": lambda: _pdf(b"/Kids[" + b"3 0 R " * 20_000 + b"]/Count 1"),
    "a PDF whose pages hold themselves": lambda: _pdf(b"/Kids[2 0 R 2 0 R]/Count 1"),
    "a PDF that unpacks to 200 MB": lambda: _pdf(b"/Kids[3 0 R]/Count 1", zlib.compress(b" " * (200 * 2**20), 9)),
    "one line of 9 MB": lambda: b"a," * (4 * 2**20),
    "a quote that never ends": lambda: "登记编号,收到日期,申请人类型\n".encode() + b'"' * (9 * 2**20),
    "four million cells": lambda: ("单位,T01\n年度,2021\n" + ("1," * 255 + "\n") * 15_000).encode(),
    "nothing but zeros": lambda: b"\0" * (40 * 2**20),
    "objects without end": lambda: b"[" + b"{}," * 8_000_000 + b"0]",
    "a hundred thousand keys, the last one twice": lambda: (
        b"{" + b",".join(b'"%d":1' % n for n in range(100_000)) + b',"99999":1}'
    ),
    "a number of a million digits": lambda: b'{"year":' + b"9" * 1_000_000 + b"}",
}


@pytest.mark.parametrize("bomb", BOMBS)
def test_a_bomb_is_refused_in_time(bomb: str, receive: Callable[[str, bytes], ReceivedFile]) -> None:
    file = receive("bomb.xlsx", BOMBS[bomb]())
    at = time.perf_counter()
    reading: Reading = received_files.read(file)
    assert time.perf_counter() - at < SECONDS + 5  # the limit of one reading, and the start of a child after it
    if reading.submission is None:
        assert reading.issues
    else:
        harmless = {"elements in elements", "a text of 19 MB", "seven hundred thousand rows"}
        assert bomb in harmless, "nobody recurses, and what is too long is left out with a word"


def test_nothing_outside_the_inbox_is_opened(tmp_path: Path, profile: Profile, desk: Any) -> None:
    folder = tmp_path / "inbox" / "T01"
    folder.mkdir(parents=True)
    secret = tmp_path / "secret.xlsx"
    secret.write_bytes((CORPUS / "as-it-should-be.xlsx").read_bytes())
    (folder / "a.xlsx").symlink_to(secret)
    (folder / "b.xlsx").symlink_to("/dev/zero")
    (folder / "c").symlink_to(tmp_path)
    found = received_files.scan(tmp_path / "inbox", profile, desk.as_of)
    refused = [received_files.read(file) for file in found.units["T01"]]
    assert not found.unplaced
    assert [str(reading.issues[0].observed)[:4] for reading in refused] == ["符号链接"] * 3
