"""Writes the demonstration: the profile, the inbox of the year before, and the inboxes of both rounds of the year.

Here are the files, their names and their moments; what is in them comes from `year` and `mistakes`. The same
seed gives the same bytes and the same modification times on any machine.
"""

import os
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from gongkai.demonstration.characteristics import stream
from gongkai.demonstration.files import file_of, json_bytes
from gongkai.demonstration.mistakes import HandedIn, mistakes_of
from gongkai.demonstration.moments import Moments
from gongkai.demonstration.rehearsal import Rehearsal, write_profile
from gongkai.demonstration.year import YEAR, Content, demonstration_year, last_year
from gongkai.profile import load_profile

SEED = 2021
_ZONE = ZoneInfo("Asia/Shanghai")
AS_OF_2020 = datetime(2021, 2, 20, 9, tzinfo=_ZONE)
AS_OF_FIRST_ROUND = datetime(2022, 2, 1, 9, tzinfo=_ZONE)
AS_OF_SECOND_ROUND = datetime(2022, 2, 25, 9, tzinfo=_ZONE)


@dataclass(frozen=True, slots=True)
class Demonstration:
    """The folders that were written, and when what is in them happens.

    The second round's inbox has the first round's files, and the corrections.
    """

    profile: Path
    inbox_before: Path
    first_round: Path
    second_round: Path
    moments: Moments


def generate(folder: Path, seed: int = SEED, rehearsal: Rehearsal | None = None) -> Demonstration:
    """Writes everything below `folder`, which need not exist; files of the same names are replaced.

    Args:
        folder: gets `profile/`, `inbox-2020/`, `inbox-2021-round1/` and `inbox-2021-round2/`, by the years.
        seed: decides every invented figure and date.
        rehearsal: the district that rehearses with its own units; None for the invented one.
    """
    write_profile(folder / "profile", rehearsal)
    profile, year = load_profile(folder / "profile"), rehearsal.year if rehearsal else YEAR
    moments = Moments(profile, year)
    before_it, first, second = (folder / f"inbox-{name}" for name in (year - 1, f"{year}-round1", f"{year}-round2"))
    made = Demonstration(folder / "profile", before_it, first, second, moments)
    this_year = demonstration_year(seed, profile, year=year)
    before = last_year(seed, profile, this_year)
    writer = InboxWriter(seed, moments, before)
    for code, content in before.items():
        prepared_on = date.fromisoformat(content["prepared_on"])
        path = made.inbox_before / code / f"{code}-{year - 1}.json"
        write_at(path, json_bytes(content), writer.moment(code, prepared_on))
    mistakes = mistakes_of(profile, this_year.contents)
    for code, content in this_year.contents.items():
        mistake = mistakes.get(code)
        handed_in = mistake.make(this_year.contents, before, code) if mistake else content
        writer.hand_in(made.first_round, code, handed_in, date.fromisoformat(content["prepared_on"]))
    write_at(made.first_round / "_office" / "inspection.json", json_bytes(this_year.inspection), moments.inspected)
    shutil.copytree(made.first_round, made.second_round, dirs_exist_ok=True)
    for code, mistake in mistakes.items():
        if mistake.status != "accepted":
            writer.correct(made.second_round, code, this_year.contents[code], mistake.status)
    return made


@dataclass(frozen=True)
class InboxWriter:
    """Writes the units' files of a year and decides when they came in."""

    seed: int
    moments: Moments
    last_year: Mapping[str, Content]

    def hand_in(self, inbox: Path, code: str, handed_in: HandedIn, prepared_on: date, note: str = "") -> None:
        """One unit's file; nothing for a unit that handed nothing in."""
        if handed_in is None:
            return
        inside = code
        if isinstance(handed_in, bytes):
            suffix, data = ".xlsx", handed_in
        else:
            inside = handed_in["unit"]
            suffix, data = file_of(code, handed_in, self.last_year.get(inside), self.moments.profile)
        unit = self.moments.profile.unit(inside)
        name = f"{inside}-{unit.name if unit else ''}-{self.moments.year}年度报送{note}{suffix}"
        write_at(inbox / code / name, data, self.moment(code, prepared_on))
        for row in [] if isinstance(handed_in, bytes) else handed_in.get("evidence", []):
            said = f"{unit.name if unit else inside}：{row['title']}（演示材料，不代表任何真实单位）\n"
            if not (place := inbox / code / row["file"]).exists():
                write_at(place, said.encode(), self.moment(code, prepared_on) - timedelta(minutes=5))

    def correct(self, inbox: Path, code: str, content: Content, status: str) -> None:
        """The corrected (or, for a unit that had not come, the late) file of the second round."""
        rng = stream(self.seed, code, "correction")
        moments = self.moments
        prepared_on = moments.profile.working_days().add(moments.correcting, rng.randint(1, 9))
        prepared_on = moments.corrected_in_time(prepared_on)
        late = status == "missing"
        reason = {} if late else {"reason": "按退回意见更正"}
        corrected = {**content, "prepared_on": prepared_on.isoformat(), **reason}
        self.hand_in(inbox, code, corrected, prepared_on, "" if late else "（更正）")

    def moment(self, code: str, prepared_on: date) -> datetime:
        """When a file came in: in the office hours of the working day after it was prepared."""
        rng = stream(self.seed, code, prepared_on, "moment")
        profile = self.moments.profile
        day = profile.working_days().add(prepared_on, 1)
        hour, minute, second = rng.randint(9, 17), rng.randint(0, 59), rng.randint(0, 59)
        return datetime.combine(day, time(hour, minute, second), profile.district.zone)


def write_at(path: Path, data: bytes, moment: datetime) -> None:
    """Writes a file that was last changed at a moment."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    os.utime(path, (moment.timestamp(), moment.timestamp()))
