"""What a phrase of the lexicon means after all that the paragraph has said: whether it fits, of which kinds it speaks.

What has been said is kept in `paragraph_context`; which words make a phrase is the reader's business.
"""

from collections.abc import Sequence
from fnmatch import fnmatchcase

from gongkai.national_format.figures import DISPUTE_KINDS, DISPUTES, NEW_REQUESTS, OUTCOME_TOTAL
from gongkai.submission.narrative.documents import divides
from gongkai.submission.narrative.lexicon import Key, Phrase
from gongkai.submission.narrative.lexicon_file import lexicon
from gongkai.submission.narrative.paragraph_context import LOST, START, ParagraphContext

_OF_REQUESTS = ("closed", "outcome")
_APPLICANTS, _CLOSED = "applicant", "closed"
_WHOLE = (NEW_REQUESTS, OUTCOME_TOTAL)
_NONE_SO_FAR = ("received", "disputes", "normative", "decisions", "fees")  # none until now is none in the year


def turn_to_heading(context: ParagraphContext, key: Key | None) -> None:
    """Turns to the topic that a clause names; where it is not understood, what follows is not either."""
    heading = lexicon().headings.get(key or ())
    if heading is None:
        if context.soft and key is None:
            context.lose()
        return
    if heading.soft:
        if context.topic == START:
            context.topic, context.soft = heading.topic, True
        return
    spoken_of = context.topic in heading.after or (context.topic == START and (context.requests or context.channels))
    if heading.after and not spoken_of:
        context.lose()
    else:
        context.topic = heading.topic


def phrase_for(
    context: ParagraphContext, key: Key, optional: frozenset[str], unit: str | None = None, *, guessed: bool = False
) -> Phrase | None:
    """The phrase that the words make, as they are or without optional ones, if it fits counter and topic."""
    known = lexicon()
    for phrase in known.phrases_of(key, optional):
        counted = phrase.zero if unit is None else not phrase.zero and unit in known.counters[phrase.units]
        if counted and understood(context, phrase, guessed=guessed):
            return phrase
    return None


def understood(context: ParagraphContext, phrase: Phrase, *, guessed: bool = False) -> bool:
    """Whether what was said so far lets the phrase mean its cells; less is asked where words were passed over."""
    if guessed and (phrase.published or not (phrase.explicit or phrase.topic in lexicon().qualifying.topics)):
        return False
    if divides(context.divided, phrase) or not _listed(context, phrase):
        return False
    if context.until and not (context.dated or phrase.stock or (phrase.zero and phrase.topic in _NONE_SO_FAR)):
        return False
    if phrase.named and not (_named(context, phrase) or context.channels or (guessed and context.opening)):
        return False
    if not context.whole and (phrase.topic == _APPLICANTS or (phrase.zero and phrase.topic == _CLOSED)):
        return False  # 上年结转2件，自然人2件，全部办结
    if (phrase.whole and context.part) or (phrase.first and (context.begun or context.part)):
        return False
    if not phrase.after or context.topic in phrase.after:
        return True
    if context.channels and phrase.topic == "channel" and context.topic == START:
        return True
    if context.of_documents and phrase.topic == "normative":
        return True
    if context.listed and phrase.alone and not context.narrowed:
        return True
    if (
        context.carried
        and context.topic == START
        and context.fresh
        and phrase.topic in _OF_REQUESTS
        and not phrase.zero
    ):
        return True
    if guessed and phrase.after >= lexicon().disputed and phrase.topic == "disputes":
        asked = context.asked and context.before_clear and not context.begun
        alone = context.topic == START or (context.topic == LOST and (context.named or asked))
        return alone and not (context.part or context.other_disputes)
    if guessed and phrase.explicit and context.topic not in lexicon().disputed:
        return True
    if guessed and phrase.alone and context.topic == START and not context.part:
        return True
    goes_on = context.requests and not phrase.zero and not phrase.after.isdisjoint(lexicon().requests)
    return context.topic == START and context.fresh and (phrase.alone or goes_on)


def _listed(context: ParagraphContext, phrase: Phrase) -> bool:
    """Whether a phrase of a list of documents stands in one; where such a list names other matters, no other phrase."""
    if phrase.straight and (context.unread or context.part):
        return False
    if not phrase.published:
        return context.clear
    return context.published and context.topic != phrase.topic


def _named(context: ParagraphContext, phrase: Phrase) -> bool:
    """Whether the sentence has spoken of disclosure; how long replies take is said behind requests too."""
    return context.named or ((context.requests or context.applied) and phrase.topic == "average")


def go_on_with(context: ParagraphContext, phrase: Phrase) -> None:
    context.topic, context.soft = phrase.topic, False
    counted, _, _ = phrase.means[0].rpartition(".")
    if phrase.topic != _APPLICANTS and not counted.startswith("register."):
        context.whole = phrase.means[0].startswith(_WHOLE)
    kinds = tuple(kind for kind in DISPUTE_KINDS if fnmatchcase(f"{DISPUTES}.{kind}", counted))
    if kinds:
        context.latest = kinds
        context.kinds = tuple(kind for kind in DISPUTE_KINDS if kind in (*context.kinds, *kinds))


def resolved(context: ParagraphContext, sums: Sequence[str]) -> tuple[str, ...]:
    """The sums with the kinds of dispute that the sentence speaks of in the place of `@`."""
    return tuple(found for one in sums for found in of_kinds(context, one) if found)


def of_kinds(context: ParagraphContext, terms: str) -> tuple[str, ...]:
    """One sum for all kinds of dispute of the sentence, and for those of its last figure."""
    if "@" not in terms:
        return (terms,)
    kinds = dict.fromkeys((context.kinds, context.latest))
    return tuple(" + ".join(terms.replace("@", kind) for kind in mentioned) for mentioned in kinds)
