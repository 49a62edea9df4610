"""Reads the office's own input (`gongkai/inspection/1`): what inspectors found, decided and granted.

Strict, entry by entry: an entry that cannot be understood is left out and reported, and never costs another
one. What each kind must and may carry is data here; what an entry does to a score is `gongkai.assessment`.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, get_args

from gongkai.findings import Coercion, ReadingIssue, Scalar
from gongkai.profile import Profile
from gongkai.submission.form import State
from gongkai.submission.inspection import SCHEMA, InspectionEntry, Kind
from gongkai.submission.json_reader import parse_json
from gongkai.submission.personal_data import kinds_in
from gongkai.submission.values import Read, expected_form, printable, read_value

_TYPES = {
    **dict.fromkeys(("id", "unit", "indicator", "kind", "by", "reason", "evidence"), "text"),
    **dict.fromkeys(("issued_on", "due_on", "closed_on", "on", "until"), "date"),
    **dict.fromkeys(("passed", "checked"), "integer"),
    "points": "decimal",
    "recurred": "boolean",
}
_LABELS = {
    "id": "编号",
    "unit": "单位",
    "indicator": "指标",
    "kind": "种类",
    "passed": "合格数",
    "checked": "检查数",
    "points": "分值",
    "issued_on": "下达日期",
    "due_on": "整改期限",
    "closed_on": "办结日期",
    "recurred": "是否复发",
    "on": "日期",
    "by": "经办人",
    "reason": "理由",
    "evidence": "佐证",
    "until": "截止日期",
}
_ALWAYS = ("id", "unit", "kind")
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
}
_MAY: Mapping[str, tuple[str, ...]] = {
    "penalty": ("points",),
    "bonus": ("points",),
    "rectification": ("closed_on", "recurred"),
    "decision": ("points",),
    "waiver": ("until",),
    "excuse": ("until",),
}


@dataclass(frozen=True)
class InspectionReading:
    """What a file of the office says.

    Attributes:
        entries: the entries that could be understood, in the order of the file.
        issues: what a rule speaks about; each names `entries[<id or position>].<key>`.
        coercions: readings that were not the plain value.
    """

    entries: tuple[InspectionEntry, ...]
    issues: tuple[ReadingIssue, ...] = ()
    coercions: tuple[Coercion, ...] = ()


class _Entry:
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
        place = f"检查记录 {self.name} 的“{_LABELS.get(key, key)}”" if key else f"检查记录 {self.name} "
        self.issues.append(
            ReadingIssue(
                rule=rule,
                where=self.where(key),
                observed=observed,
                expected=expected,
                values={"place": place, "entry": self.name, **values},
            )
        )


def read_inspection(data: bytes, profile: Profile, year: int) -> InspectionReading:
    """Reads the bytes of an inspection file.

    Args:
        data: the file.
        profile: whose units and indicators an entry may name.
        year: the report year; a file of another year is not taken at all.

    Returns:
        The entries that can be used and what is to be said of the others; never raises for what the file says.
    """
    try:
        document = parse_json(data)
    except ValueError as refusal:
        return _nothing("SHAPE", str(refusal))
    found = document.get("schema") if isinstance(document, dict) else None
    if found != SCHEMA:
        return _nothing("WRONG-TEMPLATE", _shown(found) if isinstance(found, str) else None, SCHEMA)
    if document.get("year") != year or isinstance(document.get("year"), bool):
        return _nothing("WRONG-YEAR", _shown(document.get("year")), year, "year")
    listed = document.get("entries")
    if not isinstance(listed, list):
        return _nothing("SHAPE", _shown(listed), "检查记录的列表", "entries")
    unknown = [key for key in document if key not in ("schema", "year", "entries")]
    issues = [ReadingIssue(rule="UNKNOWN-KEY", where=_shown(key), observed=None) for key in unknown]
    issues += [
        ReadingIssue(rule="PERSONAL-DATA", where=_shown(key), observed="、".join(kinds))
        for key in unknown
        if (kinds := kinds_in((key, document[key])))
    ]
    coercions: list[Coercion] = []
    entries: dict[str, InspectionEntry] = {}
    for position, raw in enumerate(listed, 1):
        entry = _read_entry(raw, position, profile, year)
        if entry.usable and entry.values["id"] in entries:
            entry.refuse("id", entry.values["id"], "不重复的编号")
        issues += entry.issues
        coercions += entry.coercions
        if entry.usable:
            entries[entry.values["id"]] = InspectionEntry(**entry.values)
    return InspectionReading(tuple(entries.values()), tuple(issues), tuple(coercions))


def _read_entry(raw: Any, position: int, profile: Profile, year: int) -> _Entry:
    given = raw.get("id") if isinstance(raw, dict) else None
    entry = _Entry(_shown(given).strip() if isinstance(given, str | int) and str(given).strip() else str(position))
    if not isinstance(raw, dict):
        entry.refuse("", _shown(raw), "一条检查记录（对象）")
        if kinds := kinds_in(raw):
            entry.note("PERSONAL-DATA", "", "、".join(kinds))
        return entry
    for key, value in raw.items():
        if key in _TYPES:
            _read_key(entry, key, value)
        else:
            entry.note("UNKNOWN-KEY", _shown(key), _shown(value))
            if kinds := kinds_in((key, value)):
                entry.note("PERSONAL-DATA", _shown(key), "、".join(kinds))
    for key in _ALWAYS:
        if key not in entry.values and entry.usable:
            entry.refuse(key, "空白", expected_form(_TYPES[key]))
    if entry.usable:
        _check(entry, profile, year)
    return entry


def _read_key(entry: _Entry, key: str, raw: Any) -> None:
    if _TYPES[key] == "text" and not isinstance(raw, str | int | None):
        read = Read(None, State.UNREADABLE, personal=kinds_in(raw))
    else:
        read = read_value(raw, _TYPES[key])
    if read.personal:
        entry.note("PERSONAL-DATA", key, "、".join(read.personal))
    fraction = _TYPES[key] == "integer" and isinstance(read.value, Decimal)
    if read.state in (State.UNREADABLE, State.NOT_APPLICABLE) or fraction:
        entry.refuse(key, _shown(raw), expected_form(_TYPES[key]))
    elif read.state is State.VALUE:
        entry.values[key] = read.value
        if read.why:
            why = Coercion(where=entry.where(key), raw=read.raw or "", value=read.value, why=read.why)
            entry.coercions.append(why)


def _check(entry: _Entry, profile: Profile, year: int) -> None:
    """What an entry says against the registry, the scheme and its kind; all faults at once."""
    values = entry.values
    if values["unit"] not in {unit.code for unit in profile.expected(year)}:
        entry.note("WRONG-UNIT", "unit", values["unit"], year=year)
        entry.usable = False
    indicators = [indicator.code for indicator in profile.scheme.indicators]
    # A waiver's indicator is the rule it lets pass; whether there is such a rule is judged where rules are known.
    if values["kind"] != "waiver" and "indicator" in values and values["indicator"] not in indicators:
        entry.refuse("indicator", values["indicator"], f"考核方案中的指标代码（{indicators[0]}…{indicators[-1]}）")
    if values["kind"] not in get_args(Kind):
        entry.refuse("kind", values["kind"], "、".join(get_args(Kind)))
        return
    must, may = _MUST[values["kind"]], _MAY.get(values["kind"], ())
    for key in must:
        if key not in values:
            entry.refuse(key, "空白", expected_form(_TYPES[key]))
    for key in [key for key in values if key not in (*_ALWAYS, *_FREELY, *must, *may)]:
        entry.note("UNKNOWN-KEY", key, _shown(values.pop(key)))
    for key, wrong, expected in _faults(values, profile):
        entry.refuse(key, wrong, expected)


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


def _shown(raw: Any) -> str:
    """A raw value as a finding may show it: masked and short."""
    if raw is None:
        return "空白"
    return printable(raw if isinstance(raw, str) else str(raw), 100)


def _nothing(rule: str, observed: Scalar, expected: Scalar = None, where: str = "-") -> InspectionReading:
    return InspectionReading((), (ReadingIssue(rule=rule, where=where, observed=observed, expected=expected),))
