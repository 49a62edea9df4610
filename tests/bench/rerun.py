"""What a run costs when little has changed: the work alone, without the start of any process.

A whole run, the same again with nothing new, one unit that hands in again, and two reruns at once.
"""

import json
import os
import shutil
import sys
import time
from datetime import timedelta
from pathlib import Path
from threading import Thread

UNITS = ("T01", "T02")


def main(inbox: Path, out: Path) -> None:
    from expectations.gx_library import load_engine
    from gongkai.cli.year import running
    from gongkai.cli.year.temporary_server import prefect_server
    from tests.bench.year import AS_OF

    mine = out / "inbox"
    shutil.copytree(inbox, mine)
    marks = {}
    with prefect_server() as ready:
        running.load_flow()
        load_engine()
        ready()

        def run(name: str, hours: int, units: list[str] | None = None) -> None:
            at = time.perf_counter()
            running.run_flow(
                year=2021,
                inbox=mine,
                out=out / "out",
                warehouse=f"sqlite:///{out / 'warehouse.sqlite'}",
                as_of=AS_OF + timedelta(hours=hours),
                units=units,
            )
            marks[name] = round(time.perf_counter() - at, 3)

        run("whole", 0)
        run("nothing_new", 1)
        hand_in_again(mine, "T01", 1)
        run("one_unit", 2, ["T01"])
        for unit in UNITS:
            hand_in_again(mine, unit, 2)
            run(f"alone_{unit}", 3, [unit])
            hand_in_again(mine, unit, 3)
        at = time.perf_counter()
        both = [Thread(target=run, args=(f"beside_{unit}", 4, [unit])) for unit in UNITS]
        for one in both:
            one.start()
        for one in both:
            one.join()
        marks["both_at_once"] = round(time.perf_counter() - at, 3)
        marks["one_after_the_other"] = round(sum(marks[f"alone_{unit}"] for unit in UNITS), 3)
    sys.stdout.write(json.dumps(marks) + "\n")


def hand_in_again(inbox: Path, unit: str, count: int) -> None:
    """The unit hands in again: other bytes of the same content are a repetition, so a figure changes."""
    from gongkai.profile import load_profile
    from gongkai.submission.inbox import received_files
    from tests.bench.year import AS_OF

    path = sorted((inbox / unit).glob(f"{unit}.*"))[0]
    said = received_files.read(received_files.received(path, load_profile(), AS_OF, 2021)).submission
    assert said is not None
    from gongkai.submission.readers.json_writer import submission_to_json

    document = submission_to_json(said)
    document["activities"]["portal_items"] = int(document["activities"].get("portal_items") or 0) + count
    document["reason"] = "补充上网条数"
    file = inbox / unit / f"{unit}-{count}.json"
    file.write_text(json.dumps(document, ensure_ascii=False), encoding="utf-8")
    at = AS_OF.timestamp() - 3600 + count  # before the deadline, whatever the clock of this machine says
    os.utime(file, (at, at))


def lines(rows: list[dict[str, float]]) -> list[str]:
    """The table's lines: each share beside its limit."""
    best = {key: sorted(row[key] for row in rows)[len(rows) // 2] for key in rows[0]}
    whole = best["whole"]
    at_once, in_turn = best["both_at_once"], best["one_after_the_other"]
    return [
        f"a whole run's work {whole:.2f} s",
        f"again with nothing new {best['nothing_new']:.2f} s: {best['nothing_new'] / whole:.2f} of it",
        f"one unit that handed in again {best['one_unit']:.2f} s: {best['one_unit'] / whole:.2f} of it (≤ 0.33)",
        f"two reruns at once {at_once:.2f} s, one after the other {in_turn:.2f} s: {at_once / in_turn:.2f} (≤ 1)",
    ]


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
