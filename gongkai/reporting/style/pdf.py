"""Compiles a Typst template and its data into a PDF: same template, data and date, same bytes on any machine.

Fonts come from a wheel only; system fonts are ignored. Data reach the template as JSON in a string and are printed as
strings, so that nobody's text is ever read as markup. They are no `sys.inputs`: those are part of all that a compiler
remembers, and what two papers have in common would be set anew for each.
"""

import json
import re
from collections import deque
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import pylopdf_fonts_zh_cn
import typst

from gongkai.reporting.style.record_fields import fields_of

_ENDLESS = re.compile(r"[A-Za-z0-9_-]{24}")  # such a run finds no place to break on a page
_IDLE: deque[typst.Compiler] = deque()  # the last used is the next: only as many are made as work at once


def compile_pdf(template: str, data: Mapping[str, Any], as_of: datetime) -> bytes:
    """A PDF.

    Args:
        template: name of a `.typ` file below `templates`; it defines `paper(data)`, see `prelude.typ`.
        data: JSON-able, records as their fields; the template sees it as `data`.
        as_of: stamped as the day of creation.
    """
    text = json.dumps(data, ensure_ascii=False, sort_keys=True, default=fields_of)
    endless = json.dumps(bool(_ENDLESS.search(text)))
    source = f'#import "{template}": paper\n#paper(json(bytes({_literal(text)})) + (endless: {endless}))\n'
    with _free_compiler() as compiler:
        document = compiler.compile(source.encode(), format="pdf", timestamp=int(as_of.timestamp()))
    if not isinstance(document, bytes):
        raise TypeError("typst gives one PDF as bytes")
    return document


def _literal(text: str) -> str:
    """A text as Typst writes it in quotes: nothing in it can end the string."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


@contextmanager
def _free_compiler() -> Iterator[typst.Compiler]:
    """A compiler that nobody else uses, for it is not made for two at once; one thread's work makes only one.

    It works without Python's lock, so a second thread has a second one and two papers are set at the same time.
    """
    try:
        compiler = _IDLE.pop()
    except IndexError:
        compiler = typst.Compiler(root=_templates(), font_paths=_fonts(), ignore_system_fonts=True)
    try:
        yield compiler
    finally:
        _IDLE.append(compiler)


@cache
def _fonts() -> typst.Fonts:
    """Parsed once, whoever uses them."""
    return typst.Fonts(
        include_system_fonts=False,
        include_embedded_fonts=False,
        font_paths=[pylopdf_fonts_zh_cn.sans_path().parent],
    )


def _templates() -> Path:
    return Path(str(files("gongkai.reporting") / "templates"))
