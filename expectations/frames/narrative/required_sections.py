"""What the national format asks of sections five and six: problems are named, and the fees are told and true.

One row an entry. A submission without any text is not asked; one that leaves out only this section is.
"""

import re
from collections.abc import Sequence
from decimal import Decimal
from functools import partial

from expectations.frames.shapes import Checked, ComparedValues, Facts, SubmissionUnderCheck, apart
from gongkai.submission.form import Origin
from gongkai.submission.narrative import Claim

PROBLEMS, OTHER = "problems", "other_matters"
_HEADING = re.compile(
    "本年度|我单位|本单位|目前|一是|主要|存在|的|问题|情况|及|改进|措施|[\\W_]"
)  # says nothing by itself
_NOTHING = re.compile("暂?无|暂?没有|不|略|")
_FEES = re.compile("收费|处理费|费用|收取|免费")
_ELSEWHERE = re.compile(
    "处理费|收费通知|(?:未|无|没有|不)[^，。；]{0,16}(?:收费|费用)"
)  # an office charges for other things too
_STATED = "activities.processing_fees_yuan"
_YUAN = {"": 1, "元": 1, "万元": 10_000}


def row(entry: SubmissionUnderCheck, claims: Sequence[Claim]) -> Checked:
    """What the rules on sections five and six compare in one submission; the claims are those of section six."""
    measured: dict[str, ComparedValues] = {}
    problems, other = (_text(entry, field) for field in (PROBLEMS, OTHER))
    if _expected(entry, PROBLEMS):
        said = int(_NOTHING.fullmatch(_HEADING.sub("", problems)) is None)
        measured["PROBLEMS-EMPTY"] = ComparedValues(said, 1, partial(_facts, entry, PROBLEMS, said, 1))
    if _expected(entry, OTHER):
        told = int(bool(_FEES.search(other) or _ELSEWHERE.search(_text(entry, "overview"))))
        measured["FEES-UNSAID"] = ComparedValues(told, 1, partial(_facts, entry, OTHER, told, 1))
    stated, charged = _stated(claims), _charged(entry)
    if other and stated is not None and charged is not None:
        described = partial(_facts, entry, OTHER, stated, charged)
        measured["FEES-REGISTER"] = ComparedValues(stated, charged, described)
    return Checked(entry.key, measured)


def _expected(entry: SubmissionUnderCheck, field: str) -> bool:
    """Whether the section is there (be it empty), or is the only one of the three that is not."""
    if entry.cell(f"narrative.{field}") is not None:
        return True
    return all(_text(entry, one) for one in ("overview", PROBLEMS, OTHER) if one != field)


def _text(entry: SubmissionUnderCheck, field: str) -> str:
    value = entry.submission.value(f"narrative.{field}")
    return value if isinstance(value, str) else ""


def _stated(claims: Sequence[Claim]) -> Decimal | None:
    """The fees of the year in 元 that the section states; None when it states none, or more than one amount."""
    said = [claim for claim in claims if _STATED in claim.means and claim.unit in _YUAN]
    amounts = {claim.number * _YUAN[claim.unit] for claim in said}
    return amounts.pop() if len(amounts) == 1 else None


def _charged(entry: SubmissionUnderCheck) -> Decimal | None:
    """What the register says was charged; None without a register that can be read."""
    if "register" not in entry.submission.reported or entry.any_unsure("register", "fee_yuan"):
        return None
    cases = entry.list_columns("register")
    return sum((Decimal(fee or 0) for fee in cases.values("fee_yuan")) if cases is not None else (), Decimal(0))


def _facts(entry: SubmissionUnderCheck, field: str, left: int | Decimal, right: int | Decimal) -> Facts:
    where = f"narrative.{field}"
    cell = entry.cell(where)
    return Facts(
        where=where,
        observed=left,
        expected=right,
        difference=apart(left, right),
        origin=cell.origin if cell else Origin(),
        values={"written": _shown(left), "right": _shown(right)},
    )


def _shown(number: int | Decimal) -> str:
    return format(Decimal(number).normalize(), "f")
