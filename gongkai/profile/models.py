"""The typed parts of a profile. How they are read is in `loader`."""

import re
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time
from typing import Annotated, Literal, Self
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import Field, field_validator, model_validator

from gongkai.errors import UnknownUnit
from gongkai.profile.letters import LetterSettings
from gongkai.profile.part import NameText, ProfilePart
from gongkai.profile.report import ReportSettings
from gongkai.profile.rules import RuleSettings
from gongkai.profile.scheme import Scheme
from gongkai.profile.unit import KINDS, OFFICE, KindKey, Unit
from gongkai.profile.working_days import DayOverride, WorkingDays


class Contact(ProfilePart):
    """Whom a unit asks."""

    department: str
    phone: str
    email: str
    address: str | None = None
    postcode: str | None = None

    @field_validator("postcode")
    @classmethod
    def _six_digits(cls, postcode: str | None) -> str | None:
        if postcode is not None and not (len(postcode) == 6 and postcode.isascii() and postcode.isdigit()):
            raise ValueError(f"邮政编码应为 6 位数字（现为 {postcode!r}）")
        return postcode


class Licence(ProfilePart):
    """Under what terms the public figures may be used again: a decision of the district, so nothing is assumed."""

    name: str
    title: str | None = None
    path: str | None = None


_DISTRICT = re.compile("(?<=[全本])区|区(?=政府)")


class District(ProfilePart):
    """`district.yaml`.

    Attributes:
        kinds: key → name of further groups of units (`bureau: 部门`), ranked apart like any other.
        data_licence: of the report's data package; None: it names no licence.
        demonstration: every output says that its data are invented.
    """

    name: str
    office_name: str
    government_name: str
    level: Literal["city", "district"]
    time_zone: str = "Asia/Shanghai"
    contact: Contact
    kinds: dict[KindKey, NameText] = Field(default_factory=dict)
    data_licence: Licence | None = None
    demonstration: bool = False

    @field_validator("time_zone")
    @classmethod
    def _known_zone(cls, name: str) -> str:
        try:
            ZoneInfo(name)
        except (ZoneInfoNotFoundError, ValueError):
            raise ValueError(f"没有名为 {name} 的时区（例如 Asia/Shanghai）") from None
        return name

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.time_zone)

    @property
    def whole(self) -> str:
        """How the whole of it is called: 全市 or 全区."""
        return self.says("全区")

    def says(self, text: str) -> str:
        """A text that speaks of a district as this one says it: 全区, 本区, 区政府 of a city are 全市, 本市, 市政府."""
        return _DISTRICT.sub("市", text) if self.level == "city" else text


class MonthDay(ProfilePart):
    """A day of the year after the report year."""

    month: Annotated[int, Field(ge=1, le=12)]
    day: Annotated[int, Field(ge=1, le=31)]

    @model_validator(mode="after")
    def _exists(self) -> Self:
        try:
            date(2023, self.month, self.day)
        except ValueError:
            raise ValueError(f"没有 {self.month} 月 {self.day} 日这一天（或并非每年都有）") from None
        return self


class Cycle(ProfilePart):
    """`cycle.yaml`: the deadlines, all in the year after the report year.

    Attributes:
        rectify: until when a unit mends what its card deducts, unless the office sets another day.
    """

    soft: MonthDay
    hard: MonthDay
    appeal_working_days: Annotated[int, Field(ge=1)] = 5
    rectify: MonthDay = MonthDay(month=9, day=30)

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.soft_deadline(2022) > self.hard_deadline(2022):
            raise ValueError("hard 不能早于 soft")
        return self

    def soft_deadline(self, year: int) -> date:
        return date(year + 1, self.soft.month, self.soft.day)

    def hard_deadline(self, year: int) -> date:
        return date(year + 1, self.hard.month, self.hard.day)

    def rectification_deadline(self, year: int) -> date:
        return date(year + 1, self.rectify.month, self.rectify.day)


