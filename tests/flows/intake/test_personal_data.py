"""Personal data planted in every place a file can hold it gets no further than intake: nothing that is written has it.

One run over files that carry it in cells, texts, keys, headers, comments, properties and names; then the warehouse,
the logs, the artifacts and every output are searched, spaces and dashes or not.
"""

import csv
import io
import json
import os
import re
import unicodedata
import zipfile

import openpyxl
import pdfplumber
import pytest
from docx import Document
from openpyxl.comments import Comment
from prefect.client.orchestration import get_client

from gongkai.demonstration import inboxes
from gongkai.profile import load_profile
from gongkai.submission.privacy.personal_data import RULES
from gongkai.submission.template.writer import workbook_bytes
from tests.unit.submission.conftest import document, place_of, put, submission

IDENTITY, OLD_IDENTITY, CARD, MOBILE = "11010519491231002X", "110105491231002", "6222021234567890128", "13800000000"
LANDLINE, MAIL, NAME, SECOND = "051262345678", "someone@example.invalid", "王示例", "李样本"
ROUNDED = "110105194912310"  # what Excel keeps of an identity number
NEEDLES = (IDENTITY, OLD_IDENTITY, CARD, MOBILE, LANDLINE, MAIL, NAME, SECOND, ROUNDED)
WRITTEN = (
    f"身份证号：{IDENTITY}",
    "110105 19491231 002X",
    "110105-491231-002",
    "6222 0212 3456 7890 128",
    "１３８００００００００",
    "138\u200b0000\u200b0000",
    "138—0000—0000",
    MAIL,
    f"{MOBILE}.0",
    "1101051949\n1231002X",
    f"申请人：{NAME}、{SECOND}",
    f"{ROUNDED}000",
)
ALL = "；".join((*WRITTEN, "电话 0512-62345678"))


def case(**values):
    whole = {"case_no": "2021-1", "received_on": "2021-03-01", "applicant_type": "natural_person"}
    return {**whole, **values}


def as_json(unit):
    """Every place of a JSON file."""
    content = document(
        unit=unit,
        register=[
            case(case_no=MOBILE, subject=ALL, channel=MOBILE, received_on=IDENTITY, applicant_ref=f"申请人：{NAME}"),
            case(姓名=NAME, 申请人电话="0512-62345678", fee_yuan=MOBILE, pages=int(MOBILE), extension_days=[MOBILE]),
            [MOBILE],
        ],
        documents=[{"number": CARD, "title": ALL, "kind": MOBILE, "needs_interpretation": MOBILE}],
        interpretations={"forms": MOBILE},
        evidence=[{"indicator": MOBILE, "title": MAIL, "file": f"{MOBILE}.pdf"}],
        explanations=[{"finding": MOBILE, "where": f"register[{MOBILE}].subject", "reason": MAIL, "text": ALL}],
        activities={"portal_items": MOBILE, MOBILE: 1, "report_url": f"https://x.invalid/?tel={MOBILE}"},
        narrative={"overview": "；".join(WRITTEN), "problems": [ALL]},
        prepared_by=f"{MOBILE}",
        authority=MAIL,
        reason=IDENTITY,
    )
    content[f"备注 {MOBILE}"] = {"内": [{"更内": IDENTITY}]}
    content["tables"]["requests"]["granted"]["total"] = int(MOBILE)
    content["tables"]["requests"]["granted"][MOBILE] = IDENTITY
    content["tables"]["disputes"]["reconsideration"] = MOBILE
    return json.dumps(content, ensure_ascii=False).encode()


def as_workbook(code, profile, edit):
    unit = profile.unit(code)
    whole = submission(unit=code, register=[case()], documents=[])
    book = openpyxl.load_workbook(io.BytesIO(workbook_bytes(whole, profile, unit, 2021)))
    edit(book)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def in_cells(book):
    """Cells that are read: a count, a date, a text, the head, an unknown column, a header, a formula."""
    put(book, "requests__granted__total", int(MOBILE))
    put(book, "disputes__reconsideration__upheld", ALL)
    put(book, "disputes__reconsideration__corrected", int(f"{ROUNDED}020"))
    put(book, "head__prepared_by", MOBILE)
    put(book, "narrative__overview", "；".join(WRITTEN))
    name, at = place_of(book, "register__header")
    sheet = book[name]
    head = sheet[at].row
    for column in range(1, 26):
        sheet.cell(head + 1, column).value = ALL
    sheet.cell(head, 27).value = MOBILE
    sheet.cell(head + 1, 27).value = IDENTITY
    sheet.cell(head + 2, 2).value = f"=A1&{MOBILE}"


