"""Reads a published annual report (docx, HTML, text PDF) into a `Reading`: by headings and labels, never by guess.

`sources` turn a file into paragraphs and printed tables, `labels` say which printed words are which of the format's,
one module a national table reads its figures, `reader` puts them together. No model, no network, no position.
"""

from gongkai.submission.published.differences import Difference, differences
from gongkai.submission.published.reader import (
    KIND,
    looks_published,
    printed_report,
    read_published,
    report_title,
    report_year,
    tables_printed,
)

__all__ = [
    "KIND",
    "Difference",
    "differences",
    "looks_published",
    "printed_report",
    "read_published",
    "report_title",
    "report_year",
    "tables_printed",
]
