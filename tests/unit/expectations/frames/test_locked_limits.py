"""A locked year is judged by its own thresholds: for every one that a rule has, the lock's number decides."""

from dataclasses import replace

import pytest

from expectations.catalogue import Catalogue, load_catalogue
from expectations.examples import Changes, load_examples
from expectations.validation import Context, validate
from gongkai.findings import Severity
from gongkai.submission.form import Submission
from gongkai.submission.verdict import Verdict
from gongkai.warehouse.closed_year import limits_of
from gongkai.warehouse.records import YearLock
from gongkai.warehouse.years.last_year import Previous
from tests.unit.expectations.conftest import YEAR, change, clean, of, read

UNITS = ("T01", *(f"P{number}" for number in range(1, 10)))
# Rule and threshold → a number by which the rule's own wrong example is right.
LENIENT = {
    ("CASE-OVERDUE", "reply"): 22,
    ("CASE-EXTENSION", "longest"): 25,
    ("CASE-CLOCK", "confirmed"): 21,
    ("CASE-CORRECTION", "asked"): 8,
    ("DOC-LATE", "published"): 30,
    ("YOY-JUMP", "factor"): 100,
    ("FEE-UNIT", "lowest"): 15_000,
    ("FEE-UNIT", "highest"): 8_000,
    ("PEER-OUTLIER", "factor"): 1_000,
    ("PEER-OUTLIER", "peers"): 20,
    ("TEXT-REUSED", "percent"): 100,
    ("TEXT-REUSED", "shortest"): 5_000,
}


def locked(context: Context, **numbers: int) -> Context:
    """The context with a lock whose catalogue has other numbers: `DOC_LATE__published=30`."""
    today = load_catalogue()
    rules = {rule.id: rule for rule in today.rules}
    for key, value in numbers.items():
        rule, _, name = key.partition("__")
        kept = rules[rule := rule.replace("_", "-")]
        changed = {**kept.thresholds, name: kept.thresholds[name].model_copy(update={"value": value})}
        rules[rule] = kept.model_copy(update={"thresholds": changed})
    content = Catalogue(rules=tuple(rules.values()), reasons=today.reasons).model_dump_json(by_alias=True)
    lock = YearLock(YEAR, context.as_of, "李主任", "已报市办", 1, "0" * 64, content, context.profile)
    return replace(context, lock=lock)


def written(put: Changes, year: int = YEAR) -> Submission:
    document = clean(UNITS[0], year)
    for where, value in put.items():
        change(document, where, value)
    submission = read(document, UNITS[0]).submission
    assert submission is not None
    return submission


def judged(put: Changes, last_year: Changes | None, context: Context) -> Verdict:
    """The verdict on T01 among nine units that hand in the clean submission."""
    town = next(unit for unit in context.profile.units if unit.code == UNITS[0])
    towns = tuple(town.model_copy(update={"code": code, "authority": f"{code}镇人民政府"}) for code in UNITS)
    previous = {} if last_year is None else {UNITS[0]: Previous(written(last_year, YEAR - 1), 1, True)}
    among = replace(context, profile=context.profile.model_copy(update={"units": towns}), previous=previous)
    first = read(clean(UNITS[0]), UNITS[0])
    files = [replace(first, submission=written(put)), *(read(clean(code), code) for code in UNITS[1:])]
    return validate(files, among)[0]


def test_every_threshold_is_tried_below() -> None:
    assert set(LENIENT) == {(rule.id, name) for rule in load_catalogue().rules for name in rule.thresholds}


@pytest.mark.parametrize(("rule", "threshold"), LENIENT)
def test_what_today_s_number_accuses_the_lock_s_number_lets_pass(rule: str, threshold: str, context: Context) -> None:
    wrong = load_examples().examples[rule].wrong
    assert of(judged(wrong.put, wrong.last_year, context), rule)
    then = locked(context, **{f"{rule.replace('-', '_')}__{threshold}": LENIENT[rule, threshold]})
    assert of(judged(wrong.put, wrong.last_year, then), rule) == []


def test_a_finding_of_a_locked_year_names_the_limit_of_then(context: Context) -> None:
    late = {"documents[1].published_on": "2022-03-29"}  # the twentieth working day
    (found,) = of(judged(late, None, locked(context, DOC_LATE__published=15)), "DOC-LATE")
    assert (found.observed, found.expected, found.difference) == (20, 15, 5)
    replied = {"register[2].replied_on": "2022-03-29"}
    (found,) = of(judged(replied, None, locked(context, CASE_OVERDUE__reply=15)), "CASE-OVERDUE")
    assert (str(found.expected), found.difference) == ("2022-03-22", 5)


def test_the_law_s_limits_of_a_year_are_those_that_its_lock_s_catalogue_states(context: Context) -> None:
    """By which totals, scores, open cases and the report read a clock."""
    lock = locked(context, CASE_OVERDUE__reply=15).lock
    assert lock is not None
    assert (limits_of(None).reply, limits_of(lock).reply, limits_of(lock).extension) == (20, 15, 20)


def test_what_a_reader_noted_is_said_in_the_words_of_then(context: Context) -> None:
    """UNKNOWN-KEY as an error with another message: the lock's catalogue decides severity and wording."""
    today = load_catalogue()
    then = {"severity": Severity.ERROR, "message": ("{place}在当年的表中没有。",)}
    rules = tuple(rule.model_copy(update=then) if rule.id == "UNKNOWN-KEY" else rule for rule in today.rules)
    content = Catalogue(rules=rules, reasons=today.reasons).model_dump_json(by_alias=True)
    lock = YearLock(YEAR, context.as_of, "李主任", "已报市办", 1, "0" * 64, content, context.profile)
    reading = read({**clean(UNITS[0]), "remark": "无"}, UNITS[0])
    (found,) = of(validate([reading], replace(context, lock=lock))[0], "UNKNOWN-KEY")
    assert (found.severity, found.message) == (Severity.ERROR, "“remark”在当年的表中没有。")
    assert of(validate([reading], context)[0], "UNKNOWN-KEY")[0].severity is Severity.NOTICE


def test_what_a_text_calls_overdue_is_counted_by_the_limit_of_then(context: Context) -> None:
    said = {"register[2].replied_on": "2022-03-31", "narrative.overview": "收到政府信息公开申请12件，均在期限内答复。"}
    assert of(judged(said, None, context), "TEXT-TABLE")
    assert of(judged(said, None, locked(context, CASE_OVERDUE__reply=30)), "TEXT-TABLE") == []
