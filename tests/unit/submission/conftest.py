"""What the tests of the submission share: the default profile, a small valid document, files as they are received."""

import io
import json
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import openpyxl
import pytest

from gongkai.national_format import for_year
from gongkai.profile import Profile, load_profile
from gongkai.submission.form import Reading, ReceivedFile, Submission
from gongkai.submission.inbox import received_files
from gongkai.submission.readers.json_reader import read_json
from gongkai.submission.template.writer import workbook_bytes
from gongkai.submission.workbook.reader import read_workbook

AS_OF = datetime(2022, 2, 1, 12, tzinfo=ZoneInfo("Asia/Shanghai"))
RECEIVED = ReceivedFile(Path("T01.xlsx"), "T01/T01.xlsx", "T01", "0" * 64, 1, AS_OF)


def document(year: int = 2021, **parts: Any) -> dict[str, Any]:
    """A valid document: every national cell 0, and whatever parts the test adds."""
    tables: dict[str, Any] = {}
    for spec in for_year(year).cells:
        zero = "0" if spec.value_type == "decimal" else 0
        tables.setdefault(spec.table, {}).setdefault(spec.row, {})[spec.column] = zero
    return {"schema": "gongkai/submission/1", "year": year, "unit": "T01", "tables": tables, **parts}


def read_document(content: dict[str, Any]) -> Reading:
    return read_json(RECEIVED, json.dumps(content).encode())


def submission(**parts: Any) -> Submission:
    found = read_document(document(**parts)).submission
    assert found is not None
    return found


def edited(data: bytes, edit: Callable[[openpyxl.Workbook], None]) -> bytes:
    """A workbook after a clerk worked in it with another program."""
    book = openpyxl.load_workbook(io.BytesIO(data))
    edit(book)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def place_of(book: openpyxl.Workbook, name: str) -> tuple[str, str]:
    """Sheet and top-left address of a defined name."""
    sheet, _, cells = book.defined_names[name].attr_text.rpartition("!")
    return sheet.strip("'"), cells.replace("$", "").split(":")[0]


def put(book: openpyxl.Workbook, name: str, value: Any) -> None:
    sheet, cell = place_of(book, name)
    book[sheet][cell] = value


class Desk:
    """What the tests of this folder do again and again."""

    as_of = AS_OF
    received = RECEIVED
    document = staticmethod(document)
    submission = staticmethod(submission)
    read_document = staticmethod(read_document)
    edited = staticmethod(edited)
    place_of = staticmethod(place_of)
    put = staticmethod(put)

    @staticmethod
    def read_bytes(data: bytes) -> Reading:
        return read_workbook(RECEIVED, data)


@pytest.fixture(scope="session")
def desk() -> Desk:
    return Desk()


@pytest.fixture(scope="session")
def profile() -> Profile:
    return load_profile()


@pytest.fixture(scope="session")
def filled(profile: Profile) -> Callable[..., bytes]:
    """The bytes of a workbook filled from a document with the given parts."""

    unit = profile.unit("T01")
    assert unit is not None
    made: dict[str, bytes] = {}

    def make(**parts: Any) -> bytes:
        said = json.dumps(parts, sort_keys=True)
        if said not in made:
            made[said] = workbook_bytes(submission(**parts), profile, unit, 2021)
        return made[said]

    return make


@pytest.fixture(scope="session")
def blank(profile: Profile) -> bytes:
    """The blank template of a town for 2021."""
    unit = profile.unit("T01")
    assert unit is not None
    return workbook_bytes(None, profile, unit, 2021)


@pytest.fixture
def receive(tmp_path: Path, profile: Profile) -> Callable[[str, bytes], ReceivedFile]:
    """Lays bytes into a folder and receives them."""

    def lay(name: str, data: bytes) -> ReceivedFile:
        path = tmp_path / name
        path.write_bytes(data)
        return received_files.received(path, profile, AS_OF)

    return lay
