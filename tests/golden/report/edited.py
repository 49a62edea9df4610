"""A report edited as a person would: typed over, reworded, saved by a program that strips content controls."""

import io
import zipfile
from collections.abc import Callable
from typing import Any

from lxml import etree

from gongkai.submission.published.docx_source import W

Edit = Callable[[Any], None]


def edited(data: bytes, *edits: Edit) -> bytes:
    """The .docx after these edits of its document."""
    written = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as package, zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as into:
        for name in package.namelist():
            content = package.read(name)
            if name == "word/document.xml":
                root = etree.fromstring(content)
                for edit in edits:
                    edit(root)
                content = etree.tostring(root)
            into.writestr(name, content)
    return written.getvalue()


def stripped(root: Any) -> None:
    """Takes every content control away and leaves what it held, as WPS may."""
    for control in list(root.iter(f"{W}sdt")):
        parent, at = control.getparent(), control.getparent().index(control)
        parent[at : at + 1] = list(control.find(f"{W}sdtContent"))


def typed(before: str, after: str) -> Edit:
    """Types over the first run that says `before`."""

    def edit(root: Any) -> None:
        run = next(one for one in root.iter(f"{W}t") if before in (one.text or ""))
        run.text = run.text.replace(before, after, 1)

    return edit


def paragraph_behind(words: str, text: str) -> Edit:
    """Adds a paragraph behind the one that says `words`."""

    def edit(root: Any) -> None:
        said = (p for p in root.iter(f"{W}p") if words in "".join(t.text or "" for t in p.iter(f"{W}t")))
        added = etree.Element(f"{W}p")
        etree.SubElement(etree.SubElement(added, f"{W}r"), f"{W}t").text = text
        next(said).addnext(added)

    return edit


def digits(root: Any) -> list[tuple[Any, int]]:
    """Every digit of the document: its run and its place in it."""
    return [(run, at) for run in root.iter(f"{W}t") for at, sign in enumerate(run.text or "") if sign in "0123456789"]
