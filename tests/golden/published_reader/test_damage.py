"""Damaged reports: whatever a clerk, a converter or a portal did to the tables, no figure may be read wrong.

The damage is drawn with fixed seeds: cells lost, doubled, merged or emptied, spans changed, labels misspelt, rows lost.
Each printed figure has its own value, so that one read in another's place is seen.
"""

import random
from collections import Counter
from collections.abc import Callable
from typing import TypeAlias

import pytest
from lxml import etree, html

from tests.golden.published.build import cases
from tests.golden.published_reader import render
from tests.golden.published_reader.test_score import read

Page: TypeAlias = etree._Element
SEEDS = 25  # with 150 (3,600 reports) nothing was read wrong either


def lose_cell(page: Page, rng: random.Random) -> None:
    _drop(rng.choice(page.xpath("//table//td | //table//th")))


def double_cell(page: Page, rng: random.Random) -> None:
    cell = rng.choice(page.xpath("//table//td | //table//th"))
    cell.addnext(html.fromstring(html.tostring(cell)))


def merge_cells(page: Page, rng: random.Random) -> None:
    cell = rng.choice(page.xpath("//table//td[following-sibling::td]"))
    after = cell.getnext()
    cell.text = f"{cell.text or ''}{after.text or ''}"
    cell.set("colspan", "2")
    _drop(after)


def swallow_cell(page: Page, rng: random.Random) -> None:
    """Two cells become one that is as wide as one: everything right of it moves."""
    cell = rng.choice(page.xpath("//table//td[following-sibling::td]"))
    after = cell.getnext()
    cell.text = f"{cell.text or ''}{after.text or ''}"
    _drop(after)


def change_span(page: Page, rng: random.Random) -> None:
    cell = rng.choice(page.xpath("//table//td | //table//th"))
    cell.set(rng.choice(["rowspan", "colspan"]), str(rng.randint(1, 9)))


def forget_span(page: Page, rng: random.Random) -> None:
    cell = rng.choice(page.xpath("//table//*[@rowspan or @colspan]"))
    cell.attrib.pop("rowspan", None)
    cell.attrib.pop("colspan", None)


def misspell(page: Page, rng: random.Random) -> None:
    cell = rng.choice([cell for cell in page.xpath("//table//th") if len(cell.text or "") > 2])
    text = cell.text or ""
    at = rng.randrange(len(text))
    cell.text = text[:at] + rng.choice(["", "口", "某某"]) + text[at + 1 :]


def empty_label(page: Page, rng: random.Random) -> None:
    cell = rng.choice(page.xpath("//table//th"))
    for child in list(cell):
        cell.remove(child)
    cell.text = ""


def lose_row(page: Page, rng: random.Random) -> None:
    _drop(rng.choice(page.xpath("//table//tr")))


def double_row(page: Page, rng: random.Random) -> None:
    row = rng.choice(page.xpath("//table//tr"))
    row.addnext(html.fromstring(f"<table>{html.tostring(row, encoding='unicode')}</table>").xpath("//tr")[0])


def lose_heading(page: Page, rng: random.Random) -> None:
    _drop(rng.choice(page.xpath("//h2")))


def add_mark(page: Page, rng: random.Random) -> None:
    """A raised footnote mark after a figure."""
    etree.SubElement(rng.choice(page.xpath("//table//td")), "sup").text = "1"


DAMAGES: list[Callable[[Page, random.Random], None]] = [
    lose_cell, double_cell, merge_cells, swallow_cell, change_span, forget_span, misspell, empty_label, lose_row,
    double_row, lose_heading, add_mark,
]  # fmt: skip


def _drop(element: Page) -> None:
    element.drop_tree()


def distinct(printed: dict[str, str]) -> dict[str, str]:
    """Every figure another number."""
    return {where: str(1001 + n) for n, where in enumerate(printed)}


def wrong(printed: dict[str, str], data: bytes) -> tuple[list[tuple[str, str, object]], Counter[str]]:
    """The figures read as something else than was printed there, and how many were read and not read."""
    submission = read(data).submission
    counted: Counter[str] = Counter()
    found: list[tuple[str, str, object]] = []
    for where, text in printed.items():
        value = submission.value(where) if submission else None
        counted["unread" if value is None else "read"] += 1
        if value is not None and str(value) != text:
            found.append((where, text, value))
    return found, counted


@pytest.mark.parametrize("damage", DAMAGES, ids=lambda damage: damage.__name__)
@pytest.mark.parametrize("number", ["002", "014"])
def test_no_damage_makes_a_figure_another(damage: Callable[[Page, random.Random], None], number: str) -> None:
    case = next(case for case in cases() if case.number == number)
    printed = distinct(render.figures(case))
    sound = render.WRITERS["html"](render.view(case, printed, render.sound))
    total: Counter[str] = Counter()
    for seed in range(SEEDS):
        rng = random.Random(f"{damage.__name__} {seed}")  # noqa: S311
        page = html.fromstring(sound)
        for _ in range(rng.choice([1, 1, 1, 3])):
            damage(page, rng)
        found, counted = wrong(printed, html.tostring(page, encoding="utf-8"))
        assert found == [], seed
        total += counted
    assert total["read"] > total["unread"]  # one fault does not cost the report
