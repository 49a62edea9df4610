"""Interpretations against the lists of documents: INTERPRETATION-ORPHAN. Part of the `lists` frame.

A list holds the documents of its year, and an interpretation may be of an older one: this year's list and last year's
decide about the numbers of their own years, and nobody is accused over a list that is not at hand.
"""

from collections.abc import Iterator, Mapping
from functools import partial

from expectations.frames.shapes import ComparedValues, Facts, NotEvaluated, SubmissionUnderCheck
from gongkai.submission.form import Record
from gongkai.submission.values.document_number import document_number, numbered_in


def check(entry: SubmissionUnderCheck) -> Mapping[int, dict[str, ComparedValues]]:
    """Position → whether the document of the interpretation is in a list; not there where no list says."""
    return {
        one.position: {"INTERPRETATION-ORPHAN": ComparedValues(int(listed), 1, partial(_orphan, one))}
        for one, listed in _looked_up(entry)
        if listed is not None
    }


def not_evaluated(entry: SubmissionUnderCheck) -> Iterator[NotEvaluated]:
    """The interpretations of older documents that no list at hand holds, for `rules_not_applied`."""
    elsewhere = "、".join(str(one.position) for one, listed in _looked_up(entry) if listed is None)
    if elsewhere:
        reason = f"政策解读第 {elsewhere} 行的文号属于以前年度，没有那一年的文件清单。"
        yield NotEvaluated(entry.key, "INTERPRETATION-ORPHAN", reason)


def _looked_up(entry: SubmissionUnderCheck) -> Iterator[tuple[Record, bool | None]]:
    """Every interpretation and whether its document is in this year's list or last year's; None: no list says."""
    if "documents" not in entry.submission.reported:
        return
    last = entry.previous.submission if entry.previous else None
    at_hand = [s for s in (entry.submission, last) if s is not None and "documents" in s.reported]
    numbers = {document_number(document["number"]) for s in at_hand for document in s.records("documents")}
    years = {s.year for s in at_hand}
    for one in entry.submission.records("interpretations"):
        if one["document_number"] is not None:
            number = document_number(one["document_number"])
            year = numbered_in(number)
            older = year is not None and year < entry.submission.year and year not in years
            yield one, True if number in numbers else None if older else False


def _orphan(one: Record) -> Facts:
    return Facts(
        where=one.where("document_number"),
        observed=one["document_number"],
        origin=one.origin("document_number"),
        values={"position": one.position},
    )