def beside_cells(book):
    """Places that nobody reads: they are not written anywhere, and the file is sent back."""
    book.create_sheet(f"通讯录 {MOBILE}")["A1"] = ALL
    sheet = book[place_of(book, "requests__granted__total")[0]]
    sheet["Z60"] = IDENTITY
    sheet["A1"].comment = Comment(f"请联系 {MOBILE}", "x")
    sheet.oddHeader.center.text = f"电话 {MOBILE}"
    book.properties.title = IDENTITY
    book.properties.description = MAIL


def one(place):
    def edit(book):
        if place == "column":
            name, at = place_of(book, "register__header")
            book[name].cell(book[name][at].row, 27).value = "申请人姓名"
            book[name].cell(book[name][at].row + 1, 27).value = NAME
        elif place == "comment":
            book.worksheets[2]["A1"].comment = Comment(f"请联系 {MOBILE}", "x")
        elif place == "header":
            book.worksheets[2].oddHeader.center.text = f"电话 {MOBILE}"
        elif place == "property":
            book.properties.subject = f"申请人 {IDENTITY}"
        elif place == "sheet name":
            book.create_sheet(f"来电 {MOBILE}")
        elif place == "label":
            book.worksheets[2]["A2"] = f"来电 {MOBILE}"

    return edit


ONE_PLACE = {"T03": "column", "T04": "comment", "T05": "header", "T06": "property", "T07": "sheet name", "T08": "label"}


