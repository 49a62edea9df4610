"""Only `figures` knows what a key of the national format means: no other module of the product spells a table's key."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from gongkai.national_format import known_tables

ROOT = Path(__file__).parents[3]
OWNER = "gongkai/national_format/figures.py"
INVENTED = "gongkai/demonstration/"  # a made-up year is written in the keys of its own format
MODULES = sorted(
    path.relative_to(ROOT).as_posix()
    for room in ("gongkai", "expectations", "tasks", "flows")
    for path in (ROOT / room).rglob("*.py")
)


def keys_in(source: str) -> Iterator[str]:
    """The places in tables that a source spells (`disputes.reconsideration.total`, the start of an f-string)."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            table, dot, row = node.value.partition(".")
            if table in known_tables() and dot and (not row or row.split(".")[0].isidentifier()):
                yield node.value


def test_the_search_finds_what_it_looks_for() -> None:
    assert list(keys_in('a = "requests.granted.total", f"disputes.{kind}.total", "requests", "requests. A word"')) == [
        "requests.granted.total",
        "disputes.",
    ]


@pytest.mark.parametrize("module", [name for name in MODULES if name != OWNER and not name.startswith(INVENTED)])
def test_no_other_module_spells_a_place_in_a_table(module: str) -> None:
    assert list(keys_in((ROOT / module).read_text(encoding="utf-8"))) == []
