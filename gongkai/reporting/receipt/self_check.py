"""The page of a sender's own check (`gongkai check --html`): a receipt's findings for a file that nobody received."""

from dataclasses import replace
from datetime import datetime
from pathlib import Path

from gongkai.profile import Profile
from gongkai.reporting.receipt.view import file_view
from gongkai.reporting.shared.write import write_text
from gongkai.reporting.style import Page, render
from gongkai.submission.form import ReceivedFile
from gongkai.submission.verdict import Verdict
from gongkai.warehouse.records import StoredFile


def write_check_page(
    file: ReceivedFile, verdict: Verdict, profile: Profile, year: int, now: datetime, place: Path
) -> Path:
    """Writes the page; it looks like a receipt and says that it is none."""
    page = Page(
        title="自查结果（不是回执）",
        place=profile.district,
        year=year,
        as_of=now,
        basis=verdict.rules_version,
    )
    seen = file_view(StoredFile(file.name, file.sha256, file.received_at, verdict), profile, year)
    seen = replace(seen, status=verdict.status.foretold, received="自查，没有报送")
    return write_text(place, render("receipt_files.html", page, files=[seen]))
