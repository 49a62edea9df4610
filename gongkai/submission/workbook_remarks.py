"""The text of a workbook's package outside its cells: comments, headers, text boxes, hyperlinks, properties.

It is only looked through for personal data (`workbook_privacy`) and never kept. Plain patterns over parts that the
guard has already parsed within its limits.
"""

import re
from collections.abc import Iterator, Mapping

_TAG = re.compile(r"<[^>]*>")
_WITHIN = r"<(?:\w+:)?{0}\b.*?</(?:\w+:)?{0}>"
# What it is called → the parts it stands in, and which elements of these (None: the whole part).
# Who made the file (creator, lastModifiedBy) is no applicant.
_REMARKS: Mapping[str, tuple[re.Pattern[str], str | None]] = {
    "批注": (re.compile(r"(?i)xl/.*comments?[^/]*\.xml$"), r"(?:text|t)"),
    "文字批注": (re.compile(r"content\.xml$"), r"annotation"),
    "页眉页脚": (re.compile(r"xl/worksheets/[^/]*\.xml$|styles\.xml$"), r"(?:headerFooter|header|footer)"),
    "文本框": (re.compile(r"xl/drawings/[^/]*\.xml$"), None),
    "超链接": (re.compile(r"xl/worksheets/_rels/[^/]*\.rels$"), None),
    "文档属性": (
        re.compile(r"docProps/(?:core|custom)\.xml$|meta\.xml$"),
        r"(?:title|subject|description|keywords?|category|lpwstr|user-defined)",
    ),
}


def remarks(parts: Mapping[str, bytes]) -> dict[str, str]:
    """The text of a package outside its cells, by what a clerk calls it."""
    found = {}
    for name, (where, element) in _REMARKS.items():
        texts = [
            _TAG.sub("", piece) if element else piece
            for part, content in parts.items()
            if where.match(part)
            for piece in _pieces(content.decode("utf-8", "replace"), element)
        ]
        if any(texts):
            found[name] = "\n".join(texts)
    return found


def _pieces(text: str, element: str | None) -> Iterator[str]:
    return (m[0] for m in re.finditer(_WITHIN.format(element), text, re.DOTALL)) if element else iter([text])
