"""Reads a sentence for its claims: figures and statements whose words pin certain cells, with the words they stand in.

A claim is made only where every word of the clause is known and the words make one phrase of the lexicon; what came
before decides whether it is the unit's own figure of the year (`paragraph_context`). The tables are not looked at here.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from itertools import pairwise

from gongkai.submission.narrative.breakdowns import adds_up
from gongkai.submission.narrative.documents import is_list, uncertain
from gongkai.submission.narrative.guessing import counts_that, of_its_kind, shorter, totalled
from gongkai.submission.narrative.lexicon import FIGURE, UNKNOWN, Phrase, Word
from gongkai.submission.narrative.lexicon_file import lexicon
from gongkai.submission.narrative.paragraph_context import APPLIED, START, ParagraphContext
from gongkai.submission.narrative.percentages import of_another
from gongkai.submission.narrative.phrases_in_context import go_on_with, phrase_for, resolved, turn_to_heading
from gongkai.submission.narrative.qualifying import denied, heading
from gongkai.submission.narrative.quantities import Quantity
from gongkai.submission.narrative.sentences import Clause, Sentence
from gongkai.submission.narrative.surroundings import around, from_its_matter, key_of, turn
from gongkai.submission.narrative.text_claims import Claim, SaidFigure

_NAMED_OR_NOT = frozenset({"公开"})  # all that a statement may leave out: 均及时答复 is not 均答复
_OF_ALL = ("均", "都", "全部", "无", "没有", "未")
_OF_THESE = "中"
_LIST = 3  # different outcomes with figures make a list of them
_REST = 60  # characters behind a figure that may say what it includes
_ALL_OF_THEM = re.compile("(?:均|都|全部)(?:为|是|属于|属|与|因|由|系|指|涉及)(?:政府)?信息公开")
_INCLUDED = re.compile(
    r"[（(]\d+[+＋]\d+[）)]|[，,、；;（(]?(?:其中|含|包括|包含)[^，,；;（(）)]{0,8}(?:结转|接办上年)(?!下|[至到转]下)"
    r"|[（(]上年度?结转"
)
_BESIDE = re.compile("[（(]上年")  # 收到20件（上年结转2件）: with them or beside them
_ISSUED, _OR_NOT = frozenset({"制发"}), frozenset({"废止", "现行有效"})
_CARRIED = frozenset({"上年结转", "结转下年"})
_WAYS = frozenset({"网络", "信函", "当面", "传真", "线下"})
_OF_DISPUTES = re.compile("复议|诉讼")
_HANDED_DOWN = re.compile(
    "(?:局|委|厅|办|级|府|部门|单位)(?:转办|转来|转交)|不属于[本我](?:行政)?(?:机关|单位|部门|局|委|办)的?(?:公开|负责|掌握|职责|职权)"
)  # whence it came, or whose it was: it is counted all the same
_BROKEN_DOWN = re.compile("[，,、（(]?(?:其中|含|包括|包含)")


def figures_of(sentence: Sentence, context: ParagraphContext) -> list[SaidFigure]:
    """Every figure and statement of a sentence, in its order, understood or not."""
    said: list[SaidFigure] = []
    _Reader(sentence, context, said).sentence_s_clauses()
    return said


@dataclass
class _Reader:
    """Reads one sentence."""

    sentence: Sentence
    context: ParagraphContext
    found: list[SaidFigure] = field(default_factory=list)
    read: list[Quantity] = field(default_factory=list)

    def sentence_s_clauses(self) -> None:
        named = {word.name for clause in self.sentence.clauses for word in self._with_figures(clause)}
        self.context.named |= _ALL_OF_THEM.search(self.sentence.plain) is not None
        of_others = lexicon().of_other_disputes.search(self.sentence.plain)
        self.context.other_disputes = self.context.judges or of_others is not None
        self.context.of_documents = (
            "规范性文件" in self.sentence.plain and named >= _ISSUED and not named.isdisjoint(_OR_NOT)
        )
        self.context.divided = uncertain(self.sentence.plain)
        self.context.carried = not named.isdisjoint(_CARRIED)
        self.context.listed = len(named & lexicon().outcomes) >= _LIST
        self.context.channels = len(named & _WAYS) > 1 and any(
            word in self.sentence.plain for word in ("申请", "渠道", "方式")
        )
        self.clauses(self.sentence.clauses)

    def _with_figures(self, clause: Clause) -> Iterator[Word]:
        return lexicon().words_of(clause.whole) if clause.quantities else iter(())

    def clauses(self, clauses: Iterable[Clause]) -> None:
        for clause in clauses:
            if clause.before in ("；", ";"):
                self.context.part = False
                if self.context.topic in ("applicant", "channel"):
                    self.context.topic = "received"  # the list of those who applied is over
            self.context.published = is_list(self.context.published, clause.whole)
            if clause.quantities:
                for at in range(len(clause.quantities)):
                    self._figure(clause, at)
                self._said_of_all(clause)
            else:
                self._statement(clause)
            for remark in clause.remarks:  # what a remark says is forgotten behind it
                _Reader(self.sentence, replace(self.context), self.found).clauses(remark)

    def _figure(self, clause: Clause, at: int) -> None:
        quantity = clause.quantities[at]
        left, right = around(clause, at)
        self.context.notice([*left, *right], clause, lexicon())
        claim = None
        number = quantity.least if quantity.number is None else quantity.number
        if number is not None and (self.context.clear or self.context.lists):
            behind = self.sentence.plain[quantity.end :]
            claim = of_its_kind(self.context, self._claim(left, right, quantity, number), behind)
            if claim is not None and claim.scope is not None and self._own_count_follows(quantity):
                claim = None
        if quantity.number is not None and quantity.unit in lexicon().counters["requested"]:
            self.context.begun = True
            if quantity.unit in lexicon().counters["cases"]:
                self.context.counts.append(quantity.number)
        self.found.append(SaidFigure(self.sentence.said, quantity.text, claim))
        self.read.append(quantity)
        if claim is None:
            self.context.narrowed |= self._counts_some(left)
            self.context.unread |= quantity.unit not in lexicon().counters["percent"]
            if quantity.unit in lexicon().counters["cases"]:
                self.context.lose()
            elif quantity.unit not in lexicon().counters["percent"]:
                self.context.last = None
            return
        if claim.kind == "figure":
            self.context.last = claim
        if claim.guessed and clause.whole.endswith(_OF_THESE):
            self.context.lose()  # 上年结转的2件申请中，1件予以公开

    def _own_count_follows(self, quantity: Quantity) -> bool:
        """Whether the sentence goes on to the unit itself: 全区收到申请430件，其中我局20件 writes its own count."""
        rest = self.sentence.plain[quantity.end :]
        return any(word.marker == "own" for word in lexicon().words_of(rest))

    def _counts_some(self, left: Sequence[Word]) -> bool:
        """Whether a word that is not known stands before the requests that are counted: 收到征地拆迁…申请."""
        return any(word.name == UNKNOWN and after.name in APPLIED for word, after in pairwise(left))

    def _claim(self, left: Sequence[Word], right: Sequence[Word], quantity: Quantity, number: Decimal) -> Claim | None:
        key = key_of(left, right)
        said = Claim(
            kind="figure",
            sentence=self.sentence.said,
            words=quantity.text,
            number=number,
            unit=quantity.unit,
            decimals=quantity.decimals,
            at_least=quantity.number is None,
            scope=self.context.scope,
        )
        rest = _OF_DISPUTES.split(self.sentence.plain[quantity.end : quantity.end + _REST])[0]
        phrase = phrase_for(self.context, key, lexicon().optional, said.unit) if key is not None else None
        if phrase is not None:
            return self._of_phrase(said, phrase, rest)
        if key == (FIGURE,) and adds_up(quantity, self.read):
            return self._total(said)
        before = self.found[-1].claim if self.found else None
        found = of_another(self.context, before, said, key) if key is not None and self.context.clear else None
        if found is not None and found.kind == "change":
            return replace(found, words=f"{turn(left)}{said.words}")
        return found or self._guessed(said, left, right, rest)

    def _guessed(self, said: Claim, left: Sequence[Word], right: Sequence[Word], rest: str) -> Claim | None:
        """A figure whose words make a phrase once those are passed over that only qualify it: right in any reading."""
        for key, optional in shorter(left, right):
            phrase = phrase_for(self.context, key, optional, said.unit, guessed=True)
            if phrase is None:
                continue
            found = self._of_phrase(said, phrase, rest) if counts_that(self.context, phrase, key, said, rest) else None
            if found is None:
                return None
            means = (*found.means, *(sums for _, sums in found.also))
            return replace(found, means=means, also=(), loose=True, guessed=True)
        return None

    def _total(self, said: Claim) -> Claim | None:
        """What a list comes to that does not say again what it counts: requests by way, documents by maker."""
        key = totalled(self.sentence.plain) if self.context.clear else None
        if key is None:
            return None
        (phrase, *_) = lexicon().phrases[key]
        return replace(said, means=resolved(self.context, phrase.means), loose=True, guessed=True)

    def _of_phrase(self, said: Claim, phrase: Phrase, rest: str) -> Claim | None:
        """A figure of some cells; None where it may count what the table counts in another row."""
        if phrase.parts is not None and (said_in := _BROKEN_DOWN.match(rest)):
            named = next((word.name for word in lexicon().words_of(rest[said_in.end() :]) if word.marker is None), None)
            if named not in phrase.parts:
                return None  # 予以公开15件，其中部分公开3件
        if phrase.unless and phrase.excluded_by(_HANDED_DOWN.sub("", lexicon().without_rows(rest))):
            return None
        means = phrase.means
        if phrase.carried and (included := _INCLUDED.search(rest)):
            certain = included.start() == 0 and not _BESIDE.match(rest)
            means = phrase.carried if certain else (*phrase.means, *phrase.carried)
        elif phrase.carried and "新收" in rest:
            means = (*phrase.means, *phrase.carried)  # 受理59件，其中新收47件
        cells = resolved(self.context, means)
        if not cells:
            return None
        go_on_with(self.context, phrase)
        also = tuple((label, sums[0]) for label, one in phrase.also if (sums := resolved(self.context, (one,))))
        # 收到20件，办结19件，结转1件: of those that came in the year
        if self.context.carried and phrase.topic == "closed":
            cells, also = (*cells, *(sums for _, sums in also)), ()
        return replace(said, means=cells, also=also, loose=phrase.loose)

    def _said_of_all(self, clause: Clause) -> None:
        """What is denied of all that was just counted: 行政复议6件、行政诉讼4件均未被纠错."""
        behind = clause.part(clause.quantities[-1].end, clause.end)
        if behind.startswith(_OF_ALL) and self.context.clear:
            self._denial(list(lexicon().words_of(behind)))

    def _statement(self, clause: Clause) -> None:
        words = list(lexicon().words_of(clause.whole))
        self.context.notice(words, clause, lexicon())
        if self.context.clear and self._denial(words):
            return
        key = key_of(words, None)
        if key is None and self.context.topic == START:
            key = key_of(heading(words), None)
        turn_to_heading(self.context, key)

    def _denial(self, words: Sequence[Word]) -> bool:
        """Whether words without a figure say that there is none of something."""
        key = key_of(words, None)
        phrase = phrase_for(self.context, key, _NAMED_OR_NOT) if key else None
        guessed = phrase is None
        if guessed:
            phrases = (phrase_for(self.context, one, frozenset(), guessed=True) for one in denied(words))
            phrase = next(filter(None, phrases), None)
        if phrase is None:
            return False
        means = resolved(self.context, phrase.means)
        if not means:
            return True
        also = tuple((label, sums[0]) for label, one in phrase.also if (sums := resolved(self.context, (one,))))
        go_on_with(self.context, phrase)
        claim = Claim(
            kind="nothing",
            sentence=self.sentence.said,
            words=from_its_matter(words),
            number=Decimal(0),
            means=means,
            also=also,
            scope=self.context.scope,
            loose=phrase.loose or guessed,
            guessed=guessed,
        )
        self.found.append(SaidFigure(self.sentence.said, claim.words, claim, counted=False))
        return True
