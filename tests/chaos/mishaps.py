"""What goes wrong inside a command, as the forked process prepares it: a trap, a limit of file size, a clock, a file.

A trap is `<before|after> <module>:<name>`: the process kills itself there, as the power cut would.
"""

import os
import resource
import signal
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import wraps
from importlib import import_module
from pathlib import Path
from typing import Any


def prepare(wanted: dict[str, Any]) -> None:
    """Arms whatever is wanted of the functions below, by name."""
    for name, value in wanted.items():
        {"trap": trap, "largest_file": largest_file, "clock_back": clock_back, "disturbed": disturbed}[name](value)


def trap(where: str) -> None:
    """SIGKILL before or after a function is called for the first time."""
    when, _, named = where.partition(" ")

    def armed(function: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(function)
        def called(*given: Any, **named_ones: Any) -> Any:
            if when == "before":
                os.kill(os.getpid(), signal.SIGKILL)
            function(*given, **named_ones)
            os.kill(os.getpid(), signal.SIGKILL)

        return called

    _replace(named, armed)


def largest_file(size: int) -> None:
    """No file may grow beyond this: what a full disk is to whoever writes."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))


def clock_back(days: float) -> None:
    """The machine's clock as the work reads it, so many days back."""

    class Late(datetime):
        @classmethod
        def now(cls, tz: Any = None) -> Any:
            return datetime.now(tz) - timedelta(days=days)

    for module in ("flows.order", "flows.annual"):
        import_module(module).datetime = Late  # type: ignore[attr-defined]


def disturbed(how: dict[str, str]) -> None:
    """At the first reading of a file of this unit: its file `vanish`es, it `change`s, or the whole inbox goes away."""
    from gongkai.submission.inbox import received_files

    read = received_files.read

    def meddled(file: Any, year: int | None = None) -> Any:
        if file.folder == how["unit"] and file.path.exists():
            if how["what"] == "inbox":
                inbox = Path(how["inbox"])
                inbox.rename(inbox.with_name("aside"))
            elif how["what"] == "vanish":
                file.path.rename(Path(how["inbox"]).with_name(file.path.name))
            else:
                file.path.write_bytes(file.path.read_bytes()[:-9])
        return read(file, year)

    received_files.read = meddled


def _replace(named: str, armed: Callable[[Callable[..., Any]], Callable[..., Any]]) -> None:
    module, _, path = named.partition(":")
    owner: Any = import_module(module)
    *steps, name = path.split(".")
    for step in steps:
        owner = getattr(owner, step)
    setattr(owner, name, armed(getattr(owner, name)))
