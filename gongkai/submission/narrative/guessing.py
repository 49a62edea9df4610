"""A figure whose words are not all known: the phrases that they may be, and what else in the sentence forbids it.

Which words may be passed over is decided in `qualifying`; a guess is right in any reading of its phrase, is no more
than a query, and says nothing where another figure of the text has the same cell right.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from gongkai.submission.narrative.lexicon import FIGURE, Key, Phrase, Word
from gongkai.submission.narrative.lexicon_file import lexicon
from gongkai.submission.narrative.paragraph_context import ParagraphContext
from gongkai.submission.narrative.qualifying import skipped
from gongkai.submission.narrative.surroundings import key_of
from gongkai.submission.narrative.text_claims import Claim

_NO_MATTER = frozenset({"参加", "申请中", "作出", "均", "妥善", "期限内"})
_DISPUTES = frozenset({"复议", "诉讼", "争议"})
_OF_DISPUTES = frozenset({"答复", "申请", "公开申请", "依申请", "收到", "新收", "办理"})
_DISCLOSURE = "公开"
_SOME_ABOUT_DISCLOSURE = re.compile("(?:其中|含|包括|包含|属于|涉及?)[^，,；;。]{0,8}(?:信息公开|依申请公开)")
_OF_ALL_KINDS = re.compile("其中[^；;]*(?:申请|公开)")
_TOTALS = {
    "规范性文件": ("发布", "规范性文件", FIGURE),
    "网络": ("收办", "公开申请", FIGURE),
    "信函": ("收办", "公开申请", FIGURE),
}
_NOT_TOTALLED = frozenset({"废止", "现行有效", "清理", "复议", "诉讼", "争议"})


def shorter(left: Sequence[Word], right: Sequence[Word]) -> Iterator[tuple[Key, frozenset[str]]]:
    """The words without those that only qualify, and which more of them a phrase may leave out."""
    around_it = skipped(left, right)
    key = key_of(*around_it) if around_it is not None else None
    if key:
        yield key, _NO_MATTER
        yield key, _NO_MATTER | (lexicon().optional if _DISPUTES.isdisjoint(key) else _OF_DISPUTES)
        said = frozenset(key) - {FIGURE}
        yield from ((one.key, frozenset()) for one in lexicon().qualifying.counts if one.fits(said))


def counts_that(context: ParagraphContext, phrase: Phrase, key: Key, said: Claim, rest: str) -> bool:
    """Whether nothing in the sentence says that the figure counts something else than the phrase."""
    if said.unit not in lexicon().counters["cases"] and phrase.topic in lexicon().outcome_topics:
        return False  # 核对公开事项138项
    if phrase.topic == "disputes" and not context.named:
        as_a_body = "办理" in key and not context.requests  # 办理行政复议20件: of whatever matter
        return not as_a_body and _DISCLOSURE not in rest
    return context.named or not phrase.named or not _OF_ALL_KINDS.search(rest)  # 收到申请30件，其中低保申请20件


def of_its_kind(context: ParagraphContext, claim: Claim | None, behind: str) -> Claim | None:
    """A claim about disputes of which nothing says that they are about disclosure may count others too."""
    if claim is None or context.topic not in lexicon().disputed:
        return claim
    if _SOME_ABOUT_DISCLOSURE.search(behind):
        return None  # 行政复议3件，其中信息公开类1件
    context.of_all_kinds |= (claim.guessed or claim.loose) and not context.named
    if not context.of_all_kinds:
        return claim
    return replace(claim, of_all_kinds=True) if claim.kind == "figure" else None


def totalled(plain: str) -> Key | None:
    """The phrase for what a sentence's list comes to; None where it is not certain what is listed."""
    named = {word.name for word in lexicon().words_of(plain)}
    if not named.isdisjoint(_NOT_TOTALLED):
        return None
    return next((key for matter, key in _TOTALS.items() if matter in named), None)
