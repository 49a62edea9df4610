"""A text cut into paragraphs, sentences and clauses, with the unit's names and the years said in one way.

A remark in brackets is set apart: it becomes clauses of its own when it has figures, else it is left out. Nothing
is understood here; a clause knows where in its sentence it stands.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from gongkai.submission.narrative.quantities import Quantity, quantities

GAP = "\x01"  # what a remark in brackets leaves in its sentence: nothing to read, but the places stay
STRANGE = "※"  # what cannot be read over: a title, a remark that changes what the figure beside it counts
_HALF_WIDTH = {code: code - 0xFEE0 for code in (*range(0xFF10, 0xFF1A), 0xFF05, 0xFF0E)}  # ０–９ ％ ．
_SPACE = re.compile(r"[^\S\n]+|[“”]")  # and quotation marks: “予以公开”9件
_END = re.compile("[。！？!?]+")
_BRACKETS = re.compile(r"[（(〔\[]([^（）()〔〕\[\]]{0,300})[）)〕\]]")
_TITLE = re.compile("《[^《》]{0,100}》")
_LAW = re.compile("《(?:中华人民共和国)?(?:政府信息公开)?条例》")
_NUMBERED = re.compile(r"^(?:\d{1,2}[.．、]|[一二三四五六七八九十]{1,3}、)", re.ASCII)
_SEPARATOR = re.compile(r"[，；;：:、]|,(?!\d{3})", re.ASCII)
_DOCUMENT = re.compile(r"[国省市区县府政办厅公开发函规字秘]{1,8}[〔\[（(](?:19|20)\d\d[〕\]）)]第?\d{1,4}号", re.ASCII)
_WHOLE_YEAR = re.compile("[自从]?本年1月1日(?:起|开始)?(?:至|到|—{1,2}|-)(?:本年)?12月31日(?:止|期间|之间)?")
_COUNT_ALONE = re.compile(
    r"(?<!年)[（(](\d{1,9}[件宗起])[）)](?=[、，；,;]|$)", re.ASCII
)  # 不予公开（9件）、无法提供（3件）
_ANY_OFFICE = re.compile(
    "街道(?:办事处|办)?|[镇乡](?:人民)?政府|[^区县市省]{1,12}局"
)  # what others of its kind are called too
_UNNAMED = r"(?:(?<![一-龥])|(?<=[\d今本]年)|(?<=年度)|(?<=\d日))[我本]?"  # before one that stands for itself
_CHANGES_THE_COUNT = re.compile("含|包括|包含|其中|不含|不包括|除")
_CHANGES_NOTHING = re.compile("结转|撤回|自然人|企业|法人")


class Clause(NamedTuple):
    """A clause and the quantities in it.

    Attributes:
        text: what it is cut from; the places of the quantities and of its ends are places in there.
        before: the separator before it; empty at the start of a sentence or of a remark.
        remarks: the clauses of each remark in brackets that stands in it.
    """

    text: str
    start: int
    end: int
    before: str
    quantities: tuple[Quantity, ...]
    remarks: tuple[tuple["Clause", ...], ...] = ()

    def part(self, start: int, end: int) -> str:
        """A stretch of the text without what brackets left."""
        return self.text[start:end].replace(GAP, "")

    @property
    def whole(self) -> str:
        return self.part(self.start, self.end)


class Sentence(NamedTuple):
    """One sentence: as it was written (for quoting), with names and years said in one way, and its clauses."""

    said: str
    plain: str
    clauses: tuple[Clause, ...]


@dataclass(frozen=True)
class Names:
    """The names that a text's words are said in one way for: the report year, and the unit as it calls itself."""

    year: int
    own: tuple[str, ...]

    def plain(self, sentence: str) -> str:
        """The sentence with 本年, 上年, 下年 and 本单位 for years and names, and a bracketed count in its list."""
        text = _SPACE.sub("", sentence.translate(_HALF_WIDTH))
        for name in self.own:
            text = (
                re.sub(_UNNAMED + re.escape(name), "本单位", text)
                if _ANY_OFFICE.fullmatch(name)
                else text.replace(name, "本单位")
            )
        for year, word in ((self.year, "本年"), (self.year - 1, "上年"), (self.year + 1, "下年")):
            text = text.replace(f"{year}年", word)
        text = _COUNT_ALONE.sub(r"\1", _WHOLE_YEAR.sub("本年", text))
        text = _DOCUMENT.sub(STRANGE, text)  # its letters are no body, its year no time
        return _TITLE.sub(STRANGE, _LAW.sub("条例", text))


def paragraphs(text: str, names: Names) -> Iterator[Sequence[Sentence]]:
    """The sentences of each paragraph."""
    for paragraph in text.split("\n"):
        found = [_sentence(said.strip(), names) for said in _END.split(paragraph) if said.strip()]
        if found:
            yield found


def _sentence(said: str, names: Names) -> Sentence:
    plain = _NUMBERED.sub("", names.plain(said))
    flat = _BRACKETS.sub(_set_apart, plain)
    remarks = [
        (found.start(), tuple(_clauses(plain, found.start(1), found.end(1))))
        for found in _BRACKETS.finditer(plain)
        if _counts(found[1])
    ]
    clauses = []
    for clause in _clauses(flat, 0, len(flat)):
        inside = tuple(within for at, within in remarks if clause.start <= at < clause.end)
        clauses.append(clause._replace(remarks=inside))
    return Sentence(said, plain, tuple(clauses))


def _set_apart(remark: re.Match[str]) -> str:
    changes = _CHANGES_THE_COUNT.match(remark[1]) and not _CHANGES_NOTHING.search(remark[1])
    return (STRANGE if changes else GAP) * len(remark[0])


def _counts(text: str) -> bool:
    return next(quantities(text), None) is not None


def _clauses(text: str, start: int, end: int) -> Iterator[Clause]:
    """The clauses of a stretch; 、 ends one only after a figure, so that `复议、诉讼3件` stays together."""
    found = [q._replace(start=q.start + start, end=q.end + start) for q in quantities(text[start:end])]
    begun, before, taken = start, "", 0
    for mark in (*_SEPARATOR.finditer(text, start, end), None):
        until = mark.start() if mark else end
        inside = taken
        while inside < len(found) and found[inside].start < until:
            inside += 1
        if mark and mark[0] == "、" and inside == taken:
            continue
        if until > begun:
            yield Clause(text, begun, until, before, tuple(found[taken:inside]))
        if mark:
            begun, before, taken = mark.end(), mark[0], inside
