"""The form of an official document in Word: page, faces, line spacing, indents, language, head and foot.

The numbers follow GB/T 9704 as the tech notes give them. The official faces are named; none is shipped, and Word
puts its own where one is missing. What the report says is not decided here.
"""

import re
from typing import Any

from docx import Document
from docx.document import Document as DocxDocument
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

BODY, SIGNATURE, FOOTNOTE = "Normal", "落款", "注"
TABLE_HEAD, TABLE_TEXT, TABLE_HEAD_DENSE, TABLE_TEXT_DENSE, TABLE_NOTE = "表头", "表文", "密表头", "密表文", "表注"
_SONG, _FANG, _BLACK, _KAI, _LATIN = "方正小标宋简体", "仿宋_GB2312", "黑体", "楷体_GB2312", "Times New Roman"
_CENTER, _RIGHT, _LEFT = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.RIGHT, WD_ALIGN_PARAGRAPH.LEFT
_BODY_SIZE, _BODY_LINE, _NUMBER_SIZE = 16, 28, 14
_WIDE = re.compile("[“”‘’—…·]")
_LEFT_OVERS = (
    "thumbnail",
    "stylesWithEffects",
    "customXml",
    "extended-properties",
)  # of the library's template: not ours to hand out


def new_document() -> DocxDocument:
    """An empty document without what the library's own template brings: a picture, old styles, a foreign language."""
    document = Document()
    for owner in (document.part.package, document.part):
        for key in [key for key, one in owner.rels.items() if one.reltype.endswith(_LEFT_OVERS)]:
            del owner.rels[key]
    for language in document.settings.element.iter(qn("w:themeFontLang")):
        language.set(qn("w:eastAsia"), "zh-CN")
    return document


def set_page(document: DocxDocument) -> None:
    """A4 with the margins of official documents; the foot stands below the text area."""
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    section.header_distance, section.footer_distance = Mm(20), Mm(18)


def set_styles(document: DocxDocument) -> None:
    """The styles of the document; headings and title are Word's own, so that its navigation knows them."""
    _set_language(document)
    styles = document.styles
    _style(styles["Normal"], _FANG, _BODY_SIZE, line=_BODY_LINE, indent=2, align=WD_ALIGN_PARAGRAPH.JUSTIFY)
    _style(styles["Title"], _SONG, 22, line=34, align=_CENTER, after=20)
    _style(styles["Heading 1"], _BLACK, _BODY_SIZE, line=_BODY_LINE, indent=2, align=_LEFT, before=10, with_next=True)
    _style(styles["Heading 2"], _KAI, _BODY_SIZE, line=_BODY_LINE, indent=2, align=_LEFT, with_next=True)
    _style(styles["Header"], _BLACK, 9, line=14, align=_CENTER)
    _style(styles["Footer"], _FANG, 9, line=16, align=_CENTER)
    for name, face, size, line, align in (
        (TABLE_HEAD, _BLACK, 10.5, 18, _CENTER),
        (TABLE_TEXT, _FANG, 10.5, 18, _LEFT),
        (TABLE_HEAD_DENSE, _BLACK, 9, 12, _CENTER),
        (TABLE_TEXT_DENSE, _FANG, 9, 12, _LEFT),
        (TABLE_NOTE, _FANG, 10.5, 18, _RIGHT),
        (FOOTNOTE, _FANG, 10.5, 18, _LEFT),
    ):
        _style(styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH), face, size, line=line, align=align)
    styles[TABLE_NOTE].paragraph_format.keep_with_next = True
    _style(styles.add_style(SIGNATURE, WD_STYLE_TYPE.PARAGRAPH), _FANG, _BODY_SIZE, line=_BODY_LINE, align=_RIGHT)


def _style(
    style: Any,
    face: str,
    size: float,
    *,
    line: float,
    align: Any,
    indent: int = 0,
    before: float = 0,
    after: float = 0,
    with_next: bool = False,
) -> None:
    """One paragraph style: face; size, exact line and spaces in points; first-line indent in characters."""
    font, form = style.font, style.paragraph_format
    font.name, font.size, font.bold, font.italic = _LATIN, Pt(size), False, False
    font.color.rgb = RGBColor(0, 0, 0)
    faces = style.element.get_or_add_rPr().get_or_add_rFonts()
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        faces.attrib.pop(qn(f"w:{theme}"), None)
    faces.set(qn("w:eastAsia"), face)
    faces.set(qn("w:cs"), _LATIN)
    spacing = style.element.rPr.find(qn("w:spacing"))
    if spacing is not None:  # Word's title is set wide
        style.element.rPr.remove(spacing)
    form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(line)
    form.space_before, form.space_after, form.alignment = Pt(before), Pt(after), align
    form.keep_with_next, form.widow_control = with_next, True
    form.first_line_indent = Pt(size * indent)
    properties = style.element.get_or_add_pPr()
    properties.ind.set(qn("w:firstLineChars"), str(100 * indent))
    for border in properties.findall(qn("w:pBdr")):  # Word's title has a rule below it
        properties.remove(border)


def _set_language(document: DocxDocument) -> None:
    """Chinese for the text; digits and letters stay Latin, or a figure would be broken at the end of a line."""
    defaults = document.styles.element.find(f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}/{qn('w:rPr')}")
    language = defaults.find(qn("w:lang"))
    language.set(qn("w:val"), "en-US")
    language.set(qn("w:eastAsia"), "zh-CN")


def set_head_and_foot(document: DocxDocument, head: str) -> None:
    """The notices at the head (none when empty); at the foot — n —, outside: odd pages right, even pages left."""
    section = document.sections[0]
    document.settings.odd_and_even_pages_header_footer = True
    if head:
        for header in (section.header, section.even_page_header):
            header.paragraphs[0].text = head
            header.paragraphs[0].style = document.styles["Header"]
    for footer, align in ((section.footer, _RIGHT), (section.even_page_footer, _LEFT)):
        number = footer.paragraphs[0]
        number.style, number.alignment = document.styles["Footer"], align
        form = number.paragraph_format
        form.left_indent, form.right_indent = (Pt(14), None) if align is _LEFT else (None, Pt(14))
        number.add_run("— ").font.size = Pt(_NUMBER_SIZE)
        _field(number, "PAGE")
        number.add_run(" —").font.size = Pt(_NUMBER_SIZE)


def finish(document: DocxDocument) -> None:
    """What can be set only when everything is written: quotation marks and dashes in the Chinese face.

    A quotation mark is as wide as a Latin letter unless its run says that it is Chinese.
    """
    for part in _parts(document):
        for run in part.iter(qn("w:r")):
            if _WIDE.search("".join(text.text or "" for text in run.iter(qn("w:t")))):
                run.get_or_add_rPr().get_or_add_rFonts().set(qn("w:hint"), "eastAsia")


def _parts(document: DocxDocument) -> list[Any]:
    section = document.sections[0]
    return [document.element.body, section.header._element, section.even_page_header._element]


def _field(paragraph: Any, code: str) -> None:
    """A field that Word and LibreOffice compute alike: each of its marks in a run of its own, all of one size."""
    for kind in ("begin", "code", "separate", "shown", "end"):
        run = paragraph.add_run()
        run.font.size = Pt(_NUMBER_SIZE)
        if kind == "shown":
            run.add_text("1")
            continue
        element = OxmlElement("w:instrText" if kind == "code" else "w:fldChar")
        if kind == "code":
            element.set(qn("xml:space"), "preserve")
            element.text = f" {code} "
        else:
            element.set(qn("w:fldCharType"), kind)
        run._r.append(element)
