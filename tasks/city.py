"""The phases of a city's run as Prefect shows them: one task each, however many districts there are.

What a district's run is, the flow hands in: tasks know no order of steps.
"""

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from time import monotonic

from prefect import get_run_logger, task
from prefect.artifacts import create_progress_artifact, create_table_artifact, update_progress_artifact
from prefect.cache_policies import NO_CACHE

from gongkai.city.cluster import distributed
from gongkai.city.districts import DistrictOrder
from gongkai.city.outcome import DistrictOutcome, Ended, row_of
from gongkai.city.reports import gather_reports
from gongkai.errors import GongkaiError
from gongkai.file_access import refusal
from gongkai.warehouse.engine import make_schema
from tasks.values import Opaque

_AT_ONCE = 4
_SHOWN_EVERY_SECONDS = 5
Run = Callable[[DistrictOrder], DistrictOutcome]


@task(name="准备数据仓库", cache_policy=NO_CACHE)
def prepare_warehouses(orders: Opaque[Sequence[DistrictOrder]]) -> Opaque[dict[str, str]]:
    """Makes the schema of every district on a server; what is in it each run brings up to date, side by side.

    Returns:
        Code → why its warehouse is not to be had, for those of which it is not.
    """

    def prepared(order: DistrictOrder) -> str:
        try:
            make_schema(order.warehouse)
        except GongkaiError as error:
            return str(error)
        return ""

    with ThreadPoolExecutor(_AT_ONCE) as several:
        said = zip(orders.value, several.map(prepared, orders.value), strict=True)
        return Opaque({order.code: why for order, why in said if why})


@task(name="各区县考核", cache_policy=NO_CACHE)
def assess_districts(
    run: Opaque[Run],
    unchanged: Opaque[Callable[[DistrictOrder], DistrictOutcome | None]],
    orders: Opaque[Sequence[DistrictOrder]],
    refused: Opaque[Mapping[str, str]],
    year: int,
    workers: int,
    cluster: str | None,
) -> Opaque[dict[str, DistrictOutcome]]:
    """Runs every district that is not refused, over as many processes as there are; tells each as it gets done.

    Those of which nothing is new are found here: no process loads its libraries to say so.
    """
    progress = _Progress(year, [order.code for order in orders.value])
    wanted = []
    for order in orders.value:
        why = refused.value.get(order.code)
        known = DistrictOutcome(order.code, Ended.FAILED, reason=why) if why else unchanged.value(order)
        if known is None:
            wanted.append(order)
        else:
            progress.tell(known)
    for order, found in distributed(run.value, wanted, workers, cluster):
        outcome = DistrictOutcome(order.code, Ended.FAILED, reason=found) if isinstance(found, str) else found
        progress.tell(outcome)
    return Opaque(progress.finished())


@task(name="汇总全市", cache_policy=NO_CACHE)
def roll_up(
    run: Opaque[Run], city: Opaque[DistrictOrder], orders: Opaque[Sequence[DistrictOrder]]
) -> Opaque[DistrictOutcome]:
    """Takes in the districts' reports and writes the city's own outputs, by the same steps as any district's."""
    try:
        gathered = gather_reports(city.value, orders.value)
    except OSError as error:
        return Opaque(DistrictOutcome(city.value.code, Ended.FAILED, reason=refusal(error)))
    return Opaque(run.value(gathered))


class _Progress:
    """What the operator sees meanwhile: a bar, and a table with one row a district."""

    def __init__(self, year: int, codes: Sequence[str]) -> None:
        self._outcomes: dict[str, DistrictOutcome] = {}
        self._codes, self._year, self._shown = codes, year, monotonic()
        self._bar = create_progress_artifact(progress=0.0, description=f"{len(codes)} 个区县")

    def tell(self, outcome: DistrictOutcome) -> None:
        self._outcomes[outcome.code] = outcome
        done, of = len(self._outcomes), len(self._codes)
        get_run_logger().info("%s %s（%d/%d）%s", outcome.code, outcome.ended.word, done, of, outcome.reason)
        update_progress_artifact(self._bar, progress=100.0 * done / of, description=f"{done}/{of} 个区县")  # type: ignore[arg-type]
        if monotonic() - self._shown > _SHOWN_EVERY_SECONDS:
            self._show()

    def finished(self) -> dict[str, DistrictOutcome]:
        """Every outcome, in the order of the codes."""
        self._show()
        return {code: self._outcomes[code] for code in self._codes}

    def _show(self) -> None:
        known = self._outcomes
        rows = [known[code].row() if code in known else row_of(code, "等待") for code in self._codes]
        create_table_artifact(rows, key=f"city-{self._year}", description=f"{self._year} 年度各区县")
        self._shown = monotonic()
