"""Units, indicators and kinds as people write them, made into the codes of an entry.

The same in every form of a file. What has no certain reading stays as it was written: the check says what is wrong.
"""

from collections.abc import Mapping

from gongkai.profile import Profile, Unit
from gongkai.submission.inspection.entry import KIND_NAMES
from gongkai.submission.inspection.entry_draft import EntryDraft
from gongkai.submission.plain_text import folded, visible
from gongkai.submission.values.choices import squeezed
from gongkai.submission.values.typed_values import NAME_FOLLOWS

_KIND_OF = {squeezed(name): kind for kind, name in KIND_NAMES.items()}


def offered(code: str, name: str) -> str:
    """How a drop-down of ours says a code: with its name behind."""
    return f"{code}{NAME_FOLLOWS}{name}"


def as_codes(draft: EntryDraft, profile: Profile, year: int) -> None:
    """Puts codes in the place of names; a name that is ours to the letter is no coercion."""
    values = draft.values
    if isinstance(said := values["kind"], str):
        values["kind"] = kind_of(said)
    units = profile.expected(year)
    _settle(draft, "unit", _unit(str(values["unit"]), units), {unit.code: unit.name for unit in units})
    if "indicator" in values:
        labels = {one.code: one.label for one in profile.scheme.indicators}
        _settle(draft, "indicator", _indicator(str(values["indicator"]), labels), labels)


def kind_of(said: str) -> str:
    """The kind that a word means, its key or its name; the word itself where it means none."""
    return _KIND_OF.get(squeezed(said), said)


def _settle(draft: EntryDraft, key: str, code: str | None, names: Mapping[str, str]) -> None:
    said = str(draft.values[key])
    if code is None or code == said:
        return
    draft.values[key] = code
    if said != offered(code, names.get(code, "")):
        draft.coerce(key, said, code, "按名录读作代码" if key == "unit" else "按考核方案读作代码")


def _unit(said: str, units: tuple[Unit, ...]) -> str | None:
    """The unit that a code, a name, or a code with its own name behind it means; None where that is not certain."""
    code, name = _parted(said)
    for unit in units:
        if code == unit.code and (not name or _is_called(unit, name)):
            return unit.code
    called = [unit.code for unit in units if _is_called(unit, " ".join(visible(said).split()))]
    return called[0] if len(called) == 1 else None


def _is_called(unit: Unit, name: str) -> bool:
    return unit.is_called(name) or squeezed(name) == squeezed(unit.name)


def _indicator(said: str, labels: Mapping[str, str]) -> str | None:
    """The indicator, likewise; of anything else that stands before our separator (a rule of a waiver) the code."""
    head, label = _parted(said)
    for code, own in labels.items():
        if head == code.upper() and (not label or squeezed(label) == squeezed(own)):
            return code
    named = [code for code, own in labels.items() if squeezed(own) == squeezed(said)]
    if len(named) == 1:
        return named[0]
    before, found, _ = said.partition(NAME_FOLLOWS)
    return before if found and before not in labels else None


def _parted(said: str) -> tuple[str, str]:
    """What stands before the first blank, as a code is written, and what stands behind it."""
    head, *rest = visible(said).split(None, 1)
    return folded(head).upper(), rest[0].strip() if rest else ""
