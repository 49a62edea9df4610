"""What the drop-downs of the office's workbook offer, and how a code of an entry is written there: with its name."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from gongkai.profile import Profile
from gongkai.submission.inspection.entry import KIND_NAMES, Kind
from gongkai.submission.inspection.grounds import grounds
from gongkai.submission.inspection.naming import kind_of, offered
from gongkai.submission.inspection.workbook.office_sheets import OfficeSheet


@dataclass(frozen=True)
class Offered:
    """The texts of the drop-downs by the names that `sheets.yaml` has for them, and codes with their names.

    Attributes:
        texts: `units`, `indicators`, `grounds`, `vetoes`, `problems`, `rules` → what may be chosen.
        named: key of an entry → code → the text in its place.
    """

    texts: Mapping[str, tuple[str, ...]]
    named: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def kinds(self, sheet: OfficeSheet) -> tuple[str, ...]:
        """The kinds that may be chosen on a sheet; on the one for the rest all of them."""
        return tuple(KIND_NAMES[kind] for kind in (sheet.kinds or KIND_NAMES))

    def said(self, key: str, value: object) -> object:
        """A value as it is written into the workbook."""
        if key == "kind" and isinstance(value, str):
            return KIND_NAMES.get(_kind(value), value)
        return self.named.get(key, {}).get(value, value) if isinstance(value, str) else value


def offered_in(profile: Profile, year: int, rules: Mapping[str, str]) -> Offered:
    """What a district offers in a year.

    Args:
        profile: its units, indicators and grounds.
        year: the report year.
        rules: id → title of the rules that a waiver may let pass.
    """
    scheme = profile.scheme
    units = {unit.code: offered(unit.code, unit.name) for unit in profile.expected(year)}
    indicators = {one.code: offered(one.code, one.label) for one in scheme.indicators}
    awards = dict.fromkeys((*grounds(scheme.penalty), *(one for one in grounds(scheme.bonus) if not one.isascii())))
    passing = {code: offered(code, title) for code, title in rules.items()}
    return Offered(
        {
            "units": tuple(units.values()),
            "indicators": tuple(indicators.values()),
            "grounds": (*awards, *scheme.vetoes),
            "vetoes": scheme.vetoes,
            "rules": tuple(passing.values()),
            "problems": tuple(dict.fromkeys(ground for one in scheme.indicators for ground in one.grounds)),
        },
        {"unit": units, "indicator": passing | indicators},
    )


def _kind(said: str) -> Kind:
    return kind_of(said)  # type: ignore[return-value]  # what means none stays a word
