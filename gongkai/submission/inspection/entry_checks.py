"""What an entry of an inspection file must and may say: its types, its kinds, and what registry and scheme allow.

One entry is a `Draft` while it is read: faults are noted on it, all of them, and never raised.
"""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any, get_args

from gongkai.findings import Coercion, ReadingIssue, Scalar
from gongkai.profile import Profile
from gongkai.submission.inspection.entry import Kind
from gongkai.submission.values.typed_values import expected_form, printable

TYPES = {
    **dict.fromkeys(("id", "unit", "indicator", "kind", "by", "reason", "evidence", "sha256"), "text"),
    **dict.fromkeys(("issued_on", "due_on", "closed_on", "on", "until"), "date"),
    **dict.fromkeys(("passed", "checked"), "integer"),
    "points": "decimal",
    "recurred": "boolean",
}
ALWAYS = ("id", "unit", "kind")
_FREELY = ("indicator", "on", "by", "reason", "evidence")
# kind → what an entry must say, what it may say besides what every kind may.
_MUST: Mapping[str, tuple[str, ...]] = {
    "checked": ("indicator", "passed", "checked"),
    "score": ("indicator", "points"),
    "problem": ("indicator",),
    "penalty": (),
    "bonus": (),
    "veto": ("reason",),
    "rectification": ("issued_on", "due_on"),
    "appeal": (),
    "decision": ("by", "reason"),
    "waiver": ("reason",),
    "extension": ("until",),
    "excuse": ("reason",),
    "reopen": ("on", "by", "reason"),
    "admission": ("sha256", "by", "reason"),
}
_MAY: Mapping[str, tuple[str, ...]] = {
    "penalty": ("points",),
    "bonus": ("points",),
    "rectification": ("closed_on", "recurred"),
    "decision": ("points",),
    "waiver": ("until",),
    "excuse": ("until",),
}


class Draft:
    """One entry while it is read: its name in findings, its values, and what was seen of it."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.values: dict[str, Any] = {}
        self.issues: list[ReadingIssue] = []
        self.coercions: list[Coercion] = []
        self.usable = True

    def where(self, key: str) -> str:
        return f"entries[{self.name}].{key}" if key else f"entries[{self.name}]"

    def refuse(self, key: str, observed: Scalar, expected: str) -> None:
        """Notes why the entry cannot be used."""
        self.usable = False
        self.note("SHAPE", key, observed, expected)

    def note(self, rule: str, key: str, observed: Scalar = None, expected: Scalar = None, **values: Scalar) -> None:
        """Notes something a rule speaks about; `values` fill further places of its message."""
        self.issues.append(
            ReadingIssue(
                rule=rule,
                where=self.where(key),
                observed=observed,
                expected=expected,
                values={"entry": self.name, **values},
            )
        )


def check(draft: Draft, profile: Profile, year: int) -> None:
    """What an entry says against the registry, the scheme and its kind; all faults at once."""
    values = draft.values
    if values["unit"] not in {unit.code for unit in profile.expected(year)}:
        draft.note("WRONG-UNIT", "unit", values["unit"], year=year)
        draft.usable = False
    indicators = [indicator.code for indicator in profile.scheme.indicators]
    # A waiver's indicator is the rule it lets pass; whether there is such a rule is judged where rules are known.
    if values["kind"] != "waiver" and "indicator" in values and values["indicator"] not in indicators:
        draft.refuse("indicator", values["indicator"], f"考核方案中的指标代码（{indicators[0]}…{indicators[-1]}）")
    if values["kind"] not in get_args(Kind):
        draft.refuse("kind", values["kind"], "、".join(get_args(Kind)))
        return
    must, may = _MUST[values["kind"]], _MAY.get(values["kind"], ())
    for key in must:
        if key not in values:
            draft.refuse(key, "空白", expected_form(TYPES[key]))
    for key in [key for key in values if key not in (*ALWAYS, *_FREELY, *must, *may)]:
        draft.note("UNKNOWN-KEY", key, shown(values.pop(key)))
    for key, wrong, expected in _faults(values, profile):
        draft.refuse(key, wrong, expected)


def _faults(values: Mapping[str, Any], profile: Profile) -> Iterator[tuple[str, Scalar, str]]:
    for key in ("passed", "checked", "points"):
        if key in values and values[key] < 0:
            yield key, values[key], "不小于 0 的数"
    if "passed" in values and "checked" in values and values["passed"] > values["checked"]:
        yield "passed", values["passed"], f"不大于检查数 {values['checked']} 的整数"
    if "issued_on" in values:
        for key in ("due_on", "closed_on"):
            if key in values and values[key] < values["issued_on"]:
                yield key, values[key], f"不早于下达日期 {values['issued_on']} 的日期"
    if values["kind"] == "decision" and "points" in values:
        if "indicator" not in values:
            yield "indicator", "空白", "分值所改指标的代码"
        else:
            most = _weight(values, profile)
            if most is not None and values["points"] > most:
                yield "points", values["points"], f"不大于该单位此项指标分值 {most} 的数"
    if values["kind"] in ("penalty", "bonus") and "points" not in values:
        rules = profile.scheme.penalty if values["kind"] == "penalty" else profile.scheme.bonus
        names = [rule.what for rule in rules if rule.what]
        if values.get("reason") not in names:
            yield "points", "空白", f"分值，或理由为{'、'.join(names)}之一"


def _weight(values: Mapping[str, Any], profile: Profile) -> Decimal | None:
    """What the indicator is worth in the unit's group, 0 where the group does not have it; None of unknown ones."""
    unit = profile.unit(values["unit"])
    by_code = {indicator.code: indicator for indicator in profile.scheme.indicators}
    found = by_code.get(values["indicator"])
    return found.weight.get(unit.kind, Decimal(0)) if unit and found else None


def shown(raw: Any) -> str:
    """A raw value as a finding may show it: masked and short."""
    if raw is None:
        return "空白"
    return printable(raw if isinstance(raw, str) else str(raw), 100)
