"""A step of the year's work: a Prefect task inside a flow, a plain function call where many districts run at once.

The order of the steps stands once, in `flows`, and calls them the same way. `plainly` says that nobody records task
runs here: each is done at once, in this process, and what it has to say goes to the log of the district.
"""

import logging
from collections.abc import Callable, Iterator, MutableMapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Generic, ParamSpec, TypeVar, cast

from prefect import State, get_run_logger, task
from prefect.cache_policies import NO_CACHE
from prefect.futures import PrefectFuture
from prefect.states import Completed, Failed
from prefect.tasks import Task

P = ParamSpec("P")
R = TypeVar("R")
_PLAINLY: ContextVar[str | None] = ContextVar("gongkai_plainly", default=None)


class Step(Generic[P, R]):
    """One step; `fn` is what it does."""

    def __init__(self, fn: Callable[P, R], name: str, run_name: str | None) -> None:
        self.fn = fn
        self._name, self._run_name = name, run_name
        self.__doc__, self.__name__ = fn.__doc__, fn.__name__

    @cached_property
    def task(self) -> Task[P, R]:
        """The step as Prefect shows it."""
        return task(name=self._name, task_run_name=self._run_name, cache_policy=NO_CACHE)(self.fn)

    def __call__(self, *args: P.args, **kwargs: P.kwargs) -> R:
        return self.fn(*args, **kwargs) if _PLAINLY.get() is not None else self.task(*args, **kwargs)

    def submit(self, *args: P.args, **kwargs: P.kwargs) -> PrefectFuture[R]:
        """Starts it beside others; plainly it is done when this returns."""
        if _PLAINLY.get() is None:
            return self.task.submit(*args, **kwargs)
        return cast(PrefectFuture[R], _done(lambda: self.fn(*args, **kwargs)))


def step(name: str, run_name: str | None = None) -> Callable[[Callable[P, R]], Step[P, R]]:
    """Makes a function a step; correctness never depends on a cache of Prefect's, so none has one."""
    return lambda fn: Step(fn, name, run_name)


@dataclass(frozen=True)
class Done(Generic[R]):
    """What became of a step that was done at once, with as much of a future's manners as the flows ask for."""

    state: State[Any]
    value: R | None = None
    error: BaseException | None = None

    def wait(self) -> None:
        """It is done."""

    def result(self) -> R | None:
        if self.error is not None:
            raise self.error
        return self.value


def _done(work: Callable[[], R]) -> Done[R]:
    try:
        return Done(Completed(), work())
    except Exception as error:  # noqa: BLE001  # whatever a step raised: `StepFailures` tells it, the others go on
        return Done(Failed(message=f"{type(error).__name__}：{error}"), error=error)


@contextmanager
def plainly(who: str) -> Iterator[None]:
    """Steps are plain calls for as long as the block runs; `who` stands before whatever they log."""
    before = _PLAINLY.set(who)
    try:
        yield
    finally:
        _PLAINLY.reset(before)


class _Signed(logging.LoggerAdapter[logging.Logger]):
    def process(self, msg: str, kwargs: MutableMapping[str, Any]) -> tuple[str, MutableMapping[str, Any]]:
        return f"{(self.extra or {}).get('who')}：{msg}", kwargs


def run_logger() -> logging.LoggerAdapter[logging.Logger] | logging.Logger:
    """Where a step says what happened: the run's log in Prefect, else the program's, signed."""
    who = _PLAINLY.get()
    if who is None:
        return cast(logging.Logger, get_run_logger())
    return _Signed(logging.getLogger("gongkai.run"), {"who": who})
