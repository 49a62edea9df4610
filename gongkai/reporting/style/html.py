"""Renders an HTML page from a template below `gongkai/reporting/templates`.

Everything is escaped, a missing name is an error, and the page is complete in itself: the style sheet stands
inside, nothing is fetched, no script runs.
"""

import re
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from gongkai.findings import AFTER_ACCEPTANCE, Severity
from gongkai.reporting.style import printed_numbers
from gongkai.reporting.style.page import Page
from gongkai.submission.verdict import UnitState


def render(template: str, page: Page, **view: Any) -> str:
    """The page as text ending in a newline.

    Args:
        template: name below `templates`, extending `base.html`.
        page: head and foot, `page` in the template.
        view: the names the template uses.
    """
    return reachable(_environment().get_template(template).render(page=page, **view)) + "\n"


def reachable(html: str) -> str:
    """The page with each table in a region that scrolls and that the keyboard reaches, named by what stands over it.

    A narrow screen scrolls a wide table sideways; without a mouse that is possible only in a region with a tab stop.
    """
    written: list[str] = []
    heading, at = "", 0
    for found in _TABLE_OR_HEADING.finditer(html):
        written.append(html[at : found.start()])
        at = found.end()
        inside = _REGION.search(html, max(0, found.start() - _NEAR), found.start())
        if found["level"]:
            heading = _words(found[0])
        if found["level"] or inside:
            written.append(found[0])
            continue
        caption = _CAPTION.search(found[0])
        name = _words(caption[0]) if caption else heading
        written.append(f'<div class="scroll" role="region" tabindex="0" aria-label="{name}">{found[0]}</div>')
    return "".join([*written, html[at:]])


def _words(markup: str) -> str:
    """The words of a piece of markup as the value of an attribute: what was escaped stays so."""
    return " ".join(re.sub(r"<[^>]*>", " ", markup).replace('"', "&#34;").split())


_TABLE_OR_HEADING = re.compile(r"<h(?P<level>[1-3])\b.*?</h[1-3]>|<table\b.*?</table>", re.DOTALL)
_CAPTION = re.compile(r"<caption\b.*?</caption>", re.DOTALL)
_REGION = re.compile(r'<div class="scroll" role="region"[^>]*>\s*$')
_NEAR = 400  # characters before a table in which its own region begins


def render_letter(**view: Any) -> str:
    """The HTML part of a mail: it has no head or foot of a document."""
    return _environment().get_template("mail.html").render(**view) + "\n"


def css_string(text: str) -> Markup:
    """A quoted CSS string of any text: everything but letters, digits and ideographs as a code point."""
    escaped = re.sub(r"[^0-9A-Za-z\u3400-\u9fff]", lambda found: f"\\{ord(found.group()):x} ", text)
    return Markup(f'"{escaped}"')  # noqa: S704  nothing that means anything to CSS or HTML is left in it


def percent(share: str, half: str = "0") -> str:
    """A share between 0 and 1 as a position on a bar of 100; `half` is half the width of a tick drawn there."""
    return f"{100 * Decimal(share) - Decimal(half):.2f}"


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("gongkai.reporting", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(
        figure=printed_numbers.figure,
        plain=printed_numbers.plain,
        day=printed_numbers.day,
        moment=printed_numbers.moment,
        signed=printed_numbers.signed,
    )
    environment.filters.update(css_string=css_string, percent=percent)
    sheet = (files("gongkai.reporting") / "templates" / "style.css").read_text(encoding="utf-8")
    # Words and signs that have no other owner.
    environment.globals.update(Severity=Severity, UnitState=UnitState, after_acceptance=AFTER_ACCEPTANCE)
    environment.globals["style_sheet"] = Markup(sheet)  # noqa: S704  our own file, no value of anybody's in it
    return environment
