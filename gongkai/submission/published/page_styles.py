"""What the styles of a web page mark in a cell: raised, struck out and hidden text; no digit of it is a figure's.

Styles stand at an element, or in the page's own rules for a class or a kind of element; nothing else is looked at.
"""

import re
from collections import Counter, defaultdict

from lxml import etree

_RULE = re.compile(r"([^{}]{1,2000})\{([^{}]*)\}")
_CLASS, _KIND = re.compile(r"\.([\w-]+)\s*$"), re.compile(r"(?:^|[\s>+~])([a-z][a-z0-9]*)\s*$")
_STRUCK = re.compile(r"text-decoration(?:-line)?\s*:[^;}]*line-through", re.IGNORECASE)
# Of a part of a cell only: a whole cell may be moved, or written small, for its looks.
_RAISED = re.compile(
    r"vertical-align\s*:\s*(?:super|text-top|\d)|mso-text-raise\s*:\s*[1-9]"
    r"|position\s*:\s*relative[^}]*?\b(?:top|bottom)\s*:\s*-?[.\d]*[1-9]",
    re.IGNORECASE,
)
_LOWERED = re.compile(r"vertical-align\s*:\s*(?:sub|text-bottom|-)|mso-text-raise\s*:\s*-", re.IGNORECASE)
_UNSHOWN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
STRUCK, HIDDEN = "删除线", "隐藏文字"
_TAGS = {"del": STRUCK, "s": STRUCK, "strike": STRUCK, "sup": "上标", "sub": "下标", "input": "输入框"}
_TAGS |= {"rt": "注音", "msup": "上标", "msub": "下标", "msubsup": "上标", "mfrac": "分数"}


class PageStyles:
    """The rules that a page writes itself, by class and by kind of element."""

    def __init__(self, root: etree._Element) -> None:
        self._rules: dict[str, str] = defaultdict(str)
        for style in root.iter("style"):
            for selectors, said in _RULE.findall(style.text or ""):
                for selector in selectors.split(","):
                    if found := _CLASS.search(selector) or _KIND.search(selector.lower()):
                        self._rules[found[1] if found.re is _KIND else f".{found[1]}"] += f"{said};"

    def doubt(self, cell: etree._Element) -> str:
        """What in a cell is marked, in a word; empty where nothing is."""
        tag = next((_TAGS[str(element.tag)] for element in cell.iter() if element.tag in _TAGS), None)
        if tag is not None:
            return tag
        around = frozenset().union(*(self._marks(element) for element in cell.iterancestors("tr", "table"))) & {STRUCK}
        marked: Counter[str] = Counter()
        every = self._count(cell, around, marked)
        return next((mark for mark, signs in marked.items() if signs and (mark == STRUCK or signs < every)), "")

    def _count(self, element: etree._Element, around: frozenset[str], marked: Counter[str]) -> int:
        """Counts the signs of an element, and those under each mark."""
        marks = around | self._marks(element)
        own = sum(len("".join(text.split())) for text in (element.text, *(child.tail for child in element)) if text)
        for mark in marks:
            marked[mark] += own
        return own + sum(self._count(child, marks, marked) for child in element if isinstance(child.tag, str))

    def _marks(self, element: etree._Element) -> frozenset[str]:
        classes = (self._rules.get(f".{name}", "") for name in (element.get("class") or "").split())
        ruled = ";".join((self._rules.get(str(element.tag), ""), *classes))
        said = f"{ruled};{element.get('style') or ''}"
        found = {
            STRUCK: _STRUCK.search(said),
            "上标": element.tag not in ("td", "th") and _RAISED.search(said),
            "下标": element.tag not in ("td", "th") and _LOWERED.search(said),
            HIDDEN: _UNSHOWN.search(ruled),  # at the element itself it is no part of the text
            "小字": element.tag == "small",
        }
        return frozenset(mark for mark, there in found.items() if there)
