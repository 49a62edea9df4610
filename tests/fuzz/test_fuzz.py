"""Whatever is done to a valid workbook, it ends as a receipt: no crash, no 10 s of a processor, no 500 MB.

250 corruptions here, `GONGKAI_FUZZ=20000` in `make fuzz`. Every failure names its number: `corrupted(seeds, number)`.
"""

import os
import resource
from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from expectations.validation import Context, validate
from gongkai.national_format import for_year
from gongkai.profile import load_profile
from gongkai.submission.form import Cell, Reading, ReceivedFile, Submission
from gongkai.submission.inbox.isolation import Isolation
from gongkai.submission.template.writer import workbook_bytes
from tests.fuzz.corruption import corrupted

COUNT = int(os.environ.get("GONGKAI_FUZZ", "250"))
MEGABYTES = 500
OUT_OF_TIME = "仍没有读完"  # what `isolation` says of a file on which its processor time was used up
AS_OF = datetime.fromisoformat("2022-01-20T12:00:00+08:00")
FILE = ReceivedFile(Path("T01.xlsx"), "T01/T01.xlsx", "T01", "0" * 64, 1, AS_OF)
CORPUS = Path(__file__).parents[1] / "data" / "intake"


def peak_of(pid: int) -> float:
    """The most memory in MB that a process has had, on Linux; one that ended itself was kept in its limit."""
    status = Path(f"/proc/{pid}/status")
    if not status.exists():
        return 0.0
    lines = status.read_text().splitlines()
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM")), 0.0)


def processor_of(pid: int) -> float:
    """The seconds of a processor that a process has used, on Linux; what else the machine does is none of them."""
    told = Path(f"/proc/{pid}/stat")
    if not told.exists():
        return 0.0
    said = told.read_text().rpartition(")")[2].split()
    return (int(said[11]) + int(said[12])) / os.sysconf("SC_CLK_TCK")


@pytest.fixture(scope="module")
def seeds() -> list[bytes]:
    """Our template blank and filled, as another program saves it, and a register in CSV."""
    profile = load_profile()
    unit = profile.unit("T01")
    assert unit is not None
    cells = [Cell(spec.table, spec.row, spec.column, number) for number, spec in enumerate(for_year(2021).cells)]
    cells += [Cell("register", str(n), "case_no", f"2021-{n:03}") for n in range(1, 9)]
    filled = Submission(unit="T01", year=2021, cells=tuple(cells), reported=frozenset({"register", "documents"}))
    made = [workbook_bytes(one, profile, unit, 2021) for one in (None, filled)]
    return [
        *made * 3,
        *((CORPUS / name).read_bytes() for name in ("saved-as.ods", "saved-as.xls", "register-gb18030.csv")),
    ]


@pytest.fixture(scope="module")
def isolated() -> Iterator[Isolation]:
    one = Isolation()
    yield one
    one.close()


def test_every_corruption_ends_as_a_receipt(seeds: list[bytes], isolated: Isolation) -> None:
    ended: Counter[str] = Counter()
    batch: list[Reading] = []
    context = Context(2021, load_profile(), AS_OF)
    validate([], context)  # what is loaded once is no memory of a file
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    children = longest = 0.0
    for number in range(COUNT):
        data = corrupted(seeds, number)
        used = {pid: processor_of(pid) for pid in isolated.pids}
        reading = isolated.read(FILE, data)
        longest = max([longest, *(processor_of(pid) - used.get(pid, 0.0) for pid in isolated.pids)])
        children = max([children, *map(peak_of, isolated.pids)])
        assert reading.submission or reading.issues, f"corruption {number} says nothing"
        assert not any(OUT_OF_TIME in str(issue.observed) for issue in reading.issues), f"corruption {number} hangs"
        ended["read" if reading.submission else str(reading.issues[0].observed)[:12]] += 1
        batch.append(reading)
        if len(batch) == 500 or number == COUNT - 1:
            assert len(validate(batch, context)) == len(batch)
            batch.clear()
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    assert max(grown, children) < MEGABYTES
    assert ended["read"] > COUNT / 20, "corruption so coarse that nothing is read tests the guard only"
    assert len(ended) > 4, ended
    if COUNT > 500:
        most = f"{grown:.0f} MB here, {children:.0f} MB at most in a child, {longest:.1f} s of a processor at most"
        print(*ended.most_common(), most, sep="\n")  # noqa: T201
