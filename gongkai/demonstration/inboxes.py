"""Writes the demonstration: the profile, the inbox of 2020, and the inboxes of both rounds of 2021.

Here are the files, their names and their moments; what is in them comes from `year` and `mistakes`. The same
seed gives the same bytes and the same modification times on any machine.
"""

import json
import os
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from gongkai.demonstration.characteristics import stream
from gongkai.demonstration.mistakes import MISTAKES, HandedIn
from gongkai.demonstration.year import LAST_YEAR, YEAR, Content, demonstration_year, last_year
from gongkai.profile import Profile, default_folder, load_profile

SEED = 2021
_ZONE = ZoneInfo("Asia/Shanghai")
AS_OF_2020 = datetime(2021, 2, 20, 9, tzinfo=_ZONE)
AS_OF_FIRST_ROUND = datetime(2022, 2, 1, 9, tzinfo=_ZONE)
AS_OF_SECOND_ROUND = datetime(2022, 2, 25, 9, tzinfo=_ZONE)


@dataclass(frozen=True, slots=True)
class Demonstration:
    """The folders that were written. The second round's inbox has the first round's files, and the corrections."""

    profile: Path
    inbox_2020: Path
    first_round: Path
    second_round: Path


def generate(folder: Path, seed: int = SEED) -> Demonstration:
    """Writes everything below `folder`, which need not exist; files of the same names are replaced.

    Args:
        folder: gets `profile/`, `inbox-2020/`, `inbox-2021-round1/` and `inbox-2021-round2/`.
        seed: decides every invented figure and date.
    """
    made = Demonstration(
        folder / "profile", folder / "inbox-2020", folder / "inbox-2021-round1", folder / "inbox-2021-round2"
    )
    _write_profile(made.profile)
    profile = load_profile(made.profile)
    this_year = demonstration_year(seed, profile)
    before = last_year(seed, profile, this_year)
    writer = _Writer(seed, profile)
    for code, content in before.items():
        writer.hand_in(made.inbox_2020, code, content, writer.moment(code, date(YEAR, 1, 20)))
    for code, content in this_year.contents.items():
        mistake = MISTAKES.get(code)
        handed_in = mistake.make(this_year.contents, before, code) if mistake else content
        moment = writer.moment(code, date.fromisoformat(content["prepared_on"]))
        writer.hand_in(made.first_round, code, handed_in, moment)
    writer.office(made.first_round, this_year.inspection)
    shutil.copytree(made.first_round, made.second_round, dirs_exist_ok=True)
    for code, mistake in MISTAKES.items():
        if mistake.status != "accepted":
            writer.correct(made.second_round, code, this_year.contents[code], mistake.status)
    return made


def _write_profile(folder: Path) -> None:
    """The default profile, marked as demonstration."""
    shutil.copytree(default_folder(), folder, dirs_exist_ok=True)
    path = folder / "district.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("demonstration: false", "demonstration: true"), encoding="utf-8")


@dataclass(frozen=True)
class _Writer:
    """Writes files into an inbox and sets their modification times."""

    seed: int
    profile: Profile

    def hand_in(self, inbox: Path, code: str, handed_in: HandedIn, moment: datetime, note: str = "") -> None:
        """One unit's file; nothing for a unit that handed nothing in."""
        if handed_in is None:
            return
        unit = self.profile.unit(code)
        stem = f"{code}-{unit.name if unit else ''}-{YEAR if inbox.name != 'inbox-2020' else LAST_YEAR}年度报送{note}"
        if isinstance(handed_in, bytes):
            _write(inbox / code / f"{stem}.xlsx", handed_in, moment)
        else:
            _write(inbox / code / f"{stem}.json", _json(handed_in), moment)

    def correct(self, inbox: Path, code: str, content: Content, status: str) -> None:
        """The corrected (or, for a unit that had not come, the late) file of the second round."""
        days = self.profile.working_days()
        rng = stream(self.seed, code, "correction")
        prepared_on = days.add(date(YEAR + 1, 2, 6), rng.randint(1, 9))
        late = status == "missing"
        reason = {} if late else {"reason": "按退回意见更正"}
        corrected = {**content, "prepared_on": prepared_on.isoformat(), **reason}
        self.hand_in(inbox, code, corrected, self.moment(code, prepared_on), "" if late else "（更正）")

    def office(self, inbox: Path, inspection: Mapping[str, Any]) -> None:
        """The office's own file."""
        _write(inbox / "_office" / "inspection.json", _json(inspection), datetime(2022, 1, 28, 16, 20, tzinfo=_ZONE))

    def moment(self, code: str, prepared_on: date) -> datetime:
        """When a file came in: in the office hours of the working day after it was prepared."""
        rng = stream(self.seed, code, prepared_on, "moment")
        day = self.profile.working_days().add(prepared_on, 1)
        return datetime.combine(day, time(rng.randint(9, 17), rng.randint(0, 59), rng.randint(0, 59)), _ZONE)


def _json(content: Mapping[str, Any]) -> bytes:
    return (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode()


def _write(path: Path, data: bytes, moment: datetime) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    os.utime(path, (moment.timestamp(), moment.timestamp()))
