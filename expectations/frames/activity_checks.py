"""The activity figures (年度工作数据) against each other, against the registers and against the dates of the file.

Part of the `figures` frame: one row a submission. What cannot be is an error; what only seldom is, a query or notice.
"""

from datetime import date
from decimal import Decimal
from functools import partial

from expectations.frames.shapes import ComparedValues, Facts, Number, SubmissionUnderCheck, apart
from gongkai.law.clocks import IN_FORCE_FROM, UNPAID
from gongkai.national_format.figures import of_disputes
from gongkai.submission.fields import groups
from gongkai.submission.form import Origin

_REVIEWS_ENDED = ("attribute_reviews_opened", "attribute_reviews_to_public")
_IN_PLACE = 4  # organisation, staff, rules, funds: the figure's own label names them
_CORRECTED = of_disputes("corrected")


def check(entry: SubmissionUnderCheck) -> dict[str, ComparedValues]:
    """What the rules about activity figures compare in one submission; what is missing compares with nothing.

    A whole district's figures are sums over units that need not all have given both: nothing in them binds one to
    another, and their own units were asked.
    """
    own = _training(entry) | _in_step(entry) if entry.submission.below is None else {}
    return own | _reviewed(entry) | _fees(entry) | _portal(entry) | _district(entry) | _days(entry)


def _training(entry: SubmissionUnderCheck) -> dict[str, ComparedValues]:
    """ACT-TRAINING, ACT-ATTENDANCE and ACT-EXPECTED: who came, who should have, and whether there was anything."""
    found = {}
    came, sessions, expected = (_figure(entry, f"training_{what}") for what in ("attendees", "sessions", "expected"))
    if came is not None and sessions is not None:
        described = partial(_describe, entry, "training_attendees", came, 0, ("training_sessions",))
        found["ACT-TRAINING"] = ComparedValues(came if sessions == 0 else 0, 0, described)
    if came is not None and expected is not None and sessions != 0:
        described = partial(_describe, entry, "training_attendees", came, expected, ("training_expected",))
        found["ACT-ATTENDANCE"] = ComparedValues(came, expected, described)
    if sessions is not None and expected is not None:
        described = partial(
            _describe, entry, "training_expected", expected, 1, ("training_sessions",), sessions=sessions
        )
        found["ACT-EXPECTED"] = ComparedValues(max(expected, 0 if sessions else 1), 1, described)
    return found


def _in_step(entry: SubmissionUnderCheck) -> dict[str, ComparedValues]:
    """ACT-OPENED and ACT-RULES: no more was opened than reviewed, no more is in place than there can be."""
    found = {}
    if (reviewed := _figure(entry, "attribute_reviews")) is not None:
        ended = {key: n for key in _REVIEWS_ENDED if (n := _figure(entry, key)) is not None}
        if ended:
            field, most = max(ended.items(), key=lambda one: one[1])
            described = partial(_describe, entry, field, most, reviewed, ("attribute_reviews",))
            found["ACT-OPENED"] = ComparedValues(most, reviewed, described)
    if (in_place := _figure(entry, "rules_in_place")) is not None:
        described = partial(_describe, entry, "rules_in_place", in_place, _IN_PLACE)
        found["ACT-RULES"] = ComparedValues(in_place, _IN_PLACE, described)
    return found


def _reviewed(entry: SubmissionUnderCheck) -> dict[str, ComparedValues]:
    """ACT-REVIEWED: no more cases were looked into than were corrected this year and last."""
    reviewed = _figure(entry, "corrected_cases_reviewed")
    known = [numbers.get(where) for numbers in (entry.numbers, entry.last_numbers) for where in _CORRECTED]
    if reviewed is None or None in known:
        return {}
    corrected = sum(number for number in known if number is not None)
    described = partial(
        _describe, entry, "corrected_cases_reviewed", reviewed, corrected, last_report=entry.last_report
    )
    return {"ACT-REVIEWED": ComparedValues(reviewed, corrected, described)}


def _fees(entry: SubmissionUnderCheck) -> dict[str, ComparedValues]:
    """ACT-FEES: the processing fees are those that the register shows as paid in the year."""
    fees = entry.submission.value("activities.processing_fees_yuan")
    if fees is None or "register" not in entry.submission.reported:
        return {}
    cases = entry.list_columns("register")
    with_fee = cases.at("fee_yuan") if cases is not None else ()
    charged = [case for at in with_fee if cases is not None and (case := cases.record(int(at)))["fee_yuan"]]
    if entry.any_unsure("register", "fee_yuan", "fee_paid_on", "outcome") or any(
        case["fee_paid_on"] is None and case["outcome"] != UNPAID for case in charged
    ):
        return {}  # whether and when it was paid is not stated
    year = entry.submission.year
    paid = sum(
        (case["fee_yuan"] for case in charged if case["fee_paid_on"] and case["fee_paid_on"].year == year), Decimal(0)
    )
    return {"ACT-FEES": ComparedValues(fees, paid, partial(_describe, entry, "processing_fees_yuan", fees, paid))}


