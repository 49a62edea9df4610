"""Normative documents in force as a running stock by document number: this year's list on top of last year's.

A list need not hold every older document, so it proves only what is at least in force, and what was gone already.
"""

from collections.abc import Mapping
from datetime import date

from expectations.frames.shapes import SubmissionUnderCheck
from gongkai.submission.form import Record, Submission
from gongkai.submission.values.document_number import document_number


def in_force(entry: SubmissionUnderCheck) -> tuple[str, ...]:
    """Numbers of the documents that the lists show in force at the end of the year; none without a list."""
    if "documents" not in entry.submission.reported:
        return ()
    year_end = date(entry.submission.year, 12, 31)
    last = entry.previous.alone if entry.previous else None
    known = {**_normative(last), **_normative(entry.submission)}
    gone = {
        key
        for listed in (last, entry.submission)
        for key, paper in _normative(listed).items()
        if _gone(paper, year_end)
    }
    return tuple(
        paper.id
        for key, paper in known.items()
        if key not in gone and paper["made_on"] is not None and paper["made_on"] <= year_end
        if not entry.unsure(paper, "repealed_on")
    )


def repealed_before(entry: SubmissionUnderCheck) -> Mapping[str, date]:
    """Document number → the day in an earlier year on which last year's list shows it as repealed."""
    last = entry.previous.submission if entry.previous else None
    return {
        key: paper["repealed_on"]
        for key, paper in _normative(last).items()
        if paper["repealed_on"] is not None and paper["repealed_on"].year < entry.submission.year
    }


def _gone(paper: Record, year_end: date) -> bool:
    return paper["repealed_on"] is not None and paper["repealed_on"] <= year_end


def _normative(submission: Submission | None) -> Mapping[str, Record]:
    listed = submission.records("documents") if submission else ()
    return {
        document_number(paper["number"]): paper for paper in listed if paper["kind"] == "normative" and paper["number"]
    }
