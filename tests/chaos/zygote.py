"""One process with everything imported, which forks a `gongkai` command for every line that it is told.

So a start costs nothing, and a kill hits the work and never the imports. It tells each command's process and end as
JSON lines. What goes wrong in a command (a trap, a limit, a clock) is `tests.chaos.mishaps`.
"""

import json
import os
import select
import sys
import traceback
from importlib import import_module
from typing import Any

from tests.chaos import mishaps


def main() -> None:
    from expectations.gx_library import load_engine

    for module in ("flows.annual", "flows.release", "gongkai.cli", "gongkai.cli.year.running"):
        import_module(module)
    load_engine()
    _tell(ready=True)
    running: dict[int, int] = {}
    orders, said = sys.stdin.fileno(), b""
    while True:
        listening, _, _ = select.select([orders], [], [], 0.01)
        if listening:
            more = os.read(orders, 2**16)  # not through a buffer: what lies in one is not seen by `select`
            if not more:
                return
            *lines, said = (said + more).split(b"\n")
        for line in lines if listening else ():
            order = json.loads(line)
            pid = _forked(order)
            running[pid] = order["number"]
            _tell(number=order["number"], pid=pid)
        while running:
            pid, status = os.waitpid(-1, os.WNOHANG)
            if pid == 0:
                break
            _tell(number=running.pop(pid), code=os.waitstatus_to_exitcode(status))


def _forked(order: dict[str, Any]) -> int:
    pid = os.fork()
    if pid:
        return pid
    code = 1
    try:
        log = os.open(order["log"], os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        nothing = os.open(os.devnull, os.O_RDONLY)
        for descriptor, standard in ((nothing, 0), (log, 1), (log, 2)):
            os.dup2(descriptor, standard)
        os.environ.update(order["environment"])
        mishaps.prepare(order["mishaps"])
        from gongkai.cli import main as command

        command(order["arguments"])
    except SystemExit as leaving:
        code = int(leaving.code or 0)
    except BaseException:  # noqa: BLE001  # whatever it was: the log has it, and the code says that something was
        traceback.print_exc()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)


def _tell(**said: object) -> None:
    sys.stdout.write(json.dumps(said) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
