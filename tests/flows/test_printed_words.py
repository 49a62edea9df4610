"""What people read bears no machine's address and no English key: every output of the demonstration's first round."""

import html
import re
from collections.abc import Mapping

import openpyxl
import pytest

from gongkai.cli.office.previewing import show_preview
from gongkai.cli.office.status import show_status
from gongkai.cli.unit.checking import check_file
from gongkai.cli.unit.differing import show_changes
from gongkai.demonstration.mistakes import MISTAKES
from gongkai.national_format import for_year
from gongkai.submission.fields import groups, lists
from gongkai.submission.form import HEAD_FIELDS
from gongkai.submission.template.names import FIX_LIST_SHEET

ADDRESS = re.compile(r"[a-z]+\.[a-z_]+|[a-z_]+\[[^\]]*\]")
WORD = re.compile(r"[A-Za-z_]+")
# Names of files and addresses on the web and of mail are the sender's, or the district's.
NAMES = re.compile(r"\S*@\S+|https?://\S+|[^\s：（“”]+\.(?:html|json|yaml|csv|xlsx?|docx|pdf)\b")


def _keys():
    """Every key of the head, the lists, the groups, their choices, and of the national formats."""
    yield from HEAD_FIELDS
    for group in (*lists().values(), *groups().values()):
        yield group.key
        yield from group.fields
        for field in group.fields.values():
            yield from field.choices if isinstance(field.choices, Mapping) else ()
    for year in (2019, 2021):
        national_format = for_year(year)
        for spec in national_format.cells:
            yield from (spec.table, spec.row, spec.column)
        yield from (*national_format.outcomes, *national_format.applicant_types)


KEYS = frozenset(_keys())


def machine_words(text):
    """The addresses and keys in a text that people read, line by line."""
    lines = (NAMES.sub("", line) for line in text.splitlines())
    return [(found, line) for line in lines for found in (*ADDRESS.findall(line), *_keys_in(line))]


def _keys_in(line):
    return [word for word in WORD.findall(line) if word in KEYS]


def _page(path):
    text = re.sub(r"(?s)<style>.*?</style>", "", path.read_text(encoding="utf-8"))
    return html.unescape(re.sub(r"<[^>]*>", "\n", text))


def _fix_list(path):
    """The visible cells of the first sheet, and the comments at the marked cells."""
    book = openpyxl.load_workbook(path)
    sheet = book[FIX_LIST_SHEET]
    looks = [look for look in sheet.column_dimensions.values() if look.hidden]
    cells = [
        cell
        for row in sheet.iter_rows()
        for cell in row
        if not any(look.min <= cell.column <= look.max for look in looks)
    ]
    notes = [cell.comment.text for one in book for row in one.iter_rows() for cell in row if cell.comment]
    return "\n".join([*(str(cell.value) for cell in cells if cell.value is not None), *notes])


@pytest.fixture(scope="module")
def first(year):
    """The outputs of the first round."""
    district, _ = year
    return district.out.parent / "first-round" / "2021"


def test_a_machine_word_would_be_seen():
    assert machine_words("读取时作了换算：prepared_on 原文")
    assert machine_words("“requests.granted.total”没有填写")
    assert machine_words("办理结果 granted")
    assert machine_words("“register[3]”的登记编号")
    assert not machine_words("文件 _office/inspection.json，联系 gongkai@example.invalid，规则 REQ-ROWSUM")


@pytest.mark.parametrize("folder", ["receipts", "findings", "scorecards", "report", "."])
def test_no_page_prints_a_machine_word(first, folder):
    pages = sorted(first.glob("*.html") if folder == "." else (first / folder).rglob("*.html"))
    assert pages
    # The office copies the names of figures from these, for its own words and for `gongkai trace`.
    names = ("references.html", "proactive_disclosure.html", "text.html")
    pages = [page for page in pages if page.name not in names]
    assert {page.name: found for page in pages if (found := machine_words(_page(page)))} == {}


def test_no_returned_workbook_prints_a_machine_word(first):
    books = sorted((first / "receipts").glob("*-returned.xlsx"))
    assert books
    assert {book.name: found for book in books if (found := machine_words(_fix_list(book)))} == {}


@pytest.mark.parametrize("unit", [code for code, mistake in sorted(MISTAKES.items()) if mistake.status != "missing"])
def test_no_check_prints_a_machine_word(made, unit, capsys):
    for file in sorted((made.first_round / unit).iterdir()):
        check_file(file, 2021, made.profile, None, as_json=False, unit=unit)
    said = capsys.readouterr().out
    assert said.startswith("结论：")
    assert machine_words(said) == []


def test_status_differences_and_preview_print_no_machine_word(year, capsys):
    district, _ = year
    returned = next(code for code, mistake in sorted(MISTAKES.items()) if mistake.status == "returned")
    show_status(2021, district.warehouse, None, as_json=False)
    show_changes(returned, 2021, district.warehouse, None, 1, 2, as_json=False)
    show_preview(returned, 2021, district.warehouse, None, 1, None, None, as_json=False)
    said = capsys.readouterr().out
    assert "改动" in said
    assert "假如" in said
    assert machine_words(said) == []
