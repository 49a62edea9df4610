"""Reads a text for its claims: figures and statements whose words pin certain cells, with the words they stand in.

A claim is made only where every word of the clause is known and the words make one phrase of the lexicon; what came
before decides whether it is the unit's own figure of the year (`paragraph_context`). The tables are not looked at here.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from itertools import pairwise

from gongkai.submission.narrative.breakdowns import broken_down, without_parts
from gongkai.submission.narrative.claims import Claim, SaidFigure
from gongkai.submission.narrative.lexicon import FIGURE, UNKNOWN, Key, Phrase, Word
from gongkai.submission.narrative.lexicon_file import lexicon
from gongkai.submission.narrative.paragraph_context import APPLIED, ParagraphContext
from gongkai.submission.narrative.phrases_in_context import go_on_with, of_kinds, resolved, turn_to_heading, understood
from gongkai.submission.narrative.qualifying import denied, skipped
from gongkai.submission.narrative.quantities import Quantity
from gongkai.submission.narrative.rewriting import Names
from gongkai.submission.narrative.sentences import Clause, Sentence, paragraphs
from gongkai.submission.narrative.surroundings import around, from_its_matter, key_of, turn

_NAMED_OR_NOT = frozenset({"公开"})  # all that a statement may leave out: 均及时答复 is not 均答复
_OF_WHICH = "其中"
_LIST = 3  # different outcomes with figures make a list of them
_REST = 60  # characters behind a figure that may say what it includes
_BESIDE = 12
_ALL_OF_THEM = re.compile("(?:均|都|全部)(?:为|是|属于|属)(?:政府)?信息公开(?:类|申请)")
_INCLUDED = re.compile("[，,、；;（(]?(?:其中|含|包括|包含)[^，,；;（(）)]{0,8}(?:结转|接办上年)(?!下|[至到转]下)")
_WAYS = frozenset({"网络", "信函", "当面", "传真", "线下"})
_OF_ALL_KINDS = re.compile("其中[^；;]*(?:申请|公开)")
_BROKEN_DOWN = re.compile("[，,、（(]?(?:其中|含|包括|包含)")


def read(text: str, names: Names) -> list[Claim]:
    """The claims of a text, in its order."""
    return [said.claim for said in read_figures(text, names) if said.claim is not None]


def read_figures(text: str, names: Names) -> list[SaidFigure]:
    """Every figure and statement of a text, in its order, understood or not; then what its parts add up to."""
    found: list[SaidFigure] = []
    context = ParagraphContext()
    for paragraph in paragraphs(text, names):
        context.next_paragraph()
        for sentence in paragraph:
            if sentence.plain.startswith(_OF_WHICH):
                context.go_on()
            said: list[SaidFigure] = []
            _Reader(sentence, context, said).sentence_s_clauses()
            found += [*without_parts(said), *broken_down(sentence)]
            context.next_sentence()
    return found


@dataclass
class _Reader:
    """Reads one sentence."""

    sentence: Sentence
    context: ParagraphContext
    found: list[SaidFigure] = field(default_factory=list)

    def sentence_s_clauses(self) -> None:
        named = {word.name for clause in self.sentence.clauses for word in self._with_figures(clause)}
        self.context.named |= _ALL_OF_THEM.search(self.sentence.plain) is not None
        kinds = lexicon().qualifying.other_disputes
        self.context.other_disputes = any(word in self.sentence.plain for word in kinds)
        self.context.listed = len(named & lexicon().outcomes) >= _LIST
        self.context.channels = len(named & _WAYS) > 1 and "申请" in self.sentence.plain
        self.clauses(self.sentence.clauses)

    def _with_figures(self, clause: Clause) -> Iterator[Word]:
        return lexicon().words_of(clause.whole) if clause.quantities else iter(())

    def clauses(self, clauses: Iterable[Clause]) -> None:
        for clause in clauses:
            if clause.before in ("；", ";"):
                self.context.part = False
                if self.context.topic in ("applicant", "channel"):
                    self.context.topic = "received"  # the list of those who applied is over
            if clause.quantities:
                for at in range(len(clause.quantities)):
                    self._figure(clause, at)
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
        if number is not None and self.context.clear:
            claim = self._claim(left, right, quantity, number)
        if quantity.number is not None and quantity.unit in lexicon().counters["requested"]:
            self.context.begun = True
            if quantity.unit in lexicon().counters["cases"]:
                self.context.counts.append(quantity.number)
        self.found.append(SaidFigure(self.sentence.said, quantity.text, claim))
        if claim is None:
            self.context.narrowed |= self._counts_some(left)
            if quantity.unit in lexicon().counters["cases"]:
                self.context.lose()
            elif quantity.unit not in lexicon().counters["percent"]:
                self.context.last = None
            return
        if claim.kind == "figure":
            self.context.last = claim

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
        rest = self.sentence.plain[quantity.end : quantity.end + _REST]
        phrase = self._phrase(key, lexicon().optional, said.unit) if key is not None else None
        if phrase is not None:
            return self._of_phrase(said, phrase, rest)
        found = self._of_another(said, key) if key is not None else None
        if found is not None and found.kind == "change":
            return replace(found, words=f"{turn(left)}{said.words}")
        return found or self._guessed(said, left, right, rest)

    def _guessed(self, said: Claim, left: Sequence[Word], right: Sequence[Word], rest: str) -> Claim | None:
        """A figure whose words make a phrase once those are passed over that only qualify it: right in any reading."""
        around_it = skipped(left, right)
        key = key_of(*around_it) if around_it is not None else None
        phrase = self._phrase(key, lexicon().optional, said.unit, guessed=True) if key else None
        found = self._of_phrase(said, phrase, rest) if phrase is not None else None
        if found is None:
            return None
        if said.unit not in lexicon().counters["cases"] and phrase.topic in lexicon().outcome_topics:
            return None  # 核对公开事项138项
        if phrase.named and not self.context.named and _OF_ALL_KINDS.search(rest):
            return None  # 收到申请30件，其中低保申请20件
        means = (*found.means, *(sums for _, sums in found.also))
        return replace(found, means=means, also=(), loose=True, guessed=True)

    def _of_phrase(self, said: Claim, phrase: Phrase, rest: str) -> Claim | None:
        """A figure of some cells; None where it may count what the table counts in another row."""
        if phrase.parts is not None and (said_in := _BROKEN_DOWN.match(rest)):
            named = next((word.name for word in lexicon().words_of(rest[said_in.end() :]) if word.marker is None), None)
            if named not in phrase.parts:
                return None  # 予以公开15件，其中部分公开3件
        if phrase.excluded_by(lexicon().without_rows(rest)):
            return None
        means = phrase.means
        if phrase.carried and (included := _INCLUDED.search(rest)):
            means = phrase.carried if included.start() == 0 else (*phrase.means, *phrase.carried)
        cells = resolved(self.context, means)
        if not cells:
            return None
        go_on_with(self.context, phrase)
        also = tuple((label, sums[0]) for label, one in phrase.also if (sums := resolved(self.context, (one,))))
        return replace(said, means=cells, also=also, loose=phrase.loose)

    def _of_another(self, said: Claim, key: Key) -> Claim | None:
        """A share of, or a change against, the figure before it; or a rate."""
        known, last = lexicon(), self.context.last
        is_percent = said.unit in known.counters["percent"]
        if is_percent and (rate := known.rates.get(key)):
            quotients = [
                pair
                for one in rate.quotients
                for pair in zip(*(of_kinds(self.context, part) for part in one), strict=True)
            ]
            return replace(said, kind="rate", quotients=tuple(quotients)) if self.context.topic in rate.after else None
        if is_percent and key in known.shortened:
            stated = last if last is not None and self.context.topic == "average" else None
            if stated is None and not (self.context.named or self.context.requests):
                return None  # the time of licences is shortened too
            return replace(said, kind="shortening", of=stated, means=("register.shortening",), loose=True)
        if is_percent and (share := self._share_alone(said, key)):
            return share
        if last is None or last.scope != said.scope:
            return None
        if is_percent and key in known.share:
            wholes = [one for share in known.shares if self.context.topic in share.after for one in share.of]
            beside = tuple(self.context.counts[-_BESIDE:])
            return (
                replace(said, kind="share", of=last, means=resolved(self.context, wholes), beside=beside)
                if wholes
                else None
            )
        rises, falls = known.rises, known.falls
        before = self.found[-1].claim if self.found else None
        if before is not None and before.kind == "change" and before.of is last:
            rises, falls = rises | known.further_rises, falls | known.further_falls
        if key in rises | falls and (is_percent or said.unit == last.unit):
            return replace(said, kind="change", of=last, sign=1 if key in rises else -1)
        return None

    def _share_alone(self, said: Claim, key: Key) -> Claim | None:
        """网络占55%: a share whose count is not written; the register or the table has it."""
        named = next((key[: -len(share)] for share in lexicon().share if key[-len(share) :] == share), key[:-1])
        if not named or FIGURE in named:
            return None
        phrase = self._phrase((*named, FIGURE), frozenset(), "件")
        shares = [share for share in lexicon().shares if phrase is not None and phrase.topic in share.after]
        if phrase is None or not shares or (len(named) == len(key) - 1 and phrase.topic != "channel"):
            return None
        go_on_with(self.context, phrase)
        of = replace(said, at_least=True, number=Decimal(0), means=resolved(self.context, phrase.means), unit="件")
        wholes = resolved(self.context, [one for share in shares for one in share.of])
        return replace(
            said, kind="share", of=of, means=wholes, loose=True, beside=tuple(self.context.counts[-_BESIDE:])
        )

    def _statement(self, clause: Clause) -> None:
        words = list(lexicon().words_of(clause.whole))
        self.context.notice(words, clause, lexicon())
        key = key_of(words, None)
        phrase = self._phrase(key, _NAMED_OR_NOT) if key and self.context.clear else None
        guessed = phrase is None and self.context.clear
        if guessed:
            phrases = (self._phrase(one, frozenset(), guessed=True) for one in denied(words))
            phrase = next(filter(None, phrases), None)
        if phrase is None:
            turn_to_heading(self.context, key)
            return
        means = resolved(self.context, phrase.means)
        if not means:
            return
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

    def _phrase(
        self, key: Key, optional: frozenset[str], unit: str | None = None, *, guessed: bool = False
    ) -> Phrase | None:
        """The phrase that the words make, as they are or without optional ones, if it fits counter and topic."""
        known = lexicon()
        for phrase in known.phrases_of(key, optional):
            counted = phrase.zero if unit is None else not phrase.zero and unit in known.counters[phrase.units]
            if counted and understood(self.context, phrase, guessed=guessed):
                return phrase
        return None
