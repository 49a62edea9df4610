"""A computed figure in Word: an inline content control that is tagged with the figure's path and locked.

Locked against typing, not against removal: a sentence can be moved or deleted, a figure in it cannot be changed. The
reader of an edited report (`adoption`) knows the figure by its tag; where a program stripped it, by comparison alone.
"""

from collections.abc import Iterable
from typing import Any

from docx.document import Document as DocxDocument
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph

from gongkai.reporting.report.words.traced_text import TextPiece

_LONGEST_TAG = 64  # of Word; a longer one makes it call the file damaged
_PROPERTIES = ("alias", "tag", "id", "lock")  # in the order of the schema


def add_pieces(paragraph: Paragraph, pieces: Iterable[TextPiece]) -> None:
    """Adds words as runs and figures as controls."""
    for text, path in pieces:
        run = paragraph.add_run(text)
        if path is not None and len(path) <= _LONGEST_TAG:
            _wrap(run._r, path)


def number_controls(document: DocxDocument) -> None:
    """Gives every control of a finished document a number of its own."""
    for number, name in enumerate(document.element.iter(qn("w:id")), 1):
        name.set(qn("w:val"), str(number))


def _wrap(run: Any, path: str) -> None:
    control, properties, content = (OxmlElement(f"w:{name}") for name in ("sdt", "sdtPr", "sdtContent"))
    values = {"alias": path, "tag": path, "id": "0", "lock": "contentLocked"}
    for name in _PROPERTIES:
        element = OxmlElement(f"w:{name}")
        element.set(qn("w:val"), values[name])
        properties.append(element)
    properties.append(OxmlElement("w:text"))
    run.addprevious(control)
    content.append(run)
    control.extend((properties, content))
