"""Which styles of a Word report raise, strike out or hide what is written in them: a run may name one instead.

Taken from `word/styles.xml`. What a run says itself is looked at where its cell is read (`docx_source`).
"""

import io
import zipfile
from collections.abc import Mapping

from lxml import etree

from gongkai.submission.guard.office_package import in_utf8

SPACE, STRICT = (
    b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    b"http://purl.oclc.org/ooxml/wordprocessingml/main",
)
W = f"{{{SPACE.decode()}}}"  # every part is read in the namespace of the transitional form
_MARKED, _MAX, _DEEPEST = (b"vertAlign", b"trike", b"vanish"), 8 * 2**20, 20
_OFF = ("0", "false", "off", "none", "baseline")
_WORDS = {"vertAlign": "上标或下标", "vanish": "有隐藏文字", "strike": "有删除线", "dstrike": "有删除线"}


def marked_styles(data: bytes) -> Mapping[str, str]:
    """Id of a style → what it marks, in a word; those that mark nothing are absent, and of a damaged part all are."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            found = [
                one for one in package.infolist() if one.filename.replace("\\", "/").lower().endswith("/styles.xml")
            ]
            content = in_utf8(package.read(found[0])) if found and found[0].file_size <= _MAX else b""
        if not any(word in content for word in _MARKED) or b"<!" in content:
            return {}
        parser = etree.XMLParser(resolve_entities=False, no_network=True)
        root = etree.fromstring(content.replace(STRICT, SPACE), parser)
    except (zipfile.BadZipFile, EOFError, NotImplementedError, RuntimeError, OSError, etree.XMLSyntaxError):
        return {}
    said: dict[str, str | None] = {}
    based: dict[str, str] = {}
    for style in root.iter(f"{W}style"):
        name, basis = style.get(f"{W}styleId", ""), style.find(f"{W}basedOn")
        said[name] = _mark(style)
        based[name] = basis.get(f"{W}val", "") if basis is not None else ""
    resolved = {name: _resolved(name, said, based) for name in said}
    return {name: mark for name, mark in resolved.items() if mark}


def _mark(style: etree._Element) -> str | None:
    """What a style marks, empty where it takes a mark away; None where it says nothing of it."""
    marks = [
        "" if found.get(f"{W}val") in _OFF else word
        for name, word in _WORDS.items()
        if (found := style.find(f"{W}rPr/{W}{name}")) is not None
    ]
    return next((mark for mark in marks if mark), "" if marks else None)


def _resolved(name: str, said: Mapping[str, str | None], based: Mapping[str, str]) -> str:
    for _ in range(_DEEPEST):
        mark = said.get(name)
        if mark is not None:
            return mark
        name = based.get(name, "")
    return ""
