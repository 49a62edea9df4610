"""The typed view of `lists.yaml`: what a submission may carry beside the national tables, and since when.

`lists()` and `groups()` are everything that was ever asked: what is read, stored and shown. `lists_asked` and
`groups_asked` are what one report year asks in one version of the template: what is handed out, and what is missed.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from dataclasses import field as dataclass_field
from functools import cache
from typing import Any

from gongkai.errors import ConfigurationError
from gongkai.national_format import NationalFormat
from gongkai.packaged_data import packaged_yaml
from gongkai.submission.privacy.personal_data import People


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a list, or one figure of a group.

    Attributes:
        type: text, date, integer, decimal, boolean, choice or choices.
        choices: key → Chinese label; the names `outcomes` and `applicant_types` are resolved by `choices_in`.
        aliases: other words for a choice that leave no doubt → its key.
        decisive: may be missing, but not be wrong: without it nobody can tell whether something else is missing.
        digits: how many a number in a text has; programs drop the zeros before it.
        suggested: what the template offers for it in a drop-down: `areas`, `indicators` or `reasons`.
        long: text of several paragraphs.
        office: only the office is asked.
        people: what is written there is about an applicant; `code` where it is to be a code for one.
        since: the version of the template in which it first stood (default: that of its group).
        from_year, to_year: the first and the last report year that asks it.
    """

    key: str
    label: str
    type: str
    required: bool = False
    unit: str | None = None
    long: bool = False
    office: bool = False
    people: People = False
    choices: Mapping[str, str] | str | None = None
    since: int = 1
    from_year: int | None = None
    to_year: int | None = None
    aliases: Mapping[str, str] = dataclass_field(default_factory=dict)
    decisive: bool = False
    digits: int = 0
    suggested: str | None = None

    def shown(self, value: str) -> str:
        """A choice as it is printed; what older files say in a word of their own stays as it is."""
        return self.choices.get(value, value) if isinstance(self.choices, Mapping) else value

    def choices_in(self, national_format: NationalFormat) -> Mapping[str, str]:
        """Key → label of the accepted values in a year's format (empty where everything of the type is)."""
        match self.choices:
            case "outcomes":
                return national_format.outcomes
            case "applicant_types":
                return national_format.applicant_types
            case None:
                return {}
            case str():
                raise ValueError(f"unknown choice list {self.choices!r}")
            case _:
                return self.choices


@dataclass(frozen=True, slots=True)
class FieldGroup:
    """A list of records (`id` names the identifying field, None: the position identifies) or a group of figures.

    `note` tells the clerk how to fill it. A list of `people` is one of cases: who they are has no place in it.
    `since`, `from_year` and `to_year` are those of a field. `example` is one row as it may look, as printed words.
    A list that is `on_demand` answers, claims or objects to something: who leaves it out owes nothing.
    """

    key: str
    label: str
    fields: Mapping[str, Field]
    sheet: str | None = None
    id: str | None = None
    note: str | None = None
    people: bool = False
    on_demand: bool = False
    since: int = 1
    from_year: int | None = None
    to_year: int | None = None
    example: Mapping[str, str] = dataclass_field(default_factory=dict)

    def asked(self, year: int, version: int) -> "FieldGroup | None":
        """With the fields that a report year asks in a version of the template; None when it asks nothing of it."""
        if not _asked(self, year, version):
            return None
        return replace(self, fields={key: one for key, one in self.fields.items() if _asked(one, year, version)})


@cache
def lists() -> Mapping[str, FieldGroup]:
    """The lists of records, in the order of the form."""
    return {key: _group(key, entry) for key, entry in _data()["lists"].items()}


@cache
def groups() -> Mapping[str, FieldGroup]:
    """The groups of single figures: activities and narrative."""
    return {key: _group(key, entry) for key, entry in _data()["groups"].items()}


def template_version() -> int:
    """The version of the template that is handed out now."""
    return int(_data()["template_version"])


def lists_asked(year: int, version: int | None = None) -> Mapping[str, FieldGroup]:
    """The lists that a report year asks in a version of the template (None: today's), each with its fields."""
    return _all_asked(lists(), year, version)


def groups_asked(year: int, version: int | None = None, *, office: bool = False) -> Mapping[str, FieldGroup]:
    """The groups of single figures that a report year asks in a version of the template (None: today's).

    What is asked of the office alone is there when `office` says that it is the office that is asked.
    """
    asked = _all_asked(groups(), year, version)
    return {key: one if office else _of_everybody(one) for key, one in asked.items()}


def _of_everybody(group: FieldGroup) -> FieldGroup:
    return replace(group, fields={key: one for key, one in group.fields.items() if not one.office})


def _all_asked(found: Mapping[str, FieldGroup], year: int, version: int | None) -> dict[str, FieldGroup]:
    of = version or template_version()
    return {key: asked for key, group in found.items() if (asked := group.asked(year, of)) is not None}


def _asked(one: Field | FieldGroup, year: int, version: int) -> bool:
    return one.since <= version and (one.from_year or year) <= year <= (one.to_year or year)


@cache
def _data() -> dict[str, Any]:
    data: dict[str, Any] = packaged_yaml(__package__, "lists.yaml")
    return data


def _group(key: str, entry: dict[str, Any]) -> FieldGroup:
    rest = {name: value for name, value in entry.items() if name != "fields"}
    since = {"since": entry.get("since", 1)}
    fields = {name: Field(key=name, **(since | spec)) for name, spec in entry["fields"].items()}
    for field in fields.values():
        if field.since > template_version():
            raise ConfigurationError(f"lists.yaml：{key}.{field.key} 的 since 大于 template_version，请一并提高。")
        if field.required and (field.since, field.from_year, field.to_year) != (since["since"], None, None):
            raise ConfigurationError(
                f"lists.yaml：{key}.{field.key} 是后来增加的，不能 required：以前的模板没有这一栏。"
            )
    return FieldGroup(key=key, fields=fields, **rest)
