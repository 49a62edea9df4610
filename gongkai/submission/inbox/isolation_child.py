"""The child's side of `isolation`: takes a file's name and bytes, gives what they say, and is allowed little else.

It gets no path, no profile and no warehouse; it may not grow by more than its memory limit nor write a
file. Only run with `-m`; nothing imports it.
"""

import gc
import json
import os
import pickle
import signal
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from gongkai.submission.form import Reading, ReceivedFile
from gongkai.submission.inbox.formats import read_bytes
from gongkai.submission.inbox.isolation import OUT_OF_MEMORY, PATIENCE
from gongkai.submission.inbox.isolation_wire import flat, receive, send

GROWTH = 400 * 2**20  # bytes of address space beyond what the idle child has
_NOBODY = ReceivedFile(Path("-"), "-", None, "", 0, datetime.fromtimestamp(0, UTC))


def main(seconds: float) -> None:
    """Serves one file after the other until the other side is gone."""
    source, answers = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints is no answer
    import gongkai.submission.published
    import gongkai.submission.workbook.reader  # noqa: F401  # once, before the limits

    gc.disable()  # a million small objects are looked through again and again otherwise
    gc.freeze()
    clock = _limit()
    send(answers, b"ready")
    while (head := receive(source)) is not None and (data := receive(source)) is not None:
        clock(seconds)
        folder, name, year = json.loads(head)
        file = replace(_NOBODY, folder=folder, name=name)
        try:
            answer = pickle.dumps(_parts(read_bytes(file, data, year)), pickle.HIGHEST_PROTOCOL)
        except MemoryError:
            os._exit(OUT_OF_MEMORY)
        clock(0)
        send(answers, answer)
        gc.collect()


def _parts(reading: Reading) -> tuple[Any, ...]:
    """A reading without its file, which only the other side knows."""
    said = reading.submission
    cells = flat(said.cells) if said else ()
    return said and replace(said, cells=()), cells, reading.issues, reading.coercions, reading.kind, reading.template


def _limit() -> Callable[[float], None]:
    """Sets the limits that this system has; returns what sets the clock for one file, or stops it.

    The clock counts processor time. The alarm behind it ends a child that hangs when nobody is left to do so.
    """
    try:
        import resource
    except ImportError:  # Windows: the time limit of the other side is what there is
        return lambda _: None
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the run, which then ends this process
    for what in (resource.RLIMIT_CORE, resource.RLIMIT_FSIZE):
        resource.setrlimit(what, (0, 0))
    if sys.platform == "linux":  # elsewhere nobody tells how large the idle process is
        idle = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
        resource.setrlimit(resource.RLIMIT_AS, (idle + GROWTH, idle + GROWTH))

    def clock(seconds: float) -> None:
        signal.setitimer(signal.ITIMER_PROF, seconds)
        signal.alarm(int(seconds * PATIENCE) + 5 if seconds else 0)

    return clock


if __name__ == "__main__":
    main(float(sys.argv[1]))
