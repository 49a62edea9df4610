"""What a new version of a card changes and why, in general terms: what came of others is told, never of whom.

The unit's own decision is named; another unit's appeal is not.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping
from typing import Any

from gongkai.assessment.scorecard import Scorecard
from gongkai.profile.loader import profile_sha256
from gongkai.warehouse.records import YearState
from gongkai.warehouse.rows.issued_cards import IssuedCard

PRINTED = frozenset(
    ("checked", "score", "problem", "penalty", "bonus", "veto", "rectification", "confirmation", "rejection")
)
"""The kinds of the office's entries that a card prints or that its points follow from; decisions it lists itself."""

_OWN_POINTS = {"bonus": "加分", "penalty": "通报扣分"}


def grounds_of(card: Scorecard, state: YearState) -> dict[str, Any]:
    """What a card follows from: its unit's accepted file, the entries on it, the scheme; and what points were lost for.

    The kinds of what was lost are what next year's look-back goes by. No unit reads them, so they are no content.
    """
    accepted = state.unit(card.unit).accepted
    entries = [one.said() for one in state.inspections if one.unit == card.unit and one.kind in PRINTED]
    return {
        "accepted": accepted.sha256 if accepted else None,
        "entries": hashlib.sha256(json.dumps(entries, default=str).encode()).hexdigest(),
        "profile": profile_sha256(state.profile),
        "kinds": {one.entry: list(one.kinds) for one in card.rectification if one.kinds},
    }


def changes_between(issued: IssuedCard, content: Mapping[str, Any], grounds: Mapping[str, Any]) -> Iterator[str]:
    """What differs from the issued content and why: the head first, then the lines in their order.

    Args:
        issued: the card that was issued last.
        content: what it says now.
        grounds: what it follows from now.
    """
    before, why = issued.content, _why(issued.grounds, grounds)
    lines = [*_lines(before, content, why), *_further(before, content, why)]
    head = list(_head(before, content))
    if head and not lines:
        lines = ["本单位各项得分没有变化；组内其他单位的得分经复核有变化，名次随之变化"]
    yield f"取代第 {issued.version} 版（{issued.issued_at.date()} 签发）"
    yield from (*head, *lines) if head or lines else ["得分、等次和名次没有变化，说明、申报或整改事项有更新"]


def _head(before: Mapping[str, Any], now: Mapping[str, Any]) -> Iterator[str]:
    for key, label, word in (("total", "总分", "{}"), ("grade", "等次", "{}"), ("rank", "名次", "第 {} 名")):
        if before.get(key) != now.get(key):
            was, new = (word.format(said[key]) if said.get(key) is not None else "无" for said in (before, now))
            yield f"{label}由{was}变为{new}"
    then, joint = ((said.get("authority") or {}).get("total") for said in (before, now))
    if then != joint:
        yield f"机关得分由{then or '无'}变为{joint or '无'}"


def _lines(before: Mapping[str, Any], now: Mapping[str, Any], why: str) -> Iterator[str]:
    known = {line["code"]: line for line in before["indicators"]}
    told = [(one["entry"], one["indicator"], one["on"], one["after"]) for one in before["decisions"]]
    decided = {
        one["indicator"]: one["on"]
        for one in now["decisions"]
        if (one["entry"], one["indicator"], one["on"], one["after"]) not in told
    }
    for line in now["indicators"]:
        was = known.get(line["code"], {}).get("score")
        if was != line["score"]:
            reason = f"依据 {decided[line['code']]} 对本单位的决定" if line["code"] in decided else why
            named = f"{line['code']} {line['label']}"
            yield f"{named}由{_points(was)}变为{_points(line['score'])}（{reason}）"


def _further(before: Mapping[str, Any], now: Mapping[str, Any], why: str) -> Iterator[str]:
    for key, label in _OWN_POINTS.items():
        if before[key] != now[key]:
            yield f"{label}由{_points(before[key])}变为{_points(now[key])}（{why}）"
    if before["vetoes"] != now["vetoes"]:
        yield f"一票否决事项有变化（{why}）"


def _why(before: Mapping[str, Any], now: Mapping[str, Any]) -> str:
    """Why a line of the unit's own differs where no decision says so."""
    if before.get("accepted") != now["accepted"]:
        return "本单位受理的材料有更正"
    if before.get("entries") != now["entries"]:
        return "对本单位的检查、确认等记录有更正"
    if before.get("profile") != now["profile"]:
        return "考核方案或其他设置有调整"
    return "计分所依据的数据有更正"


def _points(score: str | None) -> str:
    return "不适用" if score is None else f" {score} 分"
