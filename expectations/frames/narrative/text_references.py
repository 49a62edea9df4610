"""REFERENCE-UNKNOWN, REFERENCE-BLANK: a reference in a text (`{{ … }}`) names a figure that there is and has a value.

One text a finding of either rule: all its unknown names, with the known name nearest to the first; all the figures that
the office refers to and left blank itself, each with its sentence. What only the whole district can have is no blank of
the office's: it is told as a lack when the report is approved.
"""

from collections.abc import Iterator
from functools import partial

from expectations.frames.shapes import ComparedValues, Facts, SubmissionUnderCheck
from gongkai.law.clocks import closed_in
from gongkai.reporting.report.words.traced_text import sentences_of
from gongkai.submission.fields import groups
from gongkai.submission.form import Origin
from gongkai.submission.references import INDICATORS, OFFICE, known_references, nearest, references_in

UNKNOWN, BLANK = "REFERENCE-UNKNOWN", "REFERENCE-BLANK"
_LISTS = {"documents_by_kind": "documents", "indicators": "register"}
"""First step of a name → the list that the figure is counted in."""


def check(entry: SubmissionUnderCheck, field: str) -> dict[str, ComparedValues]:
    """What the rules compare in one text: the number of names that are not known, or that are blank, and none."""
    text = entry.submission.value(f"narrative.{field}")
    if not isinstance(text, str) or not (named := references_in(text)):
        return {}
    known = known_references(entry.submission.year)
    unknown = [name for name in named if name not in known]
    found = {UNKNOWN: ComparedValues(len(unknown), 0, partial(_name_unknown, entry, field, unknown))}
    if entry.unit.kind == "office":  # nobody else's text is printed
        blank = [
            (sentence.strip(), name, where)
            for sentence in sentences_of(text)
            for name in dict.fromkeys(references_in(sentence))
            if name in known and (where := _blank(entry, name)) is not None
        ]
        found[BLANK] = ComparedValues(len(blank), 0, partial(_name_blank, entry, field, blank))
    return found


def fields() -> tuple[str, ...]:
    """The texts that may refer to figures."""
    return tuple(groups()["narrative"].fields)


def _blank(entry: SubmissionUnderCheck, name: str) -> str | None:
    """The place that the office left without a figure; None where it has one, or where others may give it."""
    where, submission = name.removeprefix(OFFICE), entry.submission
    group, _, key = where.partition(".")
    if where == name and not (group == "activities" and groups()[group].fields[key].office):
        return None
    if (counted_in := _LISTS.get(group)) is not None:
        if counted_in not in submission.reported:
            return counted_in
        closed = where not in {f"indicators.{one}" for one in INDICATORS} or any(
            closed_in(case, submission.year) for case in submission.records(counted_in)
        )
        return None if closed else counted_in
    if where in entry.unread:
        return None  # what stands there could not be read: the reader's own finding speaks of it
    given = submission.value(where) if group == "activities" else entry.numbers.get(where)
    return where if given is None else None


def _name_unknown(entry: SubmissionUnderCheck, field: str, unknown: list[str]) -> Facts:
    near = nearest(unknown[0], entry.submission.year)
    values = {"names": "、".join(unknown)} | ({"near": near} if near else {})
    return _facts(entry, field, unknown[0], near, (), values)


def _name_blank(entry: SubmissionUnderCheck, field: str, blank: list[tuple[str, str, str]]) -> Facts:
    said = "；".join(_said(entry.submission.year, blank))
    cells = tuple(where for *_, where in blank if "." in where)
    return _facts(entry, field, blank[0][1], None, cells, {"said": said})


def _said(year: int, blank: list[tuple[str, str, str]]) -> Iterator[str]:
    labels = known_references(year)
    for sentence in dict.fromkeys(one for one, *_ in blank):
        named = "、".join(f"{name}（{labels[name]}）" for one, name, _ in blank if one == sentence)
        yield f"“{sentence}”引用了 {named}"


def _facts(
    entry: SubmissionUnderCheck,
    field: str,
    observed: str,
    expected: str | None,
    more: tuple[str, ...],
    values: dict[str, str],
) -> Facts:
    where = f"narrative.{field}"
    cell = entry.cell(where)
    return Facts(
        where=where,
        observed=observed,
        expected=expected,
        cells=tuple(dict.fromkeys((where, *more))),
        origin=cell.origin if cell else Origin(),
        values=values,
    )