def _portal(entry: SubmissionUnderCheck) -> dict[str, ComparedValues]:
    """ACT-PORTAL: what the list of documents shows as published with an address in the year is on the portal."""
    items, year = _figure(entry, "portal_items"), entry.submission.year
    documents = entry.submission.records("documents")
    listed = sum(
        d["url"] is not None and d["published_on"] is not None and d["published_on"].year == year for d in documents
    )
    if items is None or not listed:
        return {}
    return {"ACT-PORTAL": ComparedValues(items, listed, partial(_describe, entry, "portal_items", items, listed))}


def _district(entry: SubmissionUnderCheck) -> dict[str, ComparedValues]:
    """ACT-DISTRICT: the whole district's portal is counted by the office; a unit gives its own items only."""
    items = entry.submission.value("activities.portal_items_district")
    if items is None or entry.unit is None or entry.unit.kind == "office":
        return {}
    described = partial(_describe, entry, "portal_items_district", items, 0)
    return {"ACT-DISTRICT": ComparedValues(1, 0, described)}


def _days(entry: SubmissionUnderCheck) -> dict[str, ComparedValues]:
    """ACT-DATES and ACT-PLANNED: a report appears after its year; a guide is no older than the regulation."""
    year, received = entry.submission.year, entry.received_on
    faults: list[tuple[str, date, date, str]] = []
    report = entry.submission.value("activities.report_published_on")
    if report is not None and report.year <= year:
        faults.append(
            ("report_published_on", report, date(year + 1, 1, 1), f"早于 {date(year + 1, 1, 1)}，此时年度尚未结束")
        )
    elif report is not None and report.year > max(received.year, year + 1):  # a plan may run ahead, not by a year
        faults.append(
            ("report_published_on", report, received, f"晚于收到本文件的年份（{received} 收到），不可能已经公布")
        )
    guide = entry.submission.value("activities.guide_updated_on")
    if guide is not None and guide > received:
        faults.append(("guide_updated_on", guide, received, f"晚于本文件的收到日期 {received}"))
    elif guide is not None and guide < IN_FORCE_FROM:
        faults.append(("guide_updated_on", guide, IN_FORCE_FROM, f"早于《政府信息公开条例》施行之日 {IN_FORCE_FROM}"))
    found = {"ACT-DATES": ComparedValues(len(faults), 0, partial(_tell_days, entry, faults))}
    if report is not None:
        described = partial(_describe, entry, "report_published_on", report, received)
        found["ACT-PLANNED"] = ComparedValues(max((report - received).days, 0), 0, described)
    return found


def _figure(entry: SubmissionUnderCheck, field: str) -> int | None:
    """A count of the group; a fraction or less than nothing is a finding of its own."""
    value = entry.submission.value(f"activities.{field}")
    return value if isinstance(value, int) and value >= 0 else None


def _tell_days(entry: SubmissionUnderCheck, faults: list[tuple[str, date, date, str]]) -> Facts:
    labels = groups()["activities"].fields
    field, day, bound, _ = faults[0]
    said = "；".join(f"“{labels[key].label}”{found} {why}" for key, found, _, why in faults)
    return _describe(entry, field, day, bound, tuple(key for key, *_ in faults[1:]), faults=said)


def _describe(
    entry: SubmissionUnderCheck,
    field: str,
    observed: Number | date,
    expected: Number | date,
    beside: tuple[str, ...] = (),
    **values: object,
) -> Facts:
    cell = entry.cell(f"activities.{field}")
    apart_by = (
        abs((observed - expected).days)
        if isinstance(observed, date) and isinstance(expected, date)
        else apart(observed, expected)  # type: ignore[arg-type]  # both are dates or both are numbers
    )
    return Facts(
        where=f"activities.{field}",
        observed=observed,
        expected=expected,
        difference=apart_by,
        cells=tuple(f"activities.{key}" for key in (field, *beside)),
        origin=cell.origin if cell else Origin(),
        values={key: value for key, value in values.items() if value is not None},
    )
