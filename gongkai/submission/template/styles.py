"""How the workbook looks: one family of cell formats, quiet and exact, the same on screen and in black and white.

Only appearance stands here. Cells to fill are unlocked and lightly tinted; everything else is locked.
"""

from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.format import Format

INK, RULE, GREY, TINT, SHADE, ACCENT = "#1A1A1A", "#7F7F7F", "#595959", "#FFFBE8", "#F2F2F2", "#A61C1C"
BODY_FONT, TITLE_FONT = "宋体", "黑体"
BODY_SIZE, SMALL_SIZE, HEAD_SIZE, TITLE_SIZE = 10.5, 9, 10.5, 16

_BODY = {"font_name": BODY_FONT, "font_size": BODY_SIZE, "font_color": INK, "valign": "vcenter"}
_BOXED = {"border": 1, "border_color": RULE}
_INPUT = {**_BOXED, "bg_color": TINT, "locked": False}

_STYLES: dict[str, dict[str, Any]] = {
    "plain": {},
    "title": {"font_name": TITLE_FONT, "font_size": TITLE_SIZE},
    "line": {"text_wrap": True},
    "note": {"font_size": SMALL_SIZE, "font_color": GREY, "text_wrap": True},
    "note_line": {"font_size": SMALL_SIZE, "font_color": GREY},
    "deadline": {"font_name": TITLE_FONT, "font_size": 12},
    "note_to_unit": {"font_color": ACCENT, "text_wrap": True},
    "section": {"font_name": TITLE_FONT, "bottom": 1, "bottom_color": INK},
    "caption": {**_BOXED, "align": "center", "font_name": TITLE_FONT, "bg_color": SHADE},
    "header": {**_BOXED, "align": "center", "text_wrap": True, "font_name": TITLE_FONT, "bg_color": SHADE},
    "label": {**_BOXED, "text_wrap": True, "indent": 1},
    "label_center": {**_BOXED, "text_wrap": True, "align": "center"},
    "hint": {"font_size": SMALL_SIZE, "font_color": GREY, "align": "center", "text_wrap": True},
    "example": {"font_size": SMALL_SIZE, "font_color": GREY, "align": "center", "text_wrap": True, "italic": True},
    "flag_label": {"align": "right"},
    "check": {**_BOXED, "align": "center", "font_size": SMALL_SIZE, "font_color": GREY, "text_wrap": True},
    "check_label": {**_BOXED, "font_size": SMALL_SIZE, "font_color": GREY, "text_wrap": True, "indent": 1},
    "reference": {**_BOXED, "font_size": SMALL_SIZE, "font_color": GREY, "align": "right"},
    "status": {**_BOXED, "text_wrap": True, "indent": 1},
    "input_integer": {**_INPUT, "align": "right", "num_format": "0"},
    "input_decimal": {**_INPUT, "align": "right"},
    "input_date": {**_INPUT, "align": "center", "num_format": "yyyy-mm-dd"},
    "input_text": {**_INPUT, "text_wrap": True, "num_format": "@", "align": "left"},
    "input_boolean": {**_INPUT, "align": "center"},
    "input_choice": {**_INPUT, "text_wrap": True},
    "input_choices": {**_INPUT, "text_wrap": True},
    "input_long": {**_INPUT, "text_wrap": True, "valign": "top"},
    "input_told": {**_BOXED, "locked": False, "text_wrap": True, "font_size": SMALL_SIZE, "font_color": GREY},
    "attention": {"font_color": ACCENT, "bold": True},
    "act": {"font_name": TITLE_FONT, "font_size": 12, "font_color": ACCENT},
    "cause": {**_BOXED, "font_name": TITLE_FONT, "indent": 1},
    "severity": {**_BOXED, "font_name": TITLE_FONT, "bg_color": SHADE, "indent": 1},
    "link": {**_BOXED, "text_wrap": True, "align": "center", "font_color": "#1F4E9E", "underline": 1},
    "said": {**_BOXED, "text_wrap": True, "indent": 1},
    "figure": {**_BOXED, "align": "right", "indent": 1},
    "center": {**_BOXED, "align": "center"},
    "code": {**_BOXED, "font_size": 8, "font_color": GREY, "text_wrap": True, "indent": 1},
}
# A cell that a returned workbook speaks of: fill on the screen, a heavy or dashed frame in black and white.
_MARKS: dict[str, dict[str, Any]] = {
    "error": {"bg_color": "#F6C9C4", "border": 2, "border_color": ACCENT},
    "query": {"bg_color": "#FCE4B6", "border": 8, "border_color": "#8A5A00"},
    "notice": {},
}


class Styles:
    """The formats of one workbook by name, made when first used."""

    def __init__(self, book: Workbook) -> None:
        self._book = book
        self._made: dict[str, Format] = {}

    def __getitem__(self, name: str) -> Format:
        if name not in self._made:
            base = {} if name == "attention" else _BODY
            self._made[name] = self._book.add_format({**base, **_STYLES[name]})
        return self._made[name]

    def input(self, field_type: str, *, long: bool = False, mark: str | None = None) -> Format:
        """The format of a cell to fill, marked as error, query or notice where there is one."""
        name = "input_long" if long else f"input_{field_type}"
        if mark is None:
            return self[name]
        marked = f"{name}:{mark}"
        if marked not in self._made:
            self._made[marked] = self._book.add_format({**_BODY, **_STYLES[name], **_MARKS[mark]})
        return self._made[marked]
