"""A content as the bytes of the file that a unit hands in: a workbook for most, JSON for a few and for the office.

What a clerk typed wrongly must stand in the workbook as it was typed, so cells that need a reading other than
the plain one are written as their raw text.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

from gongkai.demonstration.year import Content
from gongkai.profile import Profile
from gongkai.submission.form import Cell, ReceivedFile, State, Submission
from gongkai.submission.readers.json_reader import read_json
from gongkai.submission.template.writer import workbook_bytes

# These units' own programs write JSON; the others fill the workbook.
JSON_UNITS = frozenset({"A12", "A17", "A22", "T04", "OFFICE"})


def json_bytes(content: Mapping[str, Any]) -> bytes:
    """A content, or the inspection file, as JSON."""
    return (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode()


def submission_of(content: Content) -> Submission:
    """A content as the typed form that everything downstream uses.

    Raises:
        ValueError: the content is no submission at all.
    """
    data = json_bytes(content)
    nowhere = Path(f"{content['unit']}.json")
    moment = datetime.fromisoformat(f"{content['prepared_on']}T09:00:00+08:00")
    file = ReceivedFile(nowhere, nowhere.name, None, hashlib.sha256(data).hexdigest(), len(data), moment)
    submission = read_json(file, data).submission
    if submission is None:
        raise ValueError(f"the content of {content['unit']} {content['year']} cannot be read")
    return submission


def file_of(code: str, content: Content, last_year: Content | None, profile: Profile) -> tuple[str, bytes]:
    """The file that a unit hands in: its suffix and its bytes.

    `code` is the unit that hands it in, which a wrong file does not name; `last_year` fills the workbook's
    column of reference figures.
    """
    unit = profile.unit(content["unit"])
    if code in JSON_UNITS or unit is None:
        return ".json", json_bytes(content)
    submission = submission_of(content)
    typed = replace(submission, cells=tuple(_as_typed(cell) for cell in submission.cells))
    previous = submission_of(last_year) if last_year else None
    return ".xlsx", workbook_bytes(typed, profile, unit, submission.year, previous)


def _as_typed(cell: Cell) -> Cell:
    return cell._replace(state=State.UNREADABLE) if cell.origin.raw is not None else cell
