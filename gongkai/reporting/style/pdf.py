"""Compiles a Typst template and its data into a PDF: same template, data and date, same bytes on any machine.

Fonts come from a wheel only; system fonts are ignored. Data reach the template as JSON through `sys.inputs`
and are printed as strings, so that nobody's text is ever read as markup.
"""

import json
from datetime import datetime
from functools import cache
from importlib.resources import files
from pathlib import Path
from threading import Lock
from typing import Any

import pylopdf_fonts_zh_cn
import typst

_LOCK = Lock()


def compile_pdf(template: str, data: Any, as_of: datetime) -> bytes:
    """A PDF.

    Args:
        template: name of a `.typ` file below `templates`; it starts with `#import "prelude.typ": *`.
        data: JSON-able; the template sees it as `data`.
        as_of: stamped as the day of creation.
    """
    text = json.dumps(data, ensure_ascii=False, sort_keys=True)
    with _LOCK:  # one compiler for the whole process keeps the fonts parsed; it is not made for two at once
        document = _compiler().compile(
            _templates() / template, format="pdf", sys_inputs={"data": text}, timestamp=int(as_of.timestamp())
        )
    if not isinstance(document, bytes):
        raise TypeError("typst gives one PDF as bytes")
    return document


@cache
def _compiler() -> typst.Compiler:
    fonts = typst.Fonts(
        include_system_fonts=False,
        include_embedded_fonts=False,
        font_paths=[pylopdf_fonts_zh_cn.sans_path().parent],
    )
    return typst.Compiler(root=_templates(), font_paths=fonts, ignore_system_fonts=True)


def _templates() -> Path:
    return Path(str(files("gongkai.reporting") / "templates"))
