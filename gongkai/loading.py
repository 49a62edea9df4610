"""The garbage collector, out of the way where it can only cost time.

Prefect takes two seconds to load and Great Expectations three; the collector would walk over what they make again and
again, and once more when the process ends. All of it stays: it is loaded with the collector paused and then left alone.
"""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def collector_paused() -> Iterator[None]:
    """For work that makes objects by the hundred thousand, none part of a cycle."""
    was_running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_running:
            gc.enable()


@contextmanager
def collector_seldom() -> Iterator[None]:
    """For a year's work: it makes objects by the million and keeps most, and few of the others are part of a cycle.

    The collector looks every 50,000 new objects instead of every 700: what it finds is let go of all the same, and it
    takes a twentieth of the time.
    """
    before = gc.get_threshold()
    gc.set_threshold(50_000, *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)


@contextmanager
def loading() -> Iterator[None]:
    """For the import of a large library: what exists afterwards is never looked at again."""
    with collector_paused():
        yield
        gc.freeze()
