"""The registry of the seeded district as it changes: twelve units, of which some merge, split, move or are renamed."""

from collections.abc import Iterable
from decimal import Decimal

from gongkai.profile import Unit, load_profile

AREAS, TOWNS = ("A01", "A02", "A12"), ("T01", "T02", "T03", "T04", "T05", "T06", "T07", "T08")


class Registry:
    """A profile that events change; every run takes it as it is then."""

    def __init__(self, codes: Iterable[str] = ("OFFICE", *AREAS, *TOWNS)) -> None:
        wanted, shipped = set(codes), load_profile()
        self.profile = shipped.model_copy(update={"units": tuple(u for u in shipped.units if u.code in wanted)})

    def change(self, code: str, **values: object) -> None:
        """Changes keys of one unit's line."""
        units = tuple(u.model_copy(update=values) if u.code == code else u for u in self.profile.units)
        self.profile = self.profile.model_copy(update={"units": units})

    def add(self, code: str, name: str, like: str, **values: object) -> None:
        """A new line; kind and level as those of another unit."""
        model = self.unit(like)
        said = {"code": code, "name": name, "kind": model.kind, "level": model.level, "authority": f"{name}人民政府"}
        made = Unit.model_validate({**said, "areas": model.areas, **values})
        kept = tuple(unit for unit in self.profile.units if unit.code != code)
        self.profile = self.profile.model_copy(update={"units": (*kept, made)})

    def reweigh(self, indicator: str, factor: int) -> None:
        """Another weight of an indicator for all groups: another scheme."""
        scheme = self.profile.scheme
        changed = tuple(
            one.model_copy(update={"weight": {group: points * Decimal(factor) for group, points in one.weight.items()}})
            if one.code == indicator
            else one
            for one in scheme.indicators
        )
        scheme = scheme.model_copy(update={"indicators": changed})
        self.profile = self.profile.model_copy(update={"scheme": scheme})

    def unit(self, code: str) -> Unit:
        """A line of today."""
        found = self.profile.unit(code)
        assert found is not None, code
        return found
