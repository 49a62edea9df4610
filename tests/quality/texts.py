"""How much of real wording the text rules read: our own sentences, judged beside true and beside shifted tables.

A sentence is *found* when a text rule speaks beside the shifted tables, of which it is false; it is *accused falsely*
when one speaks beside its own. The sentences and tables are data (tests/data/narrative). No rule is made here.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from expectations.catalogue import load_catalogue
from expectations.frames.narrative import narrative_frame
from expectations.frames.shapes import ComparedValues, SubmissionUnderCheck
from expectations.ruleset import RuleSet
from gongkai.findings import Severity
from gongkai.national_format import for_year
from gongkai.profile import WorkingDays, load_profile
from gongkai.submission.form import ReceivedFile, Submission
from gongkai.submission.readers.json_reader import read_json

YEAR = 2024
DATA = Path(__file__).parents[1] / "data" / "narrative"
_ON_TIME = datetime.fromisoformat(f"{YEAR + 1}-01-20T10:00:00+08:00")
_OUTCOMES = ("granted", "partly_granted", "refused_process_info", "unavailable_not_held", "closed_other")


class Wording(NamedTuple):
    """One sentence, the group of its tables, and whose it is."""

    group: str
    text: str
    unit: str


class Read(NamedTuple):
    """What the text rules say to a sentence: beside its own tables, and beside the shifted ones."""

    wording: Wording
    accused: Sequence[str]
    found: Sequence[str]


def wordings(name: str) -> Iterator[Wording]:
    """The sentences of a file, group by group."""
    for group, texts in yaml.safe_load((DATA / f"{name}.yaml").read_text(encoding="utf-8")).items():
        for one in texts:
            said = {"text": one} if isinstance(one, str) else one
            yield Wording(group, said["text"], said.get("unit", "A21"))


def read_all(name: str) -> list[Read]:
    """Every sentence of a file beside both its tables."""
    return [Read(one, said_of(one, shifted=False), said_of(one, shifted=True)) for one in wordings(name)]


def said_of(wording: Wording, *, shifted: bool) -> list[str]:
    """Rule, words and what is right, of every row that fails."""
    unit = load_profile().unit(wording.unit)
    assert unit is not None
    entry = SubmissionUnderCheck(0, _submission(wording, shifted=shifted), unit, _ON_TIME)
    rows = narrative_frame.build([entry], _days(), RuleSet(load_profile().rules)).rows
    return [f"{rule} {m.left} ≠ {m.right}" for row in rows for rule, m in row.measured.items() if _fails(rule, m)]


def _fails(rule: str, measured: ComparedValues) -> bool:
    """Whether a row fails its rule, and the rule is more than a notice."""
    known = load_catalogue().rule(rule)
    if known.severity is Severity.NOTICE or known.check is None:
        return False
    return measured.left > measured.right if known.check.expect == "at_most" else measured.left != measured.right


@cache
def _days() -> WorkingDays:
    return load_profile().working_days()


@cache
def _data() -> Mapping[str, Any]:
    data: Mapping[str, Any] = yaml.safe_load((DATA / "wordings_tables.yaml").read_text(encoding="utf-8"))
    return data


def _submission(wording: Wording, *, shifted: bool) -> Submission:
    document = {**_document(wording.group, shifted), "unit": wording.unit, "narrative": {"overview": wording.text}}
    data = json.dumps(document, ensure_ascii=False).encode()
    file = ReceivedFile(Path("x.json"), "x.json", wording.unit, hashlib.sha256(data).hexdigest(), len(data), _ON_TIME)
    found = read_json(file, data).submission
    assert found is not None
    return found


@cache
def _document(group: str, shifted: bool) -> Mapping[str, Any]:
    data, kind = _data(), _data()["groups"][group]
    cells = {spec.where: "0" if spec.value_type == "decimal" else 0 for spec in for_year(YEAR).cells}
    cells |= {where: value for where, value in data["tables"].items() if where.split(".")[0] not in kind["zero"]}
    activities, channels, days = dict(data["activities"]), data["channels"], data["reply_days"]
    changed = {**kind.get("set", {}), **(kind["shift"] if shifted else {})}
    for where, value in changed.items():
        if where.startswith("activities."):
            activities[where.partition(".")[2]] = value
        elif where in cells:
            cells[where] = value
    if shifted:
        channels, days = kind["shift"].get("channels", channels), kind["shift"].get("reply_days", days)
    tables: dict[str, Any] = {}
    for where, value in cells.items():
        table, row, column = where.split(".")
        own = cells[f"{table}.{row}.total"] if column == "natural_person" else value
        tables.setdefault(table, {}).setdefault(row, {})[column] = own
    register = [] if "requests" in kind["zero"] else list(_register(channels, days))
    return {
        "schema": "gongkai/submission/1",
        "year": YEAR,
        "tables": tables,
        "activities": activities,
        "register": register,
    }


def _register(channels: Mapping[str, int], days: Sequence[int]) -> Iterator[Mapping[str, Any]]:
    """Two cases open at the start and twenty new ones; the last is still open."""
    came = ["post", "post", *(channel for channel, count in channels.items() for _ in range(count))]
    counted = _days()
    for number, channel in enumerate(came, 1):
        received = date(YEAR - 1, 12, 26) if number <= 2 else date(YEAR, 3, 1) + timedelta(days=number * 2)
        row = {"case_no": f"{YEAR}-{number:03}", "received_on": received.isoformat(), "channel": channel}
        row |= {"clock_started_on": received.isoformat(), "applicant_type": "natural_person"}
        if number <= len(days):
            replied = counted.add(received, days[number - 1]).isoformat()
            row |= {"replied_on": replied, "outcome": _OUTCOMES[number % len(_OUTCOMES)]}
        yield row
