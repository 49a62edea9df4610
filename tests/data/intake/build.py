"""Writes the corpus of clumsy and hostile files into its own folder: `python -m tests.data.intake.build`.

`expected.yaml` says what each must come to. Bombs are not kept here: `tests/unit/submission/test_corpus.py` makes them.
The files `saved-as.*` need LibreOffice on the PATH and are only rebuilt with it. `password.*` were saved with the
password `geheim` by LibreOffice (xls, ods, PDF) and msoffcrypto-tool (xlsx, docx); nothing here rebuilds them.
"""

import io
import shutil
import subprocess
import tempfile
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
from msoffcrypto.format.ooxml import OOXMLFile

from gongkai.national_format import for_year
from gongkai.profile import load_profile
from gongkai.submission.form import Cell, Submission
from gongkai.submission.template.writer import workbook_bytes

FOLDER = Path(__file__).parent
PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 40


def original() -> bytes:
    """A filled workbook: granted.total 3, portal_items 255, one register row, documents none; the rest 0."""
    profile = load_profile()
    unit = profile.unit("T01")
    assert unit is not None
    given = {"requests.granted.total": 3}
    cells = [Cell(s.table, s.row, s.column, given.get(s.where, 0)) for s in for_year(2021).cells]
    cells.append(Cell("activities", "-", "portal_items", 255))
    cells.append(Cell("narrative", "-", "overview", "总体情况。"))
    cells.append(Cell("register", "1", "case_no", "2021-001"))
    filled = Submission(unit="T01", year=2021, cells=tuple(cells), reported=frozenset({"register", "documents"}))
    return workbook_bytes(filled, profile, unit, 2021)


def edited(edit: Callable[[openpyxl.Workbook], None], data: bytes | None = None) -> bytes:
    book = openpyxl.load_workbook(io.BytesIO(data or original()))
    edit(book)
    return saved(book)


def saved(book: openpyxl.Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def with_parts(data: bytes, **parts: bytes) -> bytes:
    out = io.BytesIO(data)
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/").replace("_dot_", "."), content)
    return out.getvalue()


def put(book: openpyxl.Workbook, name: str, value: Any) -> None:
    sheet, _, cells = book.defined_names[name].attr_text.rpartition("!")
    book[sheet.strip("'")][cells.replace("$", "").split(":")[0]] = value


def without_names(book: openpyxl.Workbook) -> None:
    for name in list(book.defined_names):
        del book.defined_names[name]


def moved(book: openpyxl.Workbook) -> None:
    """Names lost, sheets renamed, rows and columns inserted, a row hidden."""
    without_names(book)
    book["表三"].insert_rows(1, 2)
    book["表三"].insert_rows(12)
    book["年度工作数据"].insert_cols(1)
    book["年度工作数据"].row_dimensions[5].hidden = True
    book["表三"].title = "申请情况（定稿）"
    book["依申请台账"].title = "台账"


def as_people_write(book: openpyxl.Workbook) -> None:
    for name, value in {
        "requests__granted__natural_person": "0件",
        "requests__granted__total": "三",
        "requests__new_requests__total": "3，845",
        "requests__carried_in__total": "55（含自然失效29件）",
        "requests__carried_out__total": "O",
        "activities__guide_updated_on": 20210301,
        "activities__report_published_on": "2021.3.1",
        "disputes__reconsideration__total": "=SUM(A6:D6)",
    }.items():
        put(book, name, value)


def zipped(**members: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name.replace("_dot_", "."), content)
    return out.getvalue()


def locked(data: bytes) -> bytes:
    """A zip whose directory says that its members are encrypted."""
    found, at = bytearray(data), 0
    while (at := found.find(b"PK\x01\x02", at)) >= 0:
        found[at + 8] |= 1
        at += 4
    return bytes(found)


def sealed(data: bytes) -> bytes:
    """A book sealed with the password that every Excel knows: it opens unasked."""
    out = io.BytesIO()
    OOXMLFile(io.BytesIO(data)).encrypt("VelvetSweatshop", out)
    return out.getvalue()


def corpus() -> dict[str, bytes]:
    """File name → bytes."""
    data = original()
    return {
        "as-it-should-be.xlsx": data,
        "a-workbook-named-pdf.pdf": data,
        "without-names.xlsx": edited(without_names),
        "moved-and-renamed.xlsx": edited(moved),
        "as-people-write.xlsx": edited(as_people_write),
        "with-macros.xlsm": with_parts(data, xl__vbaProject_dot_bin=b"Sub Workbook_Open()\nEnd Sub"),
        "truncated.xlsx": data[: len(data) // 2],
        "overwritten.xlsx": data[:3000] + b"\0" * 2000 + data[5000:],
        "nothing.xlsx": b"",
        "blank-lines.json": b"\n\r\n  \t\n",
        "empty-book.xlsx": saved(openpyxl.Workbook()),
        "pictures-only.xlsx": with_parts(saved(openpyxl.Workbook()), xl__media__image1_dot_png=PNG),
        "a-picture.xlsx": PNG,
        "encrypted.xlsx": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 1024 + "EncryptedPackage\0".encode("utf-16-le"),
        "sealed-unasked.xlsx": sealed(data),
        "locked.xlsx": locked(data),
        "old-word.doc": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 1024 + "WordDocument\0".encode("utf-16-le"),
        "not-really.xls": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 1024 + "Workbook\0".encode("utf-16-le"),
        "packed.zip": zipped(**{"T01_dot_xlsx": data}),
        "somebody-elses.xlsx": edited(lambda book: None, _foreign()),
        "program.xlsx": b"\x7fELF\x02\x01\x01" + b"\0" * 64,
        "gb18030.json": '{"schema": "gongkai/submission/1", "authority": "东风街道"}'.encode("gb18030"),
        "twice-the-key.json": b'{"schema": "gongkai/submission/1", "year": 2021, "year": 2022, "unit": "T01"}',
        "deep.json": b"[" * 5_000,
        "register-gb18030.csv": listed("gb18030"),
        "register-with-bom.csv": listed("utf-8-sig", ";"),
        "register-unicode.txt": listed("utf-16", "\t"),
        "somebody-elses.csv": "品名,数量\n纸,3\n".encode("gb18030"),
        "unpaired-quote.csv": listed("utf-8").replace('题"'.encode(), "题".encode()),
        "a-letter.txt": "各位同事：\n请见附件。\n".encode(),
    }


def listed(encoding: str, separator: str = ",") -> bytes:
    """A register as an office system exports it, unit and year above it; the rest of the submission is not there."""
    lines = [
        "单位,T01,,,",
        "年度,2021,,,",
        "登记编号,收到日期,申请人类型,内容简述,",
        '="2021-001",2021/3/1,自然人,"关于道路的\n两个问题",',
        ",,,,",
    ]
    return "\r\n".join(lines).replace(",", separator).encode(encoding)


def _foreign() -> bytes:
    book = openpyxl.Workbook()
    book.create_sheet("统计")["A1"] = "本季度"
    return saved(book)


def main() -> None:
    made = corpus()
    for name, data in made.items():
        (FOLDER / name).write_bytes(data)
    office = shutil.which("soffice")
    for suffix in ("xls", "ods") if office else ():
        with tempfile.TemporaryDirectory() as name:
            source = Path(name) / "saved-as.xlsx"
            source.write_bytes(made["as-it-should-be.xlsx"])
            home = f"-env:UserInstallation=file://{name}/home"
            command = [str(office), "--headless", home, "--convert-to", suffix, "--outdir", str(FOLDER), str(source)]
            subprocess.run(command, check=True, capture_output=True)


if __name__ == "__main__":
    main()
