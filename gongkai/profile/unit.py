"""A unit of the registry (`units.yaml`): who submits, in which group, under which names, in which years."""

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from gongkai.profile.part import NameText, ProfilePart

UnitCode = Annotated[str, Field(pattern=r"^[A-Z][A-Z0-9_-]{0,31}$")]
Level = Literal["city", "district", "department", "town"]
KindKey = Annotated[str, Field(min_length=1)]
OFFICE = "office"  # the office itself; reserved, and never assessed
DISTRICT = "district"  # a district of a city, whose report.json is its submission; reserved
# What the kinds that need no entry in `district.yaml: kinds` are called; `district` is a unit of a city.
KINDS = {"area": "试点领域", "town": "镇街", OFFICE: "政务公开主管部门", DISTRICT: "区县"}


class Unit(ProfilePart):
    """One submitter of `units.yaml`.

    Attributes:
        kind: its group: one of the scheme's weights, one that `district.yaml: kinds` names, or `office`. Groups are
            assessed apart, the office not at all. The name of an `area` is that of a pilot area.
        level: decides what the unit can have at all (below `city` nobody makes 规章).
        authority: the 机关 that the unit belongs to; one authority may submit through several units.
        areas: numbers of the pilot areas it answers for.
        carries_tables: false when another unit of the same authority carries the authority's tables.
        from_year, to_year: first and last report year in which it is expected (null: open).
        aliases: what else the unit is called in its own texts, beyond its names and their usual short forms.
        former_names: what the unit or its authority was called before.
        succeeds: codes of the units whose last year is its last year (`succession`); its own may be among them.
        requests_counted_by: the authority that counts its requests in its own table three; null: the unit itself.
    """

    code: UnitCode
    name: str
    kind: KindKey
    level: Level
    authority: str
    areas: tuple[str, ...] = ()
    contact_email: str | None = None
    carries_tables: bool = True
    from_year: int | None = None
    to_year: int | None = None
    aliases: tuple[NameText, ...] = ()
    former_names: tuple[NameText, ...] = ()
    succeeds: tuple[UnitCode, ...] = ()
    requests_counted_by: NameText | None = None

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.from_year is not None and self.to_year is not None and self.from_year > self.to_year:
            raise ValueError(f"from_year {self.from_year} 晚于 to_year {self.to_year}")
        if len(set(self.succeeds)) < len(self.succeeds):
            raise ValueError(f"succeeds 中有重复的单位代码（{'、'.join(self.succeeds)}）")
        if self.requests_counted_by == self.authority:
            raise ValueError("requests_counted_by 是本单位自己的机关：表三由本单位填报时不写这一项")
        return self

    def is_authority(self, name: str) -> bool:
        """Whether an authority's name is that of this unit's authority: today's, an alias or a former one."""
        return name in (self.authority, *self.aliases, *self.former_names)

    def is_called(self, name: str) -> bool:
        """Whether a name is the unit's own or its authority's, today or before."""
        return name == self.name or self.is_authority(name)

    def active(self, year: int) -> bool:
        return (self.from_year or year) <= year <= (self.to_year or year)


class Areas(ProfilePart):
    """The areas of `units.yaml`: number → name. The numbers are text, so that 01 keeps its zero."""

    areas: dict[str, str]
