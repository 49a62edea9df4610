"""Runs the annual flow in this process and turns its end into an exit code.

Without `PREFECT_API_URL` it runs against a temporary server of its own; nobody has to start one by hand.
"""

import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from importlib import import_module
from pathlib import Path
from typing import Any

import click

from expectations.gx_library import load_engine_beside
from flows.order import complete_order
from gongkai.cli.year.temporary_server import is_failed_state, prefect_server
from gongkai.errors import BusyError, CallError, ConfigurationError, GongkaiError, WarehouseError
from gongkai.file_access import refusal
from gongkai.loading import loading
from gongkai.submission.inbox.isolation import prepare

_MANY = 2  # units at least: as many files as are ever read at once


def run_flow(
    *,
    year: int,
    out: Path,
    warehouse: str,
    inbox: Path | None = None,
    profile: Path | None = None,
    units: list[str] | None = None,
    stages: list[str] | None = None,
    as_of: datetime | None = None,
) -> int:
    """Runs `annual_assessment` and prints its outcome.

    Returns:
        0 when every expected unit is accepted, 3 when somebody is not.

    Raises:
        GongkaiError: the run failed, or call or configuration are wrong (before anything is written).
    """
    order: dict[str, Any] = {
        "year": year,
        "units": units or [],
        "stages": stages or [],
        "inbox": inbox,
        "out": out,
        "profile": profile,
        "as_of": as_of,
    }
    complete_order(**order)  # the flow does so too; what is wrong with the call is said before anything is started
    if inbox is not None:
        prepare(len(units) if units else _MANY)  # while Prefect is loaded
    with prefect_server() as ready, setting("GONGKAI_WAREHOUSE", warehouse), _without_tracebacks():
        load_flow()
        if inbox is not None:
            load_engine_beside()
        ready()
        from flows.annual import annual_assessment

        state: Any = annual_assessment(**order, return_state=True)
    if state.is_completed():
        click.echo(state.message)
        return 0 if state.name == "Completed" else 3
    raise _reason(state)


def load_flow() -> None:
    """Loads the steps, and what Prefect would ask for only when a flow starts: now a server is still coming up."""
    with loading():
        import_module("flows.annual")
        import_module("fastapi.encoders")


@contextmanager
def setting(name: str, value: str) -> Iterator[None]:
    """Sets one setting for a while. An address may hold a password, so it never becomes a parameter of a run."""
    before = os.environ.get(name)
    os.environ[name] = value
    try:
        yield
    finally:
        if before is None:
            del os.environ[name]
        else:
            os.environ[name] = before


_SAID = (BusyError, CallError, ConfigurationError, WarehouseError, OSError)


class _SaidOnce(logging.Filter):
    """Leaves out what the command line says in one sentence: a wrong call, a full disk, a database that is down.

    Prefect's own English line about a failed step goes as well: which step of which unit failed and why, the run says.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        said = record.exc_info and isinstance(record.exc_info[1], _SAID)
        return not said and "Finished in state Failed(" not in record.getMessage()


@contextmanager
def _without_tracebacks() -> Iterator[None]:
    """Keeps Prefect from printing the traceback of such an error, for a while."""
    loggers, once = [logging.getLogger(f"prefect.{name}") for name in ("task_runs", "flow_runs")], _SaidOnce()
    for logger in loggers:
        logger.addFilter(once)
    try:
        yield
    finally:
        for logger in loggers:
            logger.removeFilter(once)


def _reason(state: Any) -> GongkaiError:
    """Why the run failed: our own exception as it was raised, a state by its words, anything else by name and text."""
    try:
        state.result()
    except GongkaiError as error:
        return error
    except OSError as error:
        return GongkaiError(refusal(error))
    except Exception as error:  # noqa: BLE001  # whatever failed the run: it is told by its name
        name = "" if is_failed_state(error) else f"{type(error).__name__}："
        return GongkaiError(f"运行失败：{name}{error}")
    return GongkaiError(f"运行失败：{state.message}")
