"""Runs the city's flow in this process and turns its end into an exit code."""

import os
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from gongkai.city.cluster import refuse_missing, usual_workers
from gongkai.city.districts import find_districts
from gongkai.cli.year.temporary_server import prefect_server
from gongkai.errors import CallError, GongkaiError
from gongkai.file_access import refuse_unusable
from gongkai.loading import loading
from gongkai.settings import Settings


def run_city(
    year: int,
    districts: Path | None,
    out: Path,
    as_of: datetime | None,
    workers: int | None,
    cluster: str | None,
    warehouse: str | None,
) -> int:
    """Runs every district and the roll-up, and prints the outcome.

    Returns:
        0 when every district is done and nobody is missing anywhere, 3 when somebody is.

    Raises:
        CallError: the call is wrong, or what many processes need is not installed; nothing is written.
        GongkaiError: the city could not be added up.
    """
    folder = districts or Settings().districts
    if folder is None:
        raise CallError("没有指明各区县的目录：请用 --districts 指定，或设置 GONGKAI_DISTRICTS。")
    if cluster is not None and workers is not None:
        raise CallError("--cluster 和 --workers 只能写一个：集群有多少进程由集群决定。")
    many = usual_workers() if workers is None else workers
    refuse_unusable(out)
    refuse_missing(many, cluster)
    if warehouse is not None:
        os.environ["GONGKAI_WAREHOUSE"] = warehouse
    find_districts(folder, out, year, warehouse, Settings().key, as_of)
    with prefect_server() as ready:
        with loading():
            from flows.city import city_on_call

        ready()
        state: Any = city_on_call(year, folder.resolve(), out.resolve(), as_of, many, cluster, return_state=True)
    if not state.is_completed():
        raise GongkaiError(str(state.message))
    click.echo(state.message)
    return 0 if state.name == "Completed" else 3
