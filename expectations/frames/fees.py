"""Fees of the request register against the tariff: per page of a case, per item of one applicant in one month.

Only where the register says how a fee was reckoned and gives the counts and the amount.
"""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

import numpy as np

from expectations.frames.shapes import ComparedValues, Facts, SubmissionUnderCheck
from gongkai.law.clocks import UNPAID
from gongkai.law.tariff import TARIFF_FROM, item_fee, page_fee
from gongkai.submission.form import Record

_PAID = ("fee_basis", "pages", "fee_yuan", "outcome")
_PROVIDING = ("granted", "partly_granted", None)  # outcomes that hand out pages; None: a case still open


def by_case(entry: SubmissionUnderCheck) -> Mapping[int, dict[str, ComparedValues]]:
    """Position in the register → CASE-FEE of that case; an applicant's month stands at its last case.

    A month before the report year is not counted: its cases that were closed by then are not in the register. Nor is
    any month of an applicant with a case that could be of any.
    """
    found = {}
    groups: dict[tuple[str, int, int], list[Record]] = {}
    register, year = list(_concerned(entry)), entry.submission.year
    not_stated = {None} | {
        case["applicant_ref"] for case in register if case["received_on"] is None or entry.unsure(case, *_PAID)
    }
    for case in register:
        received = case["received_on"]
        if received is None or received < TARIFF_FROM or entry.unsure(case, *_PAID):
            continue
        if case["fee_basis"] == "page":
            for measured in _pages(case):
                found[case.position] = {"CASE-FEE": measured}
        elif case["applicant_ref"] not in not_stated and received.year >= year:
            groups.setdefault((case["applicant_ref"], received.year, received.month), []).append(case)
    for (_, of_year, month), cases in groups.items():
        for measured in _items(cases, f"{of_year} 年 {month} 月"):
            found[cases[-1].position] = {"CASE-FEE": measured}
    return found


def _concerned(entry: SubmissionUnderCheck) -> Iterator[Record]:
    """The cases that say how a fee was reckoned, and every other case of those applicants."""
    cases = entry.list_columns("register")
    if cases is None:
        return
    reckoned, applicants = ~cases.missing("fee_basis"), cases.words("applicant_ref")
    of_them = cases.any_of("applicant_ref", set(applicants[reckoned]))
    yield from (cases.record(int(at)) for at in np.flatnonzero(reckoned | of_them))


def _pages(case: Record) -> Iterator[ComparedValues]:
    pages, fee = case["pages"], case["fee_yuan"]
    if case["outcome"] == UNPAID or (fee == 0 and case["outcome"] not in _PROVIDING):
        return  # what was not paid, or not handed out, costs nothing
    if pages is not None and fee is not None and pages >= 0 and pages == int(pages):
        due = Decimal(page_fee(int(pages)))
        yield ComparedValues(fee, due, lambda: _describe(case, fee, due, f"共 {pages} 页，按页收费", (case,)))


def _items(cases: Sequence[Record], month: str) -> Iterator[ComparedValues]:
    charged = [case for case in cases if case["fee_basis"] == "item"]
    not_evaluated = any(case["fee_yuan"] is None or case["outcome"] == UNPAID for case in charged)
    if charged and not not_evaluated:
        fee = sum((case["fee_yuan"] or Decimal(0) for case in cases), Decimal(0))
        due = Decimal(item_fee(len(cases)))
        said = f"申请人“{cases[-1]['applicant_ref']}”{month}共申请 {len(cases)} 件，按件收费"
        yield ComparedValues(fee, due, lambda: _describe(cases[-1], fee, due, said, cases))


def _describe(case: Record, fee: Decimal, due: Decimal, counted: str, cases: Sequence[Record]) -> Facts:
    return Facts(
        where=case.where("fee_yuan"),
        observed=fee,
        expected=due,
        difference=abs(fee - due),
        cells=tuple(one.where("fee_yuan") for one in cases),
        origin=case.origin("fee_yuan"),
        values={"case": case.id, "counted": counted},
    )
