"""CSV files of one unit that lie in one folder together are one submission: each gives the tables and lists it has.

A part that two of them give is an error, because nobody can tell which counts; a text file among them that is no
table of ours is noted. Reading is `csv_reader`'s.
"""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from gongkai.findings import Coercion, ReadingIssue
from gongkai.national_format import for_year
from gongkai.submission.fields import groups, lists
from gongkai.submission.form import CSV, Reading, ReceivedFile, Submission
from gongkai.submission.values.typed_values import printable


def joined(readings: Iterable[Reading]) -> list[Reading]:
    """The readings with CSV files of one folder, unit and year made one; every other stays what it is."""
    result: list[Reading] = []
    strays: dict[str, list[Reading]] = defaultdict(list)
    parts: dict[tuple[str, str, int], list[Reading]] = defaultdict(list)
    for reading in readings:
        said, folder = reading.submission, reading.file.name.rpartition("/")[0]
        if reading.kind == CSV and said is not None:
            parts[folder, said.unit, said.year].append(reading)
        elif _is_stray(reading):
            strays[folder].append(reading)
        else:
            result.append(reading)
    result += [_one(found, strays.pop(folder, [])) for (folder, _, _), found in parts.items()]
    return result + [reading for found in strays.values() for reading in found]


def _is_stray(reading: Reading) -> bool:
    """Whether it is named as a CSV file and is no table of ours; any other text is an attachment."""
    named = reading.file.name.lower().endswith(".csv")
    return reading.kind == CSV and named and set(reading.issue_rules()) == {"WRONG-TEMPLATE"}


def _one(readings: Sequence[Reading], strays: Sequence[Reading]) -> Reading:
    if len(readings) + len(strays) == 1:
        return readings[0]
    said = [reading.submission for reading in readings if reading.submission is not None]
    givers: dict[str, list[int]] = defaultdict(list)
    for number, submission in enumerate(said):
        for part in {cell.table for cell in submission.cells} | submission.reported:
            givers[part].append(number)
    order = [part for part in (*for_year(said[0].year).tables, *groups(), *lists()) if part in givers]
    joint = Submission(
        unit=said[0].unit,
        year=said[0].year,
        cells=tuple(cell for part in order for cell in said[givers[part][-1]].cells if cell.table == part),
        reported=frozenset(part for part in order if part in lists()),
        has_tables=any(submission.has_tables for submission in said),
    )
    names = [_name(reading) for reading in readings]
    why = f"同一文件夹中的 {len(readings)} 份 CSV 文件合为一次报送"
    twice = [_twice(part, [names[at] for at in givers[part]]) for part in order if len(givers[part]) > 1]
    noted = [ReadingIssue(rule="UNKNOWN-KEY", where=printable(_name(one)), values={"label": "文件"}) for one in strays]
    issues = [*(issue for reading in readings for issue in reading.issues), *noted]
    coercions = [coercion for reading in readings for coercion in reading.coercions]
    together = Coercion(where="-", raw=printable("、".join(names)), value=None, why=why)
    files = [reading.file for reading in (*readings, *strays)]
    return Reading(_file(files), joint, (*twice, *issues), (together, *coercions), CSV)


def _twice(part: str, names: Sequence[str]) -> ReadingIssue:
    known = lists().get(part) or groups().get(part)
    return ReadingIssue(
        rule="SHAPE",
        where=part,
        observed=printable(f"{'、'.join(names)} 都有这一部分"),
        expected="只有一份（应合在一起的请合成一份，不用的请移走）",
        values={"label": known.label if known else part},
    )


def _name(reading: Reading) -> str:
    return reading.file.name.rpartition("/")[2]


def _file(files: Sequence[ReceivedFile]) -> ReceivedFile:
    """The files as one: its hash follows from theirs, whatever their names; it came when the last of them came."""
    hashes = "\n".join(sorted(file.sha256 for file in files))
    folder = files[0].name.rpartition("/")[0]
    names = "、".join(file.name.rpartition("/")[2] for file in files)
    return replace(
        max(files, key=lambda file: file.received_at),
        name=f"{folder}/{names}".lstrip("/"),
        sha256=hashlib.sha256(hashes.encode()).hexdigest(),
        size=sum(file.size for file in files),
        modified_at=max(file.arrival for file in files),
        proven=all(file.proven for file in files),
    )
