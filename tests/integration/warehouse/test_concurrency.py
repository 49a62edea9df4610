"""Two runs at once: processes and threads that merge the same unit leave what one of them would have left."""

import multiprocessing
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from sqlalchemy import Engine, func, select, update

from gongkai.warehouse import models
from gongkai.warehouse.engine import open_warehouse
from gongkai.warehouse.merge import merge_submission
from gongkai.warehouse.queries import load_year
from gongkai.warehouse.runs import record_outputs

Make = Callable[..., Any]
WORKERS = 4


def verdict_rows(engine: Engine) -> int:
    with engine.connect() as connection:
        return int(connection.execute(select(func.count()).select_from(models.VerdictRow)).scalar_one())


def merge_all(url: str, run: int, files: list[Any], verdict: Any, barrier: Any) -> None:
    """What one process does; a function of the module, so that a fresh process can be given it."""
    engine = open_warehouse(url)
    barrier.wait()
    for file in files:
        merge_submission(engine, file, verdict, "T01", 2021, run)


def test_processes_that_merge_one_unit_at_once(
    url: str, begin: Make, reading: Make, verdict: Make, moment: Make
) -> None:
    """Each of four processes brings the same two files and one of its own: six revisions, numbered 1 to 6."""
    spawn = multiprocessing.get_context("spawn")
    barrier = spawn.Barrier(WORKERS)
    first = open_warehouse(url)
    jobs = [
        (url, begin(first), [reading(cell=1), reading(cell=100 + worker), reading(cell=2)], verdict(), barrier)
        for worker in range(WORKERS)
    ]
    first.dispose()
    processes = [spawn.Process(target=merge_all, args=job) for job in jobs]
    for process in processes:
        process.start()
    for process in processes:
        process.join(60)
    assert [process.exitcode for process in processes] == [0] * WORKERS
    engine = open_warehouse(url)
    revisions = load_year(engine, 2021, moment(0)).unit("T01").revisions
    assert [r.number for r in revisions] == [1, 2, 3, 4, 5, 6]
    assert len({r.sha256 for r in revisions}) == 6
    assert all(r.submission is not None and len(r.submission.cells) == 200 for r in revisions)
    assert verdict_rows(engine) == 6
    engine.dispose()


def test_threads_of_one_run_share_an_engine(
    engine: Engine, begin: Make, reading: Make, verdict: Make, moment: Make
) -> None:
    run = begin(engine)
    units = [f"T{n:02}" for n in range(1, 9)]

    def work(unit: str) -> list[int]:
        files = [reading(unit, cell=cell) for cell in (1, 2, 1)]
        return [merge_submission(engine, file, verdict(), unit, 2021, run).number for file in files]

    with ThreadPoolExecutor(8) as pool:
        numbers = list(pool.map(work, units))
    assert numbers == [[1, 2, 1]] * 8
    state = load_year(engine, 2021, moment(0))
    assert [len(state.unit(unit).revisions) for unit in units] == [2] * 8


def test_threads_that_change_one_verdict_write_it_once(
    engine: Engine, begin: Make, reading: Make, verdict: Make
) -> None:
    run, file = begin(engine), reading()
    merge_submission(engine, file, verdict("returned", "有误"), "T01", 2021, run)
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda _: merge_submission(engine, file, verdict(), "T01", 2021, run), range(8)))
    assert verdict_rows(engine) == 2


def test_a_reader_does_not_wait_for_a_writer(engine: Engine, url: str, begin: Make, moment: Make) -> None:
    """While a run writes, the state before it can be read."""
    begin(engine)
    other = open_warehouse(url)
    with other.connect() as connection, connection.execution_options(gongkai_writes=True).begin():
        connection.execute(update(models.Run).values(state="failed"))
        assert load_year(engine, 2021, moment(0)).units[0].revisions == ()
    other.dispose()


def test_runs_that_start_at_once_share_one_profile_snapshot(engine: Engine, begin: Make) -> None:
    with ThreadPoolExecutor(8) as pool:
        runs = list(pool.map(lambda _: begin(engine), range(8)))
        list(pool.map(lambda run: record_outputs(engine, run, [("board.html", "a" * 64)]), runs))
    assert len(set(runs)) == 8
    with engine.connect() as connection:
        assert connection.execute(select(func.count()).select_from(models.ProfileSnapshot)).scalar() == 1
        assert connection.execute(select(func.count()).select_from(models.Output)).scalar() == 8