class Profile(ProfilePart):
    """A whole, valid profile.

    Attributes:
        areas: number → name of every pilot area.
        units: registry order, which is the order of every list that is not ranked.
        overrides: the days of `calendar/*.csv`, by year.
        without_make_up: the years among them whose file says that no weekend day is worked.
        rules: what the district changes about the rules.
        report: how it words its annual report.
        letters: how it words its mails to the units.
    """

    district: District
    areas: dict[str, str]
    units: tuple[Unit, ...]
    cycle: Cycle
    scheme: Scheme
    overrides: dict[int, tuple[DayOverride, ...]] = Field(default_factory=dict)
    without_make_up: tuple[int, ...] = ()
    rules: RuleSettings = RuleSettings()
    report: ReportSettings = ReportSettings()
    letters: LetterSettings = LetterSettings()

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        if wrong := [*self._codes(), *self._areas(), *self._kinds()]:
            raise ValueError("\n  ".join(wrong))
        return self

    def _codes(self) -> Iterator[str]:
        named: dict[str, list[str]] = {}
        for unit in self.units:
            named.setdefault(unit.code, []).append(unit.name)
        for code, names in named.items():
            if len(names) > 1:
                yield f"units.yaml：单位代码重复 {code}（{'、'.join(names)}），请各用一个代码"

    def _areas(self) -> Iterator[str]:
        for unit in self.units:
            if unknown := [area for area in unit.areas if area not in self.areas]:
                listed = "、".join(unknown)
                yield f"units.yaml：单位 {unit.code} 的 areas 含未登记的领域 {listed}，请改正，或补进文件开头的 areas"

    def _kinds(self) -> Iterator[str]:
        """A group of the scheme has units or a name, a unit's kind is a group: else one of both is misspelt."""
        groups = {*self.scheme.rank_within, *(g for i in self.scheme.indicators for g in i.weight)}
        if OFFICE in groups:
            yield f"scheme.yaml：{OFFICE} 是政务公开主管部门自己，不能作为考核对象"
        known = {*groups, *KINDS, *self.district.kinds}
        for unit in self.units:
            if unit.kind not in known:
                listed = "、".join(sorted(known))
                yield f"units.yaml：单位 {unit.code} 的 kind 应为 {listed} 之一（现为 {unit.kind!r}）"
        stray = sorted(groups - {*(unit.kind for unit in self.units), *KINDS, *self.district.kinds})
        if stray:
            yield f"scheme.yaml：没有 {'、'.join(stray)} 这类考核对象，units.yaml 和 district.yaml 的 kinds 都没有"

    def kind_name(self, kind: str) -> str:
        """What a group of units is called in every document; its key where nobody named it."""
        return {**KINDS, **self.district.kinds}.get(kind, kind)

    def unit(self, code: str) -> Unit | None:
        return next((unit for unit in self.units if unit.code == code), None)

    def expected(self, year: int) -> tuple[Unit, ...]:
        """The submitters of a report year in registry order, the office included."""
        return tuple(unit for unit in self.units if unit.active(year))

    def assessed(self, year: int) -> tuple[Unit, ...]:
        """The units of a report year that get a scorecard, in registry order."""
        return tuple(unit for unit in self.expected(year) if unit.kind != OFFICE)

    def chosen(self, year: int, codes: Iterable[str]) -> tuple[Unit, ...]:
        """The expected units of those codes in registry order; all of them when no code is given.

        Raises:
            UnknownUnit: a code that is not expected in the year.
        """
        wanted, expected = list(codes), self.expected(year)
        known = [unit.code for unit in expected]
        unknown = [code for code in wanted if code not in known]
        if unknown:
            raise UnknownUnit(
                f"单位代码 {'、'.join(unknown)} 不在 {year} 年度的报送单位中，可用的代码为：{'、'.join(known)}。"
            )
        return tuple(unit for unit in expected if not wanted or unit.code in wanted)

    def working_days(self) -> WorkingDays:
        """The working-day calendar of this profile."""
        return WorkingDays(self.overrides, self.without_make_up)

    def local(self, moment: datetime) -> datetime:
        """A moment in the district's time zone; a naive one is taken to be local already."""
        return (
            moment.replace(tzinfo=self.district.zone)
            if moment.tzinfo is None
            else moment.astimezone(self.district.zone)
        )

    def end_of(self, day: date) -> datetime:
        """The last second of a day in the district's time zone: what a deadline means."""
        return datetime.combine(day, time(23, 59, 59), self.district.zone)
