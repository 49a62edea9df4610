"""`gongkai run` with its time taken apart: imports, the server's start, the work.

The command itself loads Great Expectations while the files are read; here that stands with the other imports, as it
does in the straight script, so that one's work can be held against the other's.
"""

import json
import sys
import time
from pathlib import Path


def main(inbox: Path, out: Path) -> None:
    at = time.perf_counter()
    marks = {}

    def mark(name: str) -> None:
        nonlocal at
        now = time.perf_counter()
        marks[name] = round(now - at, 3)
        at = now

    from expectations.gx_library import load_engine
    from gongkai.cli.year import running
    from gongkai.cli.year.temporary_server import prefect_server

    with prefect_server() as ready:
        running.load_flow()
        load_engine()
        from tests.bench.year import AS_OF

        mark("imports")
        ready()
        mark("server")
        url = f"sqlite:///{out / 'warehouse.sqlite'}"
        code = running.run_flow(year=2021, inbox=inbox, out=out, warehouse=url, as_of=AS_OF)
        mark("work")
    sys.stdout.write(json.dumps({**marks, "exit": code}) + "\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
