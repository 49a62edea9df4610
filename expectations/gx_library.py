"""Great Expectations, loaded ahead: it takes three seconds, in which others can read files or a server comes up."""

from functools import cache
from threading import Thread

from gongkai.loading import loading


@cache
def load_engine() -> None:
    """Loads what evaluates the rules, once a process: with it the collector gives up all that there is by then.

    Done once a district it gave up what each of them held, and a city's workers grew with every one.
    """
    with loading():
        import expectations.suites  # noqa: F401  # only to be there when the readings are
        from gongkai.submission.narrative.quantities import quantities

        next(quantities(""), None)  # the words that texts are read by


def load_engine_beside() -> None:
    """Starts loading it and goes on."""
    Thread(target=load_engine, daemon=True).start()
