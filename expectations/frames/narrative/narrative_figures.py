"""What a text is compared with: the national cells, the working figures, and what register and lists add up to.

A figure of a register that has a row which could not be read, or a row without the field, is not known. Nothing is
read from the text here.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal

from expectations.frames import dates
from expectations.frames.columns.listed import ListColumns
from expectations.frames.shapes import Number, SubmissionUnderCheck
from gongkai.errors import CalendarError
from gongkai.law.clocks import closed_in, read_clock
from gongkai.law.limits import Limits
from gongkai.national_format.figures import REQUESTS
from gongkai.profile import WorkingDays
from gongkai.submission.form import Submission
from gongkai.submission.narrative import Claim

OVERDUE, AVERAGE, SAVED = "register.overdue", "register.average", "register.saved"
AVERAGE_DAYS = "register.average_days"  # as the calendar has them
_OF_REGISTER = {
    OVERDUE: "“依申请公开台账”中超期办结的件数",
    AVERAGE: "按“依申请公开台账”计算的平均办理工作日",
    AVERAGE_DAYS: "按“依申请公开台账”计算的平均办理自然日",
    SAVED: "按“依申请公开台账”计算的平均缩短工作日",
}
_CHANNELS = {"in_person": "当面", "post": "邮寄", "internet": "网络", "fax": "传真", "total": "全部"}
_CLOCKED = (OVERDUE, AVERAGE, AVERAGE_DAYS, SAVED)
_CENT = Decimal("0.01")


def named(where: str) -> str | None:
    """What a figure of the register or of a list is called; None for a cell."""
    kind, _, rest = where.partition(".")
    if where in _OF_REGISTER:
        return _OF_REGISTER[where]
    if kind == "register":
        which, _, channel = rest.partition(".")
        came = "本年收到的" if which == "new" else ""
        return f"“依申请公开台账”中{came}申请渠道为“{_CHANNELS[channel]}”的件数"
    if kind == "lists":
        return {
            "documents.government": "“文件清单”中“政府文件”的件数",
            "documents.office": "“文件清单”中“办公室文件”的件数",
            "documents.normative": "“文件清单”中“行政规范性文件”的件数",
        }[rest]
    return None


def figures(
    entry: SubmissionUnderCheck, claims: Sequence[Claim], days: WorkingDays, limits: Limits
) -> Mapping[str, Number]:
    """This year's figures; what needs working days only where a claim speaks of it."""
    found = {**_elsewhere(entry), **entry.numbers, **_activities(entry.submission), **_documents(entry)}
    if not entry.counts_requests:
        return found
    if "register" not in entry.submission.reported or entry.any_unsure("register"):
        return found
    found |= dict(_channels(ListColumns([entry], "register")))
    if any(_speaks_of_time(claim) for claim in claims):
        found |= _times(entry, days, limits)
    return found


def _elsewhere(entry: SubmissionUnderCheck) -> Mapping[str, Number]:
    """Table three of a unit whose requests another authority counts: a text that says 0 of it is right."""
    return {} if entry.counts_requests else {spec.where: 0 for spec in entry.format.cells if spec.table == REQUESTS}


def last_figures(entry: SubmissionUnderCheck) -> Mapping[str, Number]:
    """Last year's national cells and working figures."""
    last = entry.previous.alone if entry.previous else None
    return {**entry.last_numbers, **(_activities(last) if last else {})}


def _speaks_of_time(claim: Claim) -> bool:
    return claim.kind == "shortening" or any(terms in _CLOCKED for terms in claim.means)


def _activities(submission: Submission) -> Mapping[str, Number]:
    cells = submission.by_table.get("activities", ())
    return {f"activities.{cell.column}": cell.value for cell in cells if isinstance(cell.value, int | Decimal)}


def _documents(entry: SubmissionUnderCheck) -> Mapping[str, Number]:
    """How many documents of a kind the office lists: of a department's own papers the list need not be whole."""
    rows = entry.submission.records("documents")
    if entry.unit.kind != "office" or "documents" not in entry.submission.reported:
        return {}
    if any(entry.unsure(row, "kind") or row["kind"] is None for row in rows):
        return {}
    kinds = Counter(row["kind"] for row in rows)
    return {f"lists.documents.{kind}": kinds[kind] for kind in ("government", "office", "normative")}


def _channels(cases: ListColumns) -> Iterator[tuple[str, Number]]:
    """How many cases came by each channel: of the year, and with those open at its start."""
    channels, received = cases.words("channel"), cases.days("received_on")
    if cases.missing("channel").any() or (received == 0).any():
        return
    new = channels[(received >= cases.year_start) & (received <= cases.year_end)]
    for which, rows in (("new", new), ("all", channels)):
        came = Counter(rows.tolist())
        yield from ((f"register.{which}.{channel}", came[channel]) for channel in _CHANNELS if channel != "total")
        yield f"register.{which}.total", len(rows)


def _times(entry: SubmissionUnderCheck, days: WorkingDays, limits: Limits) -> Mapping[str, Number]:
    """Cases that were closed in the year after their time was up, and the working days that a reply took."""
    cases = entry.submission.records("register")
    closed = [c for c in cases if closed_in(c, entry.submission.year) and dates.sound(c, entry.received_on)]
    try:
        clocks = [clock for case in closed if (clock := read_clock(case, days, limits=limits))]
    except CalendarError:  # the rules on the register say which year is missing
        return {}
    found: dict[str, Number] = {OVERDUE: sum(bool(clock.overdue_by) for clock in clocks)}
    used = [clock.used for clock in clocks if clock.used is not None]
    if used and len(closed) == len(used) and entry.unit.kind != "office":  # whose text speaks of all units' cases
        average = (Decimal(sum(used)) / len(used)).quantize(_CENT, ROUND_HALF_UP)
        passed = [(case["replied_on"] - clock.started_on).days for case, clock in zip(closed, clocks, strict=True)]
        by_calendar = (Decimal(sum(passed)) / len(passed)).quantize(_CENT, ROUND_HALF_UP)
        found |= {AVERAGE: average, AVERAGE_DAYS: by_calendar, SAVED: limits.reply - average}
    return found
