"""One district of a city: the very steps of a run, done plainly in whatever process a cluster has free.

What goes wrong with one district is its outcome and never an exception: the others do not know of it.
"""

import gc
from dataclasses import replace
from time import monotonic
from typing import Any

from expectations.catalogue import rules_version
from flows.annual import work
from flows.order import Order, complete_order
from gongkai import __version__
from gongkai.city.districts import DistrictOrder
from gongkai.city.nothing_new import before_it, holds, is_marked, keep
from gongkai.city.outcome import DistrictOutcome, Ended, outcome_of
from gongkai.errors import GongkaiError
from gongkai.file_access import refusal
from gongkai.profile.loader import profile_sha256
from gongkai.submission.privacy.edition import edition
from tasks.step import plainly


def run_district(wanted: DistrictOrder) -> DistrictOutcome:
    """Runs one district, unless nothing of it is new."""
    begun = monotonic()
    gc.collect()  # of the district before, during which the collector hardly looked
    try:
        with plainly(wanted.code):
            ended, reason = _run(wanted)
        if ended is not Ended.FAILED:
            return outcome_of(wanted.code, wanted.out / str(wanted.year), ended, monotonic() - begun)
    except GongkaiError as error:
        reason = str(error)
    except OSError as error:
        reason = refusal(error)
    except Exception as error:  # noqa: BLE001  # whatever stops one district, the others go on
        reason = f"{type(error).__name__}：{error}"
    return DistrictOutcome(wanted.code, Ended.FAILED, seconds=monotonic() - begun, reason=reason)


def unchanged(wanted: DistrictOrder) -> DistrictOutcome | None:
    """The outcome of a district of which nothing is new; None where it is to be run, which also tells what is wrong."""
    if not is_marked(wanted.out, wanted.year):
        return None
    begun = monotonic()
    try:
        with plainly(wanted.code):
            order = _order(wanted)
            if _stands(order, before_it(order.inbox, _circumstances(order))):
                return outcome_of(wanted.code, wanted.out / str(wanted.year), Ended.UNCHANGED, monotonic() - begun)
    except Exception:  # noqa: BLE001  # a question only: whatever is wrong, the run itself says it
        return None
    return None


def _run(wanted: DistrictOrder) -> tuple[Ended, str]:
    if wanted.program != __version__:
        return Ended.FAILED, f"处理它的机器装的是 gongkai {__version__}，发起运行的是 {wanted.program}：请装同一版本"
    order = _order(wanted)
    before = before_it(order.inbox, _circumstances(order))
    if _stands(order, before):
        return Ended.UNCHANGED, ""
    state = work(order)
    if not state.is_completed():
        return Ended.FAILED, str(state.message)
    keep(order.out, order.year, order.warehouse, before)
    return Ended.DONE, ""


def _order(wanted: DistrictOrder) -> Order:
    order = complete_order(
        year=wanted.year,
        units=[],
        stages=[],
        inbox=wanted.inbox,
        out=wanted.out,
        profile=wanted.profile,
        as_of=wanted.as_of,
        warehouse=wanted.warehouse,
        key=wanted.key,
    )
    return replace(order, sources=())  # mail and remote folders are one district's own business, not each of theirs


def _stands(order: Order, before: str) -> bool:
    return order.key.is_file() and holds(order.out, order.year, order.warehouse, before)


def _circumstances(order: Order) -> dict[str, Any]:
    """What beside the inbox decides a run; a clock that nobody named decides by its day."""
    return {
        "year": order.year,
        "moment": order.as_of.date() if order.by_the_clock else order.as_of,
        "profile": profile_sha256(order.profile),
        "program": __version__,
        "rules": rules_version(),
        "privacy": edition(),
    }
