"""REFERENCE-UNKNOWN: a reference in a text (`{{ … }}`) names a figure that there is.

One text a finding: all its unknown names, with the known name nearest to the first.
"""

from functools import partial

from expectations.frames.shapes import ComparedValues, Facts, SubmissionUnderCheck
from gongkai.submission.fields import groups
from gongkai.submission.form import Origin
from gongkai.submission.references import known_references, nearest, references_in


def check(entry: SubmissionUnderCheck, field: str) -> dict[str, ComparedValues]:
    """What the rule compares in one text: the number of names that are not known, and none."""
    text = entry.submission.value(f"narrative.{field}")
    if not isinstance(text, str) or not (named := references_in(text)):
        return {}
    unknown = [name for name in named if name not in known_references(entry.submission.year)]
    return {"REFERENCE-UNKNOWN": ComparedValues(len(unknown), 0, partial(_describe, entry, field, unknown))}


def fields() -> tuple[str, ...]:
    """The texts that may refer to figures."""
    return tuple(groups()["narrative"].fields)


def _describe(entry: SubmissionUnderCheck, field: str, unknown: list[str]) -> Facts:
    where = f"narrative.{field}"
    cell = entry.cell(where)
    near = nearest(unknown[0], entry.submission.year)
    values = {"names": "、".join(unknown)} | ({"near": near} if near else {})
    return Facts(
        where=where,
        observed=unknown[0],
        expected=near,
        cells=(where,),
        origin=cell.origin if cell else Origin(),
        values=values,
    )
