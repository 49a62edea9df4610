"""Which repairs a submission needs, given what was found in it: for the advice on a receipt, and for counting mistakes.

One wrong row breaks many identities. The fewest corrections that make all of them hold say how many mistakes there
were; a row is one of them, however many of its cells moved.
"""

from collections.abc import Iterable, Sequence

from gongkai.findings import Finding, Severity
from gongkai.national_format import for_year
from gongkai.national_format.figures import CARRIED_IN, NEW_REQUESTS, only_cities
from gongkai.profile import Unit
from gongkai.submission.form import State, Submission
from gongkai.submission.repair.parts import Repair
from gongkai.submission.repair.suggestion import suggest_repairs

_CARRIED_IN, _NEW = (figure.rpartition(".")[0] + "." for figure in (CARRIED_IN, NEW_REQUESTS))


def repairs_needed(
    submission: Submission, findings: Iterable[Finding], unit: Unit, previous: Submission | None
) -> tuple[Repair, ...]:
    """The smallest repairs of what is open; nothing without tables.

    A row of 规章 is left out where the unit makes none: its cells are 0, whatever balances.

    Args:
        submission: what was handed in.
        findings: what was found in it.
        unit: who handed it in.
        previous: last year as it was accepted; None without one.
    """
    if not submission.has_tables:
        return ()
    national_format, found = for_year(submission.year), list(findings)
    balance = balances(submission.year)
    repairs = suggest_repairs(
        national_format,
        _counts(submission),
        {where: value for where, value in _counts(previous).items() if value is not None} if previous else None,
        {finding.where for finding in found if finding.rule not in balance},
    )
    asked = {finding.where for finding in found if finding.settled_by is None}
    return tuple(repair for repair in repairs if _asked(repair, asked) and not _never(repair, unit))


def balances(year: int) -> frozenset[str]:
    """The rules whose errors a repair can mend: the identities of the year's format."""
    return frozenset(identity.rule for identity in for_year(year).identities)


def mistakes(findings: Sequence[Finding], repairs: Iterable[Repair], year: int) -> list[list[Finding]]:
    """The errors of a report, gathered into mistakes: each is the errors that one correction would mend.

    Args:
        findings: open errors.
        repairs: as `repairs_needed` gives them; of several alternatives the first counts.
        year: the report year.
    """
    identities = balances(year)
    rest, gathered = list(findings), []
    for repair in repairs:
        rows = list(dict.fromkeys(_row(change.where) for change in repair.changes))
        broken = set(repair.broken)
        mended = [f for f in rest if f.rule in identities and f.where in broken]
        if repair.alternative != 1 or not rows or not mended:
            continue
        rest = [f for f in rest if f not in mended]
        shares: list[list[Finding]] = [[] for _ in rows[: len(mended)]]
        for number, found in enumerate(mended):
            shares[min(number, len(shares) - 1)].append(found)
        gathered += shares
    national: dict[tuple[str, str], list[Finding]] = {}
    others = []
    for found in rest:
        if for_year(year).has(found.where):  # a row left blank is one, whatever its cells
            national.setdefault((found.rule, _row(found.where)), []).append(found)
        else:
            others.append([found])
    return [*gathered, *national.values(), *others]


def open_errors(findings: Iterable[Finding]) -> list[Finding]:
    """The errors that nobody settled."""
    return [found for found in findings if found.severity is Severity.ERROR and found.settled_by is None]


def _row(where: str) -> str:
    return where.rpartition(".")[0]


def _counts(submission: Submission) -> dict[str, int | None]:
    """The counts that are certain; everything else is as good as blank."""
    return {
        where: cell.value if cell.state is State.VALUE and isinstance(cell.value, int) else None
        for where, cell in submission.by_where.items()
    }


def _asked(repair: Repair, asked: set[str]) -> bool:
    """Whether anything that it mends is still to be mended: the office may have waived it."""
    return not repair.broken or any(where in asked for where in repair.broken)


def _never(repair: Repair, unit: Unit) -> bool:
    """Whether nobody should do it: new cases bent to fit a carry-over, or 规章 of a unit that makes none."""
    fits_carry_over = any(where.startswith(_CARRIED_IN) for where in repair.broken)
    if fits_carry_over and any(change.where.startswith(_NEW) for change in repair.changes):
        return True
    places = (*repair.broken, *(change.where for change in (*repair.changes, *repair.filled)))
    return unit.level != "city" and all(map(only_cities, places))
