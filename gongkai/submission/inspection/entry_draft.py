"""One entry of the office while it is read: its values, where each stood, and what was seen of it.

Faults are noted here and never raised; whether there are any is asked in `entry_checks`.
"""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from gongkai.findings import Coercion, ReadingIssue, Scalar
from gongkai.submission.form import Origin
from gongkai.submission.inspection.entry import Kind
from gongkai.submission.values.typed_values import printable


class Fault(NamedTuple):
    """What is wrong with one key: the rule that says so, what stands there, and what is right in a clause."""

    rule: str
    key: str
    observed: Scalar
    bound: str


class EntryDraft:
    """One entry while it is read: its name in findings, its values, and what was seen of it."""

    def __init__(self, name: str, origins: Mapping[str, Origin] | None = None, kinds: Sequence[Kind] = ()) -> None:
        """An empty draft.

        Args:
            name: of the entry.
            origins: where a key's value stands or would stand; under an empty key, where the entry begins.
            kinds: those of the sheet on which it stands; none where an entry of any kind may stand there.
        """
        self.name = name
        self.origins = origins or {}
        self.kinds = kinds
        self.values: dict[str, Any] = {}
        self.issues: list[ReadingIssue] = []
        self.coercions: list[Coercion] = []
        self.usable = True

    def where(self, key: str) -> str:
        return f"entries[{self.name}].{key}" if key else f"entries[{self.name}]"

    def origin(self, key: str) -> Origin:
        """Where a key stands; the entry's own place where that is not known."""
        return self.origins.get(key) or self.origins.get("") or Origin()

    def coerce(self, key: str, raw: str, value: Scalar, why: str) -> None:
        """Notes a reading that was not the plain value."""
        origin = self.origin(key)
        where = self.where(key)
        self.coercions.append(
            Coercion(where=where, sheet=origin.sheet, cell=origin.cell, raw=raw, value=value, why=why)
        )

    def refuse(self, key: str, observed: Scalar, expected: str) -> None:
        """Notes that a value cannot be read, and so the entry not be used."""
        self.usable = False
        self.note("SHAPE", key, observed, expected)

    def leave_out(self, fault: Fault, needed: str | None = None) -> None:
        """Notes why the entry is not counted."""
        self.usable = False
        self.say(fault, needed)

    def say(self, fault: Fault, needed: str | None = None, **values: Scalar) -> None:
        """Notes a fault; `needed` is what an entry of its kind must say, where something is missing."""
        said = {"bound": fault.bound or None, "needed": needed, **values}
        self.note(fault.rule, fault.key, fault.observed, None, **{k: v for k, v in said.items() if v is not None})

    def note(self, rule: str, key: str, observed: Scalar = None, expected: Scalar = None, **values: Scalar) -> None:
        """Notes something a rule speaks about; `values` fill further places of its message."""
        origin = self.origin(key)
        self.issues.append(
            ReadingIssue(
                rule=rule,
                where=self.where(key),
                sheet=origin.sheet,
                cell=origin.cell,
                observed=observed,
                expected=expected,
                values={"entry": self.name, **values},
            )
        )


def shown(raw: Any) -> str:
    """A raw value as a finding may show it: masked and short."""
    if raw is None:
        return "空白"
    return printable(raw if isinstance(raw, str) else str(raw), 100)
