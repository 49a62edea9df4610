"""Writes a city of invented districts (`gongkai demo --districts N`): profiles and inboxes, as a city's run wants them.

Every district is like the demonstration and none is the same: its name, its figures and how much it has to do are drawn
from its own seed. Every third one still has the first round's mistakes. What is in a file comes from `year`.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from itertools import count, product
from pathlib import Path

from gongkai.demonstration.characteristics import Characteristics, likenesses, stream
from gongkai.demonstration.files import json_bytes
from gongkai.demonstration.inboxes import SEED, InboxWriter, write_at
from gongkai.demonstration.mistakes import MISTAKES
from gongkai.demonstration.moments import Moments
from gongkai.demonstration.rehearsal import mark
from gongkai.demonstration.year import YEAR, demonstration_year
from gongkai.profile import Profile, load_profile
from gongkai.profile.starting import begin
from gongkai.profile.unit import OFFICE

CITY, CITY_NAME = "_city", "示例市"
_FIRST = ("东城区", "西城区", "南湖区", "北山区", "江口县", "河阳县")  # those of the example city
_HEADS, _TAILS = "长安宁清永兴平新高云白青金玉龙凤", "山江湖川阳林泉桥"
_LEAST, _MOST = 0.6, 1.4  # how much a district has to do, of what the demonstration has
_MISTAKEN = 3  # every third district still has mistakes
_UNIT = "  - {{code: {code}, name: {name}, kind: district, level: district, authority: {name}人民政府, areas: []}}"


def generate_districts(folder: Path, number: int, seed: int = SEED) -> list[str]:
    """Writes `folder/<code>/{profile,inbox}` for every district, and `folder/_city/{profile,inbox}`.

    Args:
        folder: need not exist; files of the same names are replaced.
        number: how many districts.
        seed: decides everything invented.

    Returns:
        The districts' codes.
    """
    width = max(2, len(str(number)))
    named = {f"D{place:0{width}}": name for place, name in zip(range(1, number + 1), names(), strict=False)}
    for place, (code, name) in enumerate(named.items(), 1):
        begin(folder / code / "profile", "area", name)
        mark(folder / code / "profile")
        _fill(folder / code, seed + place, mistaken=place % _MISTAKEN == 0)
    _city(folder / CITY, named, seed)
    return list(named)


def names() -> Iterator[str]:
    """Names of districts, no end of them and none twice."""
    yield from _FIRST
    yield from (f"{head}{tail}区" for head, tail in product(_HEADS, _TAILS))
    yield from (f"示例第{number}区" for number in count(1))


def _fill(folder: Path, seed: int, *, mistaken: bool) -> None:
    """One district's inbox: 37 units' files and the inspectors'."""
    profile = load_profile(folder / "profile")
    year = demonstration_year(seed, profile, _busy(likenesses(profile), seed))
    writer = InboxWriter(seed, Moments(profile, YEAR), {})
    for code, content in year.contents.items():
        mistake = MISTAKES.get(code) if mistaken else None
        handed_in = mistake.make(year.contents, {}, code) if mistake and code not in _NEEDS_LAST_YEAR else content
        writer.hand_in(folder / "inbox", code, handed_in, date.fromisoformat(content["prepared_on"]))
    write_at(folder / "inbox" / "_office" / "inspection.json", json_bytes(year.inspection), writer.moments.inspected)


_NEEDS_LAST_YEAR = {"T07"}  # hands in last year's table, which an invented district does not have


def _busy(like: Mapping[str, Characteristics], seed: int) -> dict[str, Characteristics]:
    """The same units with more or fewer requests and decisions."""
    rng = stream(seed, "busy")
    found = {}
    for code, one in like.items():
        factor = rng.uniform(_LEAST, _MOST)
        licences, penalties, compulsions = (round(factor * figure) for figure in one.decisions)
        requests = max(round(factor * one.requests), one.carried[1] + one.overdue)
        found[code] = replace(one, requests=requests, decisions=(licences, penalties, compulsions))
    return found


def _city(folder: Path, named: Mapping[str, str], seed: int) -> None:
    """The city's profile, with these districts for its units, and what its own office hands in."""
    begin(folder / "profile", "city", CITY_NAME)
    mark(folder / "profile")
    registry = folder / "profile" / "units.yaml"
    text = registry.read_text(encoding="utf-8")
    lines = "\n".join(_UNIT.format(code=code, name=name) for code, name in named.items())
    text = re.sub(r"(?:^ {2}- \{code: D\d+, .*\n)+", f"{lines}\n", text, flags=re.MULTILINE)
    registry.write_text(text, encoding="utf-8")
    profile = load_profile(folder / "profile")
    own = _only_office(profile)
    content = demonstration_year(seed, own).contents["OFFICE"]
    del content["narrative"]  # its words speak of a district
    writer = InboxWriter(seed, Moments(own, YEAR), {})
    writer.hand_in(folder / "inbox", "OFFICE", content, date.fromisoformat(content["prepared_on"]))


def _only_office(profile: Profile) -> Profile:
    units = tuple(unit for unit in profile.units if unit.kind == OFFICE)
    return profile.model_copy(update={"units": units})
