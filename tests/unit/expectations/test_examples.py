"""The catalogue's own examples: a failing one raises exactly what it says, a passing one raises nothing.

All examples of one submission are judged in one batch; what needs other files beside it has a unit of its own.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

import pytest

from expectations.catalogue import load_catalogue
from expectations.district_rollup import check_rollup
from expectations.examples import Changes, RaisingExample, Right, load_examples
from expectations.revisions import revision_findings
from expectations.validation import Context, validate
from gongkai.errors import RuleCrashed
from gongkai.findings import ReadingIssue, Severity
from gongkai.profile import Unit, load_profile
from gongkai.submission.form import Reading, Submission
from gongkai.submission.verdict import Status, Verdict
from gongkai.warehouse.records import PublishedReport, Revision, UnitYear, YearState
from gongkai.warehouse.totals import compute_totals
from gongkai.warehouse.years.last_year import Previous
from tests.unit.expectations.conftest import ON_TIME, YEAR, Document, change, clean, read, report

EXAMPLES = load_examples().examples
SHOWN = [(rule, kind) for rule in EXAMPLES for kind in ("right", "wrong")]
PLAIN = Unit(code="T01", name="示例镇", kind="town", level="town", authority="示例镇人民政府")


@dataclass(frozen=True)
class Shown:
    """One example as the rules get it."""

    example: Right
    unit: Unit

    def document(self, put: Changes, year: int = YEAR) -> Document:
        made = clean(self.unit.code, year)
        for where, value in put.items():
            change(made, where, value)
        return made

    @property
    def reading(self) -> Reading:
        if self.example.report is None:
            document = self.document(self.example.put)
        else:
            document = report(self.unit.code, self.example.report)
        made = read(document, self.unit.code, self.example.received_at or ON_TIME)
        noted = self.example.noted if isinstance(self.example, RaisingExample) else None
        issues = () if noted is None else (ReadingIssue(rule=rule_of(self.example), **noted),)
        return replace(made, issues=(*made.issues, *issues))

    def submission(self, put: Changes | None, year: int = YEAR) -> Submission | None:
        return None if put is None else read(self.document(put, year), self.unit.code).submission

    @property
    def alone(self) -> bool:
        """Whether it says nothing of the unit and of other files, so that it is one more file of the plain unit."""
        one = self.example
        return not one.unit and one.last_year is None and one.published is None


def rule_of(example: Right) -> str:
    return next(rule for rule, pair in EXAMPLES.items() if example in (pair.right, pair.wrong))


def shown() -> Iterator[Shown]:
    for number, (rule, kind) in enumerate(SHOWN):
        example: Right = getattr(EXAMPLES[rule], kind)
        one = Shown(example, PLAIN)
        yield one if one.alone else replace(one, unit=PLAIN.model_copy(update={"code": f"E{number}", **example.unit}))


def company() -> tuple[dict[tuple[str, str], Shown], Context]:
    """Every example as one file of one batch, and what the batch is judged against."""
    everything = dict(zip(SHOWN, shown(), strict=True))
    context = among([one.unit for one in everything.values()])
    last = {u.unit.code: u.submission(u.example.last_year, YEAR - 1) for u in everything.values() if not u.alone}
    reports = {u.unit.code: u.submission(u.example.published) for u in everything.values() if not u.alone}
    context = replace(
        context,
        previous={unit: Previous(said, 1, True) for unit, said in last.items() if said},
        published={
            unit: PublishedReport("年度报告.docx", "0" * 64, ON_TIME, said, Status.ACCEPTED)
            for unit, said in reports.items()
            if said
        },
    )
    return everything, context


@pytest.fixture(scope="module")
def judged() -> dict[tuple[str, str], Verdict]:
    everything, context = company()
    verdicts = dict(zip(SHOWN, validate([one.reading for one in everything.values()], context), strict=True))
    for key, one in everything.items():
        if one.example.peers:
            peers = [PLAIN.model_copy(update={"code": f"P{number}"}) for number in range(one.example.peers)]
            files = [one.reading, *(read(clean(peer.code), peer.code) for peer in peers)]
            verdicts[key] = validate(files, among([PLAIN, *peers]))[0]
        accepted = one.submission(one.example.accepted)
        if accepted is not None:
            verdicts[key] = revision_findings(one.reading, verdicts[key], accepted)
    return verdicts


def among(units: Iterable[Unit]) -> Context:
    profile = load_profile().model_copy(update={"units": tuple({unit.code: unit for unit in units}.values())})
    return Context(YEAR, profile, ON_TIME)


@pytest.mark.parametrize(("rule", "kind"), [key for key in SHOWN if EXAMPLES[key[0]].right.district is None])
def test_example(rule: str, kind: str, judged: dict[tuple[str, str], Verdict]) -> None:
    example, found = getattr(EXAMPLES[rule], kind), judged[rule, kind].findings
    if isinstance(example, RaisingExample):
        own = [finding for finding in found if finding.rule == rule]
        assert {finding.rule for finding in found} == {rule, *example.also}
        assert tuple(finding.where for finding in own) == example.where
        assert own[0].message == example.message
        said = load_catalogue().rule(rule)
        assert {(finding.severity, finding.hint) for finding in own} == {(said.severity, said.hint)}
        assert judged[rule, kind].status is status_after(rule, {finding.severity for finding in found})
    else:
        assert (list(found), judged[rule, kind].status) == ([], Status.ACCEPTED)


def status_after(rule: str, severities: set[Severity]) -> Status:
    if rule in ("WRONG-TEMPLATE", "WRONG-UNIT", "WRONG-YEAR"):
        return Status.QUARANTINED
    return Status.ACCEPTED if severities == {Severity.NOTICE} else Status.RETURNED


@pytest.mark.parametrize(("rule", "kind"), [key for key in SHOWN if EXAMPLES[key[0]].right.district is not None])
def test_example_of_the_roll_up(rule: str, kind: str, judged: dict[tuple[str, str], Verdict]) -> None:
    example = getattr(EXAMPLES[rule], kind)
    state = district(Shown(example, PLAIN), judged[rule, kind])
    totals = compute_totals(state)
    tables = {**totals.district.tables, **(example.district or {})}
    printed = replace(totals, district=replace(totals.district, tables=tables))
    if isinstance(example, RaisingExample):
        with pytest.raises(RuleCrashed) as crash:
            check_rollup(printed, state.accepted)
        assert str(crash.value).splitlines()[1:] == [example.message]
    else:
        check_rollup(printed, state.accepted)


def district(one: Shown, verdict: Verdict) -> YearState:
    """A district whose only unit has handed in the example."""
    file, said = one.reading.file, one.reading.submission
    revision = Revision("T01", YEAR, 1, file.sha256, file.name, "json", file.received_at, said, verdict, verdict)
    profile = among([PLAIN]).profile
    return YearState(YEAR, ON_TIME, profile, "0" * 64, "0" * 64, (UnitYear(PLAIN, (revision,)),), (), (), (), {})


def test_every_rule_has_its_two_examples_and_no_other_rule_has() -> None:
    assert list(EXAMPLES) == [rule.id for rule in load_catalogue().rules]


def test_an_example_speaks_to_people() -> None:
    for pair in EXAMPLES.values():
        assert pair.right.says != pair.wrong.says
        for example in (pair.right, pair.wrong):
            assert example.says.endswith("。")
            assert len(example.says) <= 40
