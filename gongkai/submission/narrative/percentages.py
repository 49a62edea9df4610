"""Figures that are about another one: shares, changes against last year, rates, and by how much a time was shortened.

What they may be a share or a rate of is data in the lexicon; whether they come out is computed in `judging`.
"""

from dataclasses import replace
from decimal import Decimal

from gongkai.submission.narrative.lexicon import FIGURE, Key
from gongkai.submission.narrative.lexicon_file import lexicon
from gongkai.submission.narrative.paragraph_context import ParagraphContext
from gongkai.submission.narrative.phrases_in_context import go_on_with, of_kinds, phrase_for, resolved
from gongkai.submission.narrative.text_claims import Claim

_BESIDE = 12  # counts of the paragraph that a share may be a share of


def of_another(context: ParagraphContext, before: Claim | None, said: Claim, key: Key) -> Claim | None:
    """A share of, or a change against, the figure before it; or a rate. `before` is the claim read just before."""
    known, last = lexicon(), context.last
    is_percent = said.unit in known.counters["percent"]
    if is_percent and (rate := known.rates.get(key)):
        quotients = [
            pair for one in rate.quotients for pair in zip(*(of_kinds(context, part) for part in one), strict=True)
        ]
        return replace(said, kind="rate", quotients=tuple(quotients)) if context.topic in rate.after else None
    if is_percent and key in known.shortened:
        stated = last if last is not None and context.topic == "average" else None
        if stated is None and not (context.named or context.requests):
            return None  # the time of licences is shortened too
        return replace(said, kind="shortening", of=stated, means=("register.shortening",), loose=True)
    if is_percent and (share := _share_alone(context, said, key)):
        return share
    if last is None or last.scope != said.scope:
        return None
    if is_percent and key in known.share:
        wholes = [one for share in known.shares if context.topic in share.after for one in share.of]
        beside = tuple(context.counts[-_BESIDE:])
        return replace(said, kind="share", of=last, means=resolved(context, wholes), beside=beside) if wholes else None
    rises, falls = known.rises, known.falls
    if before is not None and before.kind == "change" and before.of is last:
        rises, falls = rises | known.further_rises, falls | known.further_falls
    if key in rises | falls and (is_percent or said.unit == last.unit):
        return replace(said, kind="change", of=last, sign=1 if key in rises else -1)
    return None


def _share_alone(context: ParagraphContext, said: Claim, key: Key) -> Claim | None:
    """网络占55%: a share whose count is not written; the register or the table has it."""
    named = next((key[: -len(share)] for share in lexicon().share if key[-len(share) :] == share), key[:-1])
    if not named or FIGURE in named:
        return None
    phrase = phrase_for(context, (*named, FIGURE), frozenset(), "件")
    shares = [share for share in lexicon().shares if phrase is not None and phrase.topic in share.after]
    if phrase is None or not shares or (len(named) == len(key) - 1 and phrase.topic != "channel"):
        return None
    go_on_with(context, phrase)
    of = replace(said, at_least=True, number=Decimal(0), means=resolved(context, phrase.means), unit="件")
    wholes = resolved(context, [one for share in shares for one in share.of])
    return replace(said, kind="share", of=of, means=wholes, loose=True, beside=tuple(context.counts[-_BESIDE:]))
