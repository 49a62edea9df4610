"""An edited Word report, paragraph by paragraph, with the tag of every content control that stands in its text.

Word keeps a control's tag, LibreOffice its title, WPS may keep neither: what has lost both is plain text. Tables are
read by their labels as in any report (`reader`). Nothing is compared here.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from lxml import etree

from gongkai.submission.published.docx_source import (
    CHANGED,
    W,
    blocks,
    document_body,
    hidden,
    margin_texts,
    text_of_child,
    visible_text,
)

_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/"
_PICTURE, _CHART = f"{{{_DRAWING}picture}}", f"{{{_DRAWING}chart}}"
_VML, _MATH = "{urn:schemas-microsoft-com:vml}", "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_NAMES = ("tag", "alias")
_NOT_TEXT = (
    ("图片", (f"{_PICTURE}pic", f"{_VML}imagedata")),
    ("艺术字", (f"{_VML}textpath",)),
    ("公式", (f"{_MATH}oMath", f"{_MATH}oMathPara")),
    ("符号字体的字符", (f"{W}sym",)),
    ("嵌入的对象或文件", (f"{W}object", f"{W}altChunk", f"{W}subDoc", f"{_CHART}chart")),
)
_UNREAD = tuple(name for _, names in _NOT_TEXT for name in names)
_OWN_TEXT = (f"{W}footnoteReference", f"{W}endnoteReference")


class Stretch(NamedTuple):
    """A stretch of a paragraph: its text, and the tag of the control that holds it."""

    text: str
    tag: str | None = None


@dataclass(frozen=True)
class EditedText:
    """The text of an edited report.

    Attributes:
        paragraphs: those outside tables that are not empty, in their order.
        unsettled: what the file holds besides that a reader of the text would not see, and the way out, in Chinese.
        margins: the text of its heads and feet.
    """

    paragraphs: tuple[tuple[Stretch, ...], ...]
    unsettled: tuple[tuple[str, str], ...] = ()
    margins: tuple[str, ...] = ()


def edited_text(data: bytes) -> EditedText:
    """Reads the text of a .docx.

    Raises:
        Unreadable: damaged, or larger than any report.
    """
    body = document_body(data)
    paragraphs = [tuple(_stretches(one)) for one in blocks(body) if one.tag == f"{W}p"]
    shown = (stretches for stretches in paragraphs if any(one.text.strip() for one in stretches))
    return EditedText(tuple(shown), tuple(_unsettled(body)), tuple(margin_texts(data)))


def _stretches(element: etree._Element) -> Iterator[Stretch]:
    """The text of a paragraph; a control inside another counts as the inner one."""
    held = ""
    for child in element:
        if child.tag == f"{W}sdt" and (content := child.find(f"{W}sdtContent")) is not None:
            if held:
                yield Stretch(held)
            held = ""
            if next(content.iter(f"{W}sdt"), None) is not None:
                yield from _stretches(content)
            elif text := visible_text(content):
                yield Stretch(text, _tag(child))
        else:
            held += text_of_child(child)
    if held:
        yield Stretch(held)


def _tag(control: etree._Element) -> str | None:
    names = (control.find(f"{W}sdtPr/{W}{name}") for name in _NAMES)
    return next((name.get(f"{W}val") for name in names if name is not None and name.get(f"{W}val")), None)


def _unsettled(body: etree._Element) -> Iterator[tuple[str, str]]:
    found = {element.tag for element in body.iter(*CHANGED, *_OWN_TEXT, *_UNREAD)}
    for what, names in _NOT_TEXT:
        if found.intersection(names):
            yield what, f"写在正文中的文字（{what}不能采用）"
    if any(hidden(run) for run in body.iter(f"{W}r")):
        yield "隐藏文字", "没有隐藏文字的文件"
    if any(one.get(f"{W}val") != "0" for one in body.iter(f"{W}numId")):
        yield "自动编号", "直接写出的编号（自动编号不能采用）"
    if found & CHANGED:
        yield "未接受的修订", "接受或拒绝全部修订后的文件"
    if found.intersection(_OWN_TEXT):
        yield "脚注或尾注", "写在正文中的文字（脚注和尾注不能采用）"
