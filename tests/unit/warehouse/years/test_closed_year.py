"""What a locked year says of today's profile that it does not follow: by the keys that somebody has changed."""

from datetime import UTC, datetime

from gongkai.profile import Profile
from gongkai.warehouse.closed_year import differences
from gongkai.warehouse.records import YearLock


def changed(profile: Profile, **units: dict[str, object]) -> Profile:
    """The profile with keys of some units changed."""
    made = tuple(one.model_copy(update=units.get(one.code, {})) for one in profile.units)
    return profile.model_copy(update={"units": made})


def test_what_differs_is_told_by_its_key_and_what_is_todays_anyway_is_not(default_profile: Profile) -> None:
    lock = YearLock(2021, datetime(2022, 4, 1, tzinfo=UTC), "李某", "定稿", 1, "rules", "{}", default_profile)
    assert differences(lock, default_profile) == []
    harmless: dict[str, dict[str, object]] = {
        "T01": {"to_year": 2021, "former_names": ("旧名",)},
        "T02": {"from_year": 2019},
    }
    assert differences(lock, changed(default_profile, **harmless)) == []
    today = changed(default_profile, T05={"succeeds": ("T05", "T06")}, T06={"to_year": 2020}, T08={"name": "新港镇"})
    today = today.model_copy(update={"district": today.district.model_copy(update={"name": "新区"})})
    assert differences(lock, today) == [
        "现行名录中没有 T06",
        "units.yaml 中 T05 的 succeeds 不同",
        "units.yaml 中 T08 的 name 不同",
        "district.yaml 的 name 不同",
    ]
