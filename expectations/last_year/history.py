"""Last year taken in for comparison only (`gongkai run --as-history`): whose each file is, and whether it counts.

Nothing is judged. A file counts that was read, is its unit's and of the year; of two that differ none does, because no
number is guessed. What is stored is never an accepted revision, so that nothing of it can be held against a unit.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from expectations.admission import RaisedRule, admit
from expectations.catalogue import load_catalogue, rules_version
from expectations.context import Context
from expectations.results import finding, issue_finding
from gongkai.findings import Finding
from gongkai.national_format import for_year
from gongkai.profile import Unit
from gongkai.reporting.history import FileLeftOut
from gongkai.submission.changes import compare
from gongkai.submission.form import Reading, State, Submission
from gongkai.submission.inbox.assignment import Assigned
from gongkai.submission.places import place
from gongkai.submission.verdict import Status, Verdict

_OF_THE_MOMENT = frozenset({"INTAKE-CLOSED"})  # a last year is taken in long after its deadline


@dataclass(frozen=True)
class PastYear:
    """What is known of one unit's last year.

    Attributes:
        taken: the reading that counts, None where none does.
        verdict: what is stored with it.
        left_out: its files that do not count, in the order of arrival.
    """

    unit: Unit
    taken: Reading | None
    verdict: Verdict | None
    left_out: tuple[FileLeftOut, ...]


def past_years(assigned: Assigned, context: Context) -> list[PastYear]:
    """What is known of the last year of every unit that was expected then, in registry order.

    Args:
        assigned: the readings, by whose they are.
        context: the year that is taken in and the profile.
    """
    return [
        _of_unit(unit, assigned.units.get(unit.code, ()), context) for unit in context.profile.expected(context.year)
    ]


def unplaced_files(assigned: Assigned, context: Context) -> list[FileLeftOut]:
    """The files that are no unit's, each with the reason."""
    return [
        FileLeftOut(one.file.name, _reasons(one, context) or ("文件没有写明是哪个单位的。请放入该单位代码的文件夹。",))
        for one in assigned.unplaced
    ]


def figures_of(submission: Submission) -> tuple[int, tuple[str, ...]]:
    """How many places of the national tables have a figure, and the others in words: somebody has to type them."""
    if not submission.has_tables:
        return 0, ()
    national_format = for_year(submission.year)
    places = [cell.where for table in national_format.tables.values() for cell in table.cells()]
    cells = submission.by_where
    known = {w for w in places if w in cells and cells[w].state in (State.VALUE, State.NOT_APPLICABLE)}
    return len(known), tuple(place(where, national_format) for where in places if where not in known)


def _of_unit(unit: Unit, readings: Sequence[Reading], context: Context) -> PastYear:
    said = {id(one): _reasons(one, context) for one in readings}
    fit = [one for one in readings if not said[id(one)] and one.submission is not None]
    if differing := [one for one in fit[1:] if _differ(fit[0], one)]:
        names = "、".join(f"“{one.file.name}”" for one in (fit[0], *differing))
        why = (f"同一单位有内容不同的报告（{names}），不能断定哪一份是定稿：都没有采用。请只留一份，再运行一次。",)
        left_out = tuple(FileLeftOut(one.file.name, said[id(one)] or why) for one in readings)
        return PastYear(unit, None, None, left_out)
    left_out = tuple(FileLeftOut(one.file.name, reasons) for one in readings if (reasons := said[id(one)]))
    if not fit:
        return PastYear(unit, None, None, left_out)
    return PastYear(unit, fit[0], _stored_with(fit[0], context), left_out)


def _reasons(reading: Reading, context: Context) -> tuple[str, ...]:
    """Why a file is not its unit's report of the year; nothing where it is."""
    admission = admit(reading, context)
    if admission.unit is not None:
        return ()
    said = [_said(one, context) for one in admission.raised if one.rule not in _OF_THE_MOMENT]
    said += [issue_finding(issue, for_year(context.year)) for issue in reading.issues if reading.submission is None]
    return tuple(dict.fromkeys(one.message for one in said))


def _said(raised: RaisedRule, context: Context) -> Finding:
    return finding(load_catalogue().rule(raised.rule), raised.facts, for_year(context.year))


def _differ(one: Reading, other: Reading) -> bool:
    return (
        one.submission is not None and other.submission is not None and bool(compare(one.submission, other.submission))
    )


def _stored_with(reading: Reading, context: Context) -> Verdict:
    """The verdict that is stored: not accepted, with nothing but what its reader saw."""
    issues = tuple(issue_finding(issue, for_year(context.year)) for issue in reading.issues)
    return Verdict(Status.RETURNED, True, issues, reading.coercions, (), rules_version())
