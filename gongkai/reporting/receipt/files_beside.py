"""Attachments, and forms that could not be read, as a receipt lists them: for `receipt.json` and for the page."""

from dataclasses import dataclass
from typing import Any

from gongkai.reporting.style import moment
from gongkai.warehouse.records import FileBeside, UnitYear, YearState


@dataclass(frozen=True)
class FileBesideLine:
    """A file beside the submission: when it came, its hash, and what is said of it.

    Attributes:
        personal: what of it speaks of personal data, in the file's name.
    """

    received_at: str
    file: str
    sha256: str
    words: tuple[str, ...]
    personal: tuple[str, ...]


def attachments_json(unit_year: UnitYear) -> list[dict[str, str]]:
    """The attachments as contract.md lists them."""
    return [{"file": one.file, "sha256": one.sha256} for one in unit_year.attachments]


def unreadable_json(unit_year: UnitYear, state: YearState) -> list[dict[str, Any]]:
    """The forms that could not be read, beside the revision that the receipt speaks of."""
    return [
        {
            "file": one.file,
            "sha256": one.sha256,
            "received_at": state.profile.local(one.received_at).isoformat(),
            "findings": [finding.to_json() for finding in one.findings],
        }
        for one in unit_year.unreadable
    ]


def file_lines(files: tuple[FileBeside, ...], state: YearState) -> tuple[FileBesideLine, ...]:
    """Files beside the submission for the page."""
    return tuple(
        FileBesideLine(
            moment(state.profile.local(one.received_at)),
            one.file,
            one.sha256[:12],
            tuple(finding.message for finding in one.findings),
            tuple(finding.message for finding in one.findings if finding.rule == "PERSONAL-DATA"),
        )
        for one in files
    )
