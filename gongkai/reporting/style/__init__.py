"""The shared look of everything that people see: one HTML base, one Typst prelude, one way to print a figure.

Documents of the family import from here and nothing below it. What a single document says (its view model and
its template) stands beside this package, never inside.
"""

from gongkai.reporting.style.html import render
from gongkai.reporting.style.page import Page, page_of
from gongkai.reporting.style.pdf import compile_pdf
from gongkai.reporting.style.printed_numbers import MISSING, NOT_APPLICABLE, counts, day, figure, moment, signed
from gongkai.reporting.style.record_fields import fields_of
from gongkai.reporting.style.same_zip import repack

__all__ = [
    "MISSING",
    "NOT_APPLICABLE",
    "Page",
    "compile_pdf",
    "counts",
    "day",
    "fields_of",
    "figure",
    "moment",
    "page_of",
    "render",
    "repack",
    "signed",
]