def with_named_sheet(data):
    """The register's sheet renamed as Excel does it, defined names included."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for part in old.namelist():
            content = old.read(part)
            if part == "xl/workbook.xml":
                content = re.sub("依申请台账(?=[\"'!])", f"来电 {MOBILE}", content.decode()).encode()
                content = re.sub(f">来电 {MOBILE}!", f">'来电 {MOBILE}'!", content.decode()).encode()
            new.writestr(part, content)
    return out.getvalue()


def as_csv():
    """A list as an office system exports it: above its header, in it, in its cells, beside them and in a torn row."""
    rows = [
        ["单位", "A01", f"经办人 {MOBILE}"],
        ["年度", "2021"],
        ["登记编号", "收到日期", "申请人类型", "内容简述", "申请人姓名", f"备注 {MOBILE}"],
        ["2021-1", "2021-03-01", "自然人", ALL, NAME, f"请回电 {MOBILE}"],
        [MOBILE, IDENTITY, MAIL, f'="{MOBILE}"', "", "0512-62345678"],
        ["2021-3", "2021-03-01", "自然人", "", "", "", *WRITTEN],
    ]
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    return out.getvalue().encode()


def as_report():
    report = Document()
    report.add_paragraph("2021年政府信息公开工作年度报告")
    report.add_paragraph("一、总体情况")
    report.add_paragraph(ALL)
    table = report.add_table(2, 2)
    table.cell(0, 0).text = IDENTITY
    report.core_properties.title = IDENTITY
    out = io.BytesIO()
    report.save(out)
    return out.getvalue()


def as_inspection():
    entry = {
        "id": MOBILE,
        "unit": "T01",
        "indicator": "A1",
        "kind": "problem",
        "by": MOBILE,
        "reason": ALL,
        MOBILE: ALL,
    }
    return json.dumps(
        {
            "schema": "gongkai/inspection/1",
            "year": 2021,
            MAIL: 1,
            "entries": [
                entry,
                {"id": "二", "unit": "T01", "kind": "veto", "reason": ALL, "evidence": MAIL, "on": MOBILE},
                {"id": float(MOBILE), "unit": "T01", "kind": "waiver", "indicator": float(MOBILE), "reason": [MOBILE]},
            ],
        },
        ensure_ascii=False,
    ).encode()


def texts(path):
    """Everything a file says, members of packages and pages of PDFs included."""
    data = path.read_bytes()
    yield data.decode("utf-8", "ignore")
    if data.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            for name in package.namelist():
                yield name
                yield re.sub("<[^>]*>", "", package.read(name).decode("utf-8", "ignore"))
    elif data.startswith(b"%PDF"):
        with pdfplumber.open(io.BytesIO(data)) as pages:
            yield from (page.extract_text() for page in pages.pages)


def found_in(text):
    plain = "".join(c for c in unicodedata.normalize("NFKC", text) if unicodedata.category(c) not in ("Cf", "Pd", "Zs"))
    return [needle for needle in NEEDLES if needle in plain]


@pytest.fixture(scope="module")
def searched(prefect_server, made, tmp_path_factory):
    folder = tmp_path_factory.mktemp("planted")
    inbox, profile = folder / "inbox", load_profile(made.profile)
    files = {
        f"T01/报送 {MOBILE} {IDENTITY}.json": as_json("T01"),
        "T02/T02.xlsx": as_workbook("T02", profile, lambda book: (in_cells(book), beside_cells(book))),
        **{f"{code}/{code}.xlsx": as_workbook(code, profile, one(place)) for code, place in ONE_PLACE.items()},
        "T09/report.docx": as_report(),
        f"A01/台账 {MOBILE}.csv": as_csv(),
        "A02/2021台账.csv": f"登记编号,收到日期,申请人类型,申请人姓名\n2021-1,2021-03-01,自然人,{NAME}\n".encode(),
        f"T10/{MAIL}.json": json.dumps(document(unit="T10")).encode(),
        f"{MOBILE}/x.json": as_json("T01"),
        f"loose {IDENTITY}.txt": ALL.encode(),
        "loose.json": as_json("T99"),
        "A03/A03.json": json.dumps(document(unit="A03") | {"year": int(MOBILE)}).encode(),
        "A04/A04.xlsx": with_named_sheet(as_workbook("A04", profile, lambda book: None)),
        f"_office/{MOBILE}.json": as_inspection(),
    }
    for name, data in files.items():
        (inbox / name).parent.mkdir(parents=True, exist_ok=True)
        (inbox / name).write_bytes(data)
        moment = inboxes.AS_OF_FIRST_ROUND.timestamp() - 86400
        os.utime(inbox / name, (moment, moment))
    from tests.flows.conftest import Served

    district = Served(folder, made, made.profile)
    state = district.run(2021, inbox, inboxes.AS_OF_FIRST_ROUND)
    assert state.is_completed()
    return district, folder


def test_the_search_itself_finds_what_it_looks_for(searched):
    _, folder = searched
    said = {
        needle
        for path in (folder / "inbox").rglob("*")
        if path.is_file()
        for text in texts(path)
        for needle in found_in(text)
    }
    assert said == set(NEEDLES)


def test_no_warehouse_and_no_output_has_it(searched):
    _, folder = searched
    written = [path for path in folder.rglob("*") if path.is_file() and "inbox" not in path.relative_to(folder).parts]
    assert any(path.name.endswith("-returned.xlsx") for path in written)
    assert any(path.suffix == ".pdf" for path in written)
    assert any(path.name == "warehouse.sqlite" for path in written)
    leaks = {str(path): found for path in written for text in (path.name, *texts(path)) if (found := found_in(text))}
    assert leaks == {}


def test_no_log_and_no_artifact_has_it(searched):
    with get_client(sync_client=True) as client:
        runs = client.read_flow_runs(limit=200)
        said = [log.message for log in client.read_logs(limit=200)] + [run.model_dump_json() for run in runs]
        said += [artifact.model_dump_json() for artifact in client.read_artifacts(limit=200)]
        said += [run.model_dump_json() for run in client.read_task_runs(limit=200)]
    assert len(said) > 20
    assert [found for text in said if (found := found_in(text))] == []


@pytest.mark.parametrize("unit", ["T01", "T02", *ONE_PLACE, "T10", "A01", "A02", "A04"])
def test_every_such_file_is_sent_back_and_says_where(searched, unit):
    district, _ = searched
    receipt = json.loads((district.out / "2021" / "receipts" / f"{unit}.json").read_text(encoding="utf-8"))
    assert receipt["status"] == "returned"
    assert any(finding["rule"] in RULES for finding in receipt["findings"])
