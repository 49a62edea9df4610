"""The typed view of `lists.yaml`: what a submission may carry beside the national tables."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from gongkai.national_format import NationalFormat
from gongkai.submission.privacy.personal_data import People


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a list, or one figure of a group.

    Attributes:
        type: text, date, integer, decimal, boolean, choice or choices.
        choices: key → Chinese label; the names `outcomes` and `applicant_types` are resolved by `choices_in`.
        long: text of several paragraphs.
        people: what is written there is about an applicant; `code` where it is to be a code for one.
    """

    key: str
    label: str
    type: str
    required: bool = False
    unit: str | None = None
    long: bool = False
    people: People = False
    choices: Mapping[str, str] | str | None = None

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
    An `optional` one is not missed in a workbook that has no place for it.
    """

    key: str
    label: str
    fields: Mapping[str, Field]
    sheet: str | None = None
    id: str | None = None
    note: str | None = None
    people: bool = False
    optional: bool = False


@cache
def lists() -> Mapping[str, FieldGroup]:
    """The lists of records, in the order of the form."""
    return {key: _group(key, entry) for key, entry in _data()["lists"].items()}


@cache
def groups() -> Mapping[str, FieldGroup]:
    """The groups of single figures: activities and narrative."""
    return {key: _group(key, entry) for key, entry in _data()["groups"].items()}


@cache
def _data() -> dict[str, Any]:
    data: dict[str, Any] = yaml.safe_load((files(__package__) / "lists.yaml").read_text(encoding="utf-8"))
    return data


def _group(key: str, entry: dict[str, Any]) -> FieldGroup:
    fields = {name: Field(key=name, **spec) for name, spec in entry["fields"].items()}
    rest = {name: value for name, value in entry.items() if name != "fields"}
    return FieldGroup(key=key, fields=fields, **rest)
