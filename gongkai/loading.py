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
def loading() -> Iterator[None]:
    """For the import of a large library: what exists afterwards is never looked at again."""
    with collector_paused():
        yield
        gc.freeze()
