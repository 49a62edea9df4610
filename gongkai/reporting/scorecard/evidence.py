"""Prints reasons and evidence so that each thing is said once.

A reason that only lists its evidence keeps its head; evidence leaves out what the reason says, the unit's own
file, and a file named just before. `scorecard.json` carries everything whole; only the page is brief.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from gongkai.assessment.scorecard import Evidence
from gongkai.national_format import NationalFormat
from gongkai.submission.places import parts, place

_REMARK = re.compile(r"(?P<said>.*?)（(?P<remark>[^（）]*)）", re.DOTALL)
_AND_SO_ON = re.compile(r"等 ?\d+ ?项")
_SIGNS = re.compile(r"\W+")
_FEW = 3
_WORTH_CUTTING = 6
_SHORT = 40
_OWN_FILE = "本单位报送"


def headline(reason: str) -> str:
    """The reason for the first glance: a long one up to its first colon."""
    return reason if len(reason) <= _SHORT else reason.partition("：")[0]


def brief(reason: str, evidence: Sequence[Evidence], few: int = _FEW) -> str:
    """The reason without a list of more than a `few` items that stands in the evidence anyway."""
    head, colon, tail = reason.partition("：")
    items = [_letters(_what(item)) for item in tail.split("；") if not _AND_SO_ON.match(item)]
    told = [_letters(piece.text) for piece in evidence]
    listed = all(any(item in text for text in told) for item in items)
    return head if colon and listed and len(evidence) > few else reason


def _what(item: str) -> str:
    """Of a message what is wrong, without a remark behind it."""
    said = item.partition("。")[0]
    remark = _REMARK.fullmatch(said)
    return remark["said"] if remark else said


def says_no_more(row: "EvidenceRow", reason: str) -> bool:
    """Whether a row only repeats the reason, so that its place is all that it adds."""
    return _letters(row.what) in _letters(reason)


def _letters(text: str) -> str:
    """What is said, without the signs between: a quotation and a bracket change nothing of it."""
    return _SIGNS.sub("", text)


def phrases(
    evidence: Sequence[Evidence], reason: str, own_file: str | None, national_format: NationalFormat
) -> list[str]:
    """Each piece as one phrase: what it is, and where; a file other than the unit's own stands before its pieces.

    Args:
        evidence: of one deduction or award.
        reason: the sentence as printed beside it.
        own_file: the file that the page names once, as the one meant where no other is named.
        national_format: gives places their printed names.
    """
    printed: list[str] = []
    for file, pieces in groupby(evidence, key=lambda piece: piece.file):
        group = [phrase for piece in pieces if (phrase := _phrase(piece, reason, national_format))]
        if file and file != own_file:
            group = [f"{file}：{group[0]}", *group[1:]] if group else [file]
        printed += group
    return list(dict.fromkeys(printed))


@dataclass(frozen=True)
class EvidenceRow:
    """One piece as a row of the small table: what it shows (its case and day), the file, sheet and cell."""

    what: str
    file: str
    spot: str


def evidence_rows(
    evidence: Sequence[Evidence], own_file: str | None, national_format: NationalFormat
) -> tuple[EvidenceRow, ...]:
    """Every piece, the same one once; the unit's own file, which the page names once, is called that."""
    rows = (
        EvidenceRow(
            what=piece.text.partition("。")[0] if piece.text.endswith("。") else piece.text,
            file=_OWN_FILE if piece.file and piece.file == own_file else piece.file or "",
            spot=_spot(piece, national_format),
        )
        for piece in evidence
    )
    return tuple(dict.fromkeys(rows))


def _phrase(piece: Evidence, reason: str, national_format: NationalFormat) -> str:
    text, spot = _beyond(piece.text, reason), _spot(piece, national_format)
    if not spot or spot in text or (piece.cell and f"{piece.cell} 单元格" in text):
        return text
    return f"{text}（{spot}）" if text else spot


def _beyond(text: str, reason: str) -> str:
    """What a text says beyond the reason: nothing, its closing remark, or the rest; of a message what is wrong."""
    if text in reason:
        return ""
    if text.endswith("。"):
        return text.partition("。")[0]
    for item in reason.partition("：")[2].split("；"):
        if len(item) >= _WORTH_CUTTING:
            text = text.replace(f"，{item}", "").replace(f"：{item}", "")
    remark = _REMARK.fullmatch(text)
    return remark["remark"] if remark and remark["said"] in reason else text


def _spot(piece: Evidence, national_format: NationalFormat) -> str:
    """Sheet and cell where there are any, else the place in the form; nothing where the text names the entry."""
    if piece.sheet or piece.cell:
        return "".join([f"“{piece.sheet}”表" if piece.sheet else "", piece.cell or ""])
    if not piece.where:
        return ""
    table, entry, _ = parts(piece.where)
    return "" if table == "entries" and str(entry) in piece.text else place(piece.where, national_format)
