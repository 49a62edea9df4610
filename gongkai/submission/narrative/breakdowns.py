"""Totals that a sentence breaks down itself: parts that exceed their total, and counts that are parts of one.

Parts that fall short prove nothing (a list may be partial, two bases may stand side by side); only parts of one kind
(applicants, channels, outcomes, classes of information) are added up. No table is looked at.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from gongkai.national_format.figures import NEW_REQUESTS, OUTCOME_TOTAL, REQUESTS
from gongkai.submission.narrative.lexicon_file import lexicon
from gongkai.submission.narrative.quantities import Quantity, quantities
from gongkai.submission.narrative.sentences import Sentence
from gongkai.submission.narrative.text_claims import Claim, SaidFigure

_BEGINS = re.compile("[，,、；;]?(?:其中|包括|包含|分别是|分别为)[：:，,]?|[：:]|[（(](?:其中|包括|含)?[：:，,]?")
_ENDS = re.compile("其中|包括|含|同比|比上年|较上年|占|增|减|上年|下年|去年|累计|合计|共")
_ADDED = re.compile(r"(\d{1,7})(?:[一-龥]{1,2})?[（(](\d{1,7}(?:[+＋]\d{1,7})+)[）)]", re.ASCII)
_REMARK = re.compile("[（(][^（）()]*[）)]")
_CLASS = re.compile("类(?:信息|文件|事项|申请)?(?:共|为|有)?$")
_REST = re.compile("^[，,、；;]?其他")
_KINDS = (  # words of one kind: what is one of them is no other of them
    frozenset({"自然人", "法人"}),
    frozenset({"自然人", "企业", "科研机构", "公益组织", "法律机构"}),
    frozenset({"网络", "信函", "当面", "传真"}),
    frozenset({"予以公开", "部分公开", "不予公开", "无法提供", "不予处理", "其他处理"}),
    frozenset({"维持", "纠正", "其他结果", "未审结"}),
)
_MOST, _LONGEST = 40, 600  # parts of a total, and characters of a bracket, that are looked at
_LISTED = 12  # figures that may make a total behind them
_RECEIVED, _CLOSED, _CARRIED = NEW_REQUESTS, OUTCOME_TOTAL, f"{REQUESTS}.carried_"


class _Part(NamedTuple):
    label: str
    quantity: Quantity


def broken_down(sentence: Sentence) -> Iterator[SaidFigure]:
    """What the parts of a total add up to, for every total of the sentence that it breaks down."""
    for found in _ADDED.finditer(sentence.plain):
        parts = re.findall(r"\d+", found[2])
        yield _said(sentence, found[2], sum(map(Decimal, parts), Decimal(0)), Decimal(found[1]))
    counted = list(quantities(sentence.plain))
    sums: dict[str, Decimal] = {}
    for at, total in enumerate(counted):
        begins = _BEGINS.match(sentence.plain, total.end)
        earlier = sums[total.unit] = sums.get(total.unit, Decimal(0)) + (total.number or 0)
        if begins is None or total.number is None or total.unit not in lexicon().counters["requested"]:
            continue
        parts = list(_parts(sentence.plain, begins, total, counted[at + 1 : at + _MOST]))
        if len(parts) > 1 and _of_one_kind(parts):
            words = sentence.plain[parts[0].quantity.start - len(parts[0].label) : parts[-1].quantity.end]
            yield _said(sentence, words, _sum(parts), earlier)


def adds_up(total: Quantity, before: Sequence[Quantity]) -> bool:
    """Whether a figure is what the two or more just before it make: 网络11件、信函6件、当面3件，合计20件."""
    made, parts = Decimal(0), 0
    for one in reversed(before[-_LISTED:]):
        if one.number is None or one.unit != total.unit:
            return False
        made, parts = made + one.number, parts + 1
        if parts > 1 and made == total.number:
            return True
    return False


def without_parts(said: Sequence[SaidFigure]) -> list[SaidFigure]:
    """The figures of a sentence, where 答复 or 办结 beside other results that make up the total is one of its parts.

    受理12件，答复7件，不予受理4件，补正后仍不明确1件: the seven are not all that was closed.
    """
    counted = [one for one in said if one.counted]
    for at, one in enumerate(counted):
        if not _means(one, _RECEIVED):
            continue
        parts = [part for part in counted[at + 1 : at + _MOST] if not _means(part, _CARRIED)]
        numbers = [_number(part) for part in parts]
        if len(parts) > 1 and None not in numbers and sum(filter(None, numbers)) == _number(one):
            return [part._replace(claim=None) if part in parts and _means(part, _CLOSED) else part for part in said]
    return list(said)


def _parts(plain: str, begins: re.Match[str], total: Quantity, rest: Sequence[Quantity]) -> Iterator[_Part]:
    """The parts that follow: up to the end of a bracket, another total, or other words than a list has."""
    at = begins.end()
    end = plain.find("）", at, at + _LONGEST) if begins[0].startswith(("（", "(")) else len(plain)
    for quantity in rest:
        label = _REMARK.sub("", plain[at : quantity.start])
        if quantity.end > end or quantity.unit != total.unit or _ENDS.search(label):
            return
        if quantity.number is None:
            return
        yield _Part(label, quantity)
        at = quantity.end


def _of_one_kind(parts: Sequence[_Part]) -> bool:
    named = [{word.name for word in lexicon().words_of(part.label) if word.marker is None} for part in parts]
    if any(all(names & kind for names in named) for kind in _KINDS):
        return len({frozenset(names) for names in named}) == len(parts)
    classes = [part.label.lstrip("，,、；;：:") for part in parts]
    alike = all(_CLASS.search(part.label) or _REST.search(part.label) for part in parts)
    return alike and len(set(classes)) == len(parts)


def _said(sentence: Sentence, words: str, parts: Decimal, total: Decimal) -> SaidFigure:
    claim = Claim(kind="parts", sentence=sentence.said, words=words, number=parts, beside=(total,))
    return SaidFigure(sentence.said, words, claim, counted=False)


def _sum(parts: Iterable[_Part]) -> Decimal:
    return sum((one.quantity.number for one in parts if one.quantity.number is not None), Decimal(0))


def _means(said: SaidFigure, where: str) -> bool:
    return said.claim is not None and bool(said.claim.means) and said.claim.means[0].startswith(where)


def _number(said: SaidFigure) -> Decimal | None:
    if said.claim is not None:
        return said.claim.number if said.claim.kind == "figure" else None
    found = next(quantities(said.words), None)
    return found.number if found else None
