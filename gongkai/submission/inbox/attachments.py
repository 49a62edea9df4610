"""What lies beside a submission: attachments, and forms that cannot be read. Neither becomes a revision.

A file is an attachment when the unit's `evidence` names it, or when its type is no form. A submission that names itself
stays one, and so does its corrected copy. Decided on readings alone; what was sent before comes in as a fact.
"""

import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping, Sequence
from enum import StrEnum

from gongkai.submission.appeals import appeals_in
from gongkai.submission.form import CSV, PUBLISHED, REFUSED, Reading, Submission

_APART = re.compile(r"[、，,；;]")
_FORMS = frozenset({"xlsx", "xlsm", "xls", "et", "ods", "json", "csv", "docx", "html", "htm", "pdf"})


class Beside(StrEnum):
    """What a file beside a submission is."""

    ATTACHMENT = "attachment"
    UNREADABLE = "unreadable"


def beside(readings: Sequence[Reading], before: Iterable[Submission]) -> Mapping[str, Beside]:
    """The files of one unit that are no submissions, by their hash.

    A form that cannot be read, and a refused link, is one while there is nothing else: then it is all that the unit
    gets an answer to.

    Args:
        readings: what the unit's files say.
        before: what it sent in earlier runs, as far as it could be read.
    """
    sent = list(before)
    said = [reading.submission for reading in readings if reading.submission is not None]
    evidence = {name for submission in (*sent, *said) for name in _evidence(submission)}
    years = {(submission.unit, submission.year) for submission in (*sent, *said) if _evidence(submission)}
    found = {r.file.sha256: Beside.ATTACHMENT for r in readings if _is_attachment(r, evidence, years)}
    if sent or any(r.submission is not None and r.file.sha256 not in found for r in readings):
        unread = (r.file.sha256 for r in readings if r.submission is None and r.file.sha256 not in found)
        found |= dict.fromkeys(unread, Beside.UNREADABLE)
    return found


def has_form_suffix(name: str) -> bool:
    """Whether a file is called as forms are: one that is not, and says nothing, is an attachment."""
    return _plain(name).rpartition(".")[2] in _FORMS


def _is_attachment(reading: Reading, evidence: Collection[str], years: Collection[tuple[str, int]]) -> bool:
    """Whether it is one; `years` are the unit and year of those whose evidence it may be."""
    said, name = reading.submission, _plain(reading.file.name)
    if said is not None:
        itself = reading.kind == PUBLISHED or (reading.kind != CSV and (said.unit, said.year) in years)
        return name in evidence and not itself  # a report is compared with the submission
    form = has_form_suffix(name) or ("." not in name and reading.kind not in (None, CSV))
    return reading.kind != REFUSED and (name in evidence or not form)


def _evidence(submission: Submission) -> list[str]:
    """The files that a submission names as evidence, for a claim or for an appeal."""
    claimed = [str(record["file"]) for record in submission.records("evidence") if record["file"]]
    appealed = [one.evidence for one in appeals_in(submission) if one.evidence]
    return [_plain(name) for name in (*claimed, *(part for said in appealed for part in _APART.split(said)))]


def _plain(name: str) -> str:
    """A file's own name as it is compared: without folders, width and case."""
    return unicodedata.normalize("NFKC", name).replace("\\", "/").rpartition("/")[2].strip().casefold()
