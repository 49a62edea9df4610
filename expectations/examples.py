"""An example of every rule that passes and one that fails, typed; read from `examples.yaml`.

The tests judge them, `handbook` and the units' list of rules print their sentences. How an example becomes a file is
the tests' business; nothing here is evaluated.
"""

from datetime import datetime
from functools import cache
from typing import Any

from pydantic import BaseModel, ConfigDict

from gongkai.packaged_data import packaged_yaml

Changes = dict[str, Any]
"""Place → value, on top of the clean submission; None takes the value away."""


class _ExamplePart(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Clean(_ExamplePart):
    """A small submission in which nothing is to be found, and what its last year said otherwise.

    Attributes:
        tables: the cells of the national tables that are not 0.
        last_year: the cells that were not the same a year before.
        rest: everything beside the tables, as the JSON form has it.
    """

    tables: Changes
    last_year: Changes
    rest: dict[str, Any]


class Right(_ExamplePart):
    """An example in which nothing is found; the keys are explained at the head of `examples.yaml`."""

    says: str
    put: Changes = {}
    unit: dict[str, Any] = {}
    received_at: datetime | None = None
    last_year: Changes | None = None
    accepted: Changes | None = None
    published: Changes | None = None
    report: Changes | None = None
    peers: int = 0
    district: Changes | None = None


class RaisingExample(Right):
    """An example that raises the rule: where, what a receipt says of it, and which other rules see it too."""

    where: tuple[str, ...]
    also: tuple[str, ...] = ()
    message: str
    noted: dict[str, Any] | None = None


class Pair(_ExamplePart):
    """The two examples of one rule."""

    right: Right
    wrong: RaisingExample


class Examples(_ExamplePart):
    """All examples, by rule id, and what they are built from."""

    clean: Clean
    shared: dict[str, Changes] = {}
    examples: dict[str, Pair]


@cache
def load_examples() -> Examples:
    """The examples that ship with the package."""
    return Examples.model_validate(packaged_yaml(__package__, "examples.yaml"))
