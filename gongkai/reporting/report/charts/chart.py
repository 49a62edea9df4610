"""A chart as a value: its table of text and figures, and the shapes that are drawn of it.

What a chart shows stands in a module of its own, how shapes look in the template; black and white says the same as
colour, because patterns and numbers tell parts apart. `data_package` publishes the same tables.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

PATTERNS = ("solid", "light", "upright", "level", "cross", "white")
"""Fills in the order in which parts use them."""


@dataclass(frozen=True)
class Rect:
    """A filled box; `fill` is one of `PATTERNS`, or a grey between 0 (white) and 9."""

    x: float
    y: float
    width: float
    height: float
    fill: str = "solid"


@dataclass(frozen=True)
class ChartLine:
    """A line; a strong one is a limit."""

    x1: float
    y1: float
    x2: float
    y2: float
    strong: bool = False


@dataclass(frozen=True)
class Text:
    """`anchor`: start, middle or end; `on_dark`: stands on a dark box."""

    x: float
    y: float
    text: str
    anchor: str = "start"
    on_dark: bool = False


@dataclass(frozen=True)
class ChartColumn:
    """A column of a chart's table; `type` is that of a Frictionless field."""

    key: str
    title: str
    type: str = "integer"


@dataclass(frozen=True)
class Chart:
    """One chart.

    Attributes:
        key: short, unique; the name of its CSV file.
        says: what it shows, in a sentence, for those who do not see it.
        height: of 720 units of width.
    """

    key: str
    title: str
    says: str
    columns: Sequence[ChartColumn]
    rows: Sequence[tuple[Any, ...]]
    height: float
    rects: Sequence[Rect] = ()
    lines: Sequence[ChartLine] = ()
    texts: Sequence[Text] = ()

    @property
    def said(self) -> list[list[str]]:
        """Its table as text: what an approval binds."""
        return [[str(value) for value in row] for row in self.rows]


WIDTH = 720
