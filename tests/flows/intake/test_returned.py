"""The returned workbook goes round: out of the receipts, corrected or explained, into the inbox, accepted."""

import json
from datetime import timedelta

import openpyxl
import pytest

from gongkai.demonstration import inboxes


def as_it_is(book):
    """A05 wrote 2 for a total of 1."""


def without_explanations(book):
    """A04 with its late document unexplained."""
    sheet, _, header = book.defined_names["explanations__header"].attr_text.rpartition("!")
    first = book[sheet.strip("'")][header.replace("$", "").partition(":")[0]].row + 1
    for row in book[sheet.strip("'")].iter_rows(min_row=first):
        for cell in row:
            cell.value = None


def correct(book):
    """The total as the fix list wants it."""
    sheet, _, address = book.defined_names["requests__granted__total"].attr_text.rpartition("!")
    assert book[sheet.strip("'")][address.replace("$", "")].value == 2
    book[sheet.strip("'")][address.replace("$", "")].value = 1


def explain(book):
    """The first reason that the drop-down offers, and a sentence."""
    sheet = book["修改清单"]
    row = next(line[0].row for line in sheet.iter_rows() if line[8].value == "DOC-LATE")
    (offered,) = (v for v in sheet.data_validations.dataValidation if sheet.cell(row, 7).coordinate in v.sqref)
    name, _, span = offered.formula1.lstrip("=").rpartition("!")
    sheet.cell(row, 7).value = book[name.strip("'")][span.partition(":")[0].replace("$", "")].value
    sheet.cell(row, 8).value = "已整改。"


@pytest.mark.parametrize(
    ("unit", "spoil", "mend", "settled"),
    [("A05", as_it_is, correct, []), ("A04", without_explanations, explain, [("DOC-LATE", "已整改。")])],
)
def test_a_returned_workbook_sent_again_is_accepted(fresh, tmp_path, unit, spoil, mend, settled):
    inbox = tmp_path / "inbox"
    (inbox / unit).mkdir(parents=True)
    (sent,) = (fresh.made.first_round / unit).iterdir()

    def hand_in(source, edit, name, day):
        book = openpyxl.load_workbook(source)
        edit(book)
        book.save(inbox / unit / name)
        fresh.run(2021, inbox, inboxes.AS_OF_FIRST_ROUND + timedelta(days=day), units=[unit])
        return json.loads((receipts / f"{unit}.json").read_text(encoding="utf-8"))

    receipts = fresh.out / "2021" / "receipts"
    assert hand_in(sent, spoil, "报送.xlsx", 0)["status"] == "returned"
    receipt = hand_in(receipts / f"{unit}-returned.xlsx", mend, "改好了.xlsx", 1)
    assert (receipt["revision"], receipt["status"], receipt["accepted_revision"]) == (2, "accepted", 2)
    assert not (receipts / f"{unit}-returned.xlsx").exists()
    assert [(one["rule"], one["text"]) for one in receipt["explanations"]] == settled
