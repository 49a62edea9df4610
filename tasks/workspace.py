"""What the steps of one run share: year, moment, profile, folders and the open warehouse.

Opened once a run, by whoever holds the year. Outputs are written into a folder of their own and put in place together
at the end, so that a run that fails leaves the last good outputs standing.
"""

import shutil
from datetime import datetime, timedelta
from functools import cached_property
from pathlib import Path

from sqlalchemy import Engine

from gongkai import __version__
from gongkai.profile import Profile
from gongkai.reporting.shared.manifest import LOGS
from gongkai.reporting.shared.year_folder import YearFolder
from gongkai.warehouse import engine as warehouse_engine
from gongkai.warehouse.closed_year import closed_profile, differences
from gongkai.warehouse.locks import load_lock
from gongkai.warehouse.pulse import Pulse
from gongkai.warehouse.queries import corrected_since
from gongkai.warehouse.records import YearLock
from gongkai.warehouse.runs import last_started_at, program_of
from tasks.step import run_logger, step
from tasks.values import Opaque

_SKEW = timedelta(minutes=2)  # clocks of two machines that share a warehouse differ by as much


class Workspace:
    """The place one run works in. A plain class on purpose: Prefect does not walk into it (`tasks.values`).

    Attributes:
        as_of: the moment the run takes for now, in the district's zone.
        profile: the district's configuration.
        rebuilding: nothing is taken in; year and profile are read as the warehouse knew them at `as_of`.
        run_id: the run's row in the warehouse; 0 while nothing is merged.
        unmade: the URL of a warehouse that is not there yet; until `make_warehouse` an empty one in memory stands
            for it, so that a run that ends before it has anything to keep leaves nothing behind.
        seen: what the warehouse was like when the year was last read from it.
        first_words: what the operator must be told before anything else: rules in doubt.
        remarks: what the operator must be told at the end, beside who is not accepted.
        calendar: for a rebuild, whose working days supply the years that the profile of then did not know.
    """

    def __init__(
        self, *, year: int, as_of: datetime, profile: Profile, rebuilding: bool, out: Path, engine: Engine
    ) -> None:
        self.year = year
        self.as_of = as_of
        self.profile = profile
        self.rebuilding = rebuilding
        self.out = out
        self.engine = engine
        self.run_id = 0
        self.unmade: str | None = None
        self.seen: Pulse = ()
        self.first_words: list[str] = []
        self.remarks: list[str] = []
        self.calendar: Profile | None = None

    @cached_property
    def lock(self) -> YearLock | None:
        """The year's lock, if it is closed: its rules decide, and what was known then stands."""
        return load_lock(self.engine, self.year)

    @property
    def outputs(self) -> YearFolder:
        """The year's outputs: `OUT/<year>` and what belongs to it."""
        return YearFolder(self.out, self.year)

    @cached_property
    def staging(self) -> Path:
        """Where this run writes its outputs; the folder is made when it is first asked for."""
        return self.outputs.begin()

    def trust_clock(self) -> None:
        """Takes the clock for now, unless it lies before the last run: then that run's start, and says so.

        A clock that went back would hide what the warehouse has learnt since.
        """
        last = last_started_at(self.engine)
        if last is None or last <= self.as_of:
            return
        clock, self.as_of = self.as_of, last.astimezone(self.as_of.tzinfo)
        if self.as_of - clock > _SKEW:
            self.remarks.append(
                f"本机时钟（{clock:%Y-%m-%d %H:%M}）早于上一次运行的时刻（{self.as_of:%Y-%m-%d %H:%M}），可能被调回："
                "本次按上一次运行的时刻处理，请校准时钟。"
            )

    def follow_lock(self) -> None:
        """In a locked year takes the lock's profile, and says in what today's is not followed."""
        if self.lock is None:
            return
        said = differences(self.lock, self.profile)
        self.profile = closed_profile(self.lock, self.profile)
        if said:
            self.remark(
                f"{self.year} 年度已于 {self.lock.at:%Y-%m-%d} 锁定，按锁定时的配置计算，现行配置只用于联系方式、"
                f"邮箱、别名和曾用名。与现行配置不同之处：{'；'.join(said)}。"
            )

        if corrected := corrected_since(self.engine, self.lock, self.as_of):
            self.remark(
                f"{self.year - 1} 年度 {'、'.join(corrected)} 在 {self.year} 年度锁定后另有报送："
                f"{self.year} 年度的上年数仍按锁定时的计算。"
            )

    def remark_program(self) -> None:
        """Says of a rebuild that it is another version's: the same content, not the same bytes."""
        then = program_of(self.engine, self.year, self.as_of)
        if then is not None and then != __version__:
            self.remark(
                f"{self.year} 年度在这一时刻由 gongkai {then or '更早的版本'} 运行，现在由 {__version__} 重新写出："
                "数据、结论和得分不变，文件的字节可能不同。"
            )

    def remark_unfinished_year(self) -> None:
        """Says so when the year that is worked on is not over."""
        if self.as_of.year <= self.year:
            self.remark(
                f"{self.year} 年度还没有结束：本次按 {self.as_of:%Y-%m-%d} 所知处理，结果不是全年的，请核对 --year。"
            )

    def remark(self, what: str) -> None:
        """Notes what the operator must be told, now and at the end."""
        run_logger().warning("%s", what)
        self.remarks.append(what)

    def make_warehouse(self) -> None:
        """Makes the warehouse if it is not there yet: from here on there is something to keep."""
        if self.unmade is not None:
            self.engine.dispose()
            self.engine, self.unmade = warehouse_engine.open_warehouse(self.unmade), None

    def publish(self, whole: bool) -> None:
        """Puts the staged outputs in place of the last ones, at one instant.

        Args:
            whole: they are all of the year; else those that this run did not write are taken along.
        """
        if not whole:
            self.outputs.complete(self.staging)
        self.outputs.put_in_place(self.staging)
        del self.staging

    def start_over(self) -> None:
        """Takes away what was staged but the logs: the year is written again."""
        for path in self.staging.iterdir():
            if path.is_dir() and path.name != LOGS:
                shutil.rmtree(path)
            elif path.is_file():
                path.unlink()

    def close(self) -> None:
        """Lets go of the warehouse and of what a failed run had staged."""
        if "staging" in self.__dict__:
            shutil.rmtree(self.staging, ignore_errors=True)
        self.engine.dispose()


@step("打开数据仓库")
def open_workspace(
    year: int,
    as_of: datetime,
    profile: Opaque[Profile],
    rebuilding: bool,
    out: Path,
    warehouse: str,
    by_clock: bool = False,
    calendar: Opaque[Profile] | None = None,
) -> Workspace:
    """Opens the warehouse (migrating it if need be). What is not there yet is made when there is something to keep.

    With `by_clock` nobody named the moment: a clock that lies before the last run is not followed. `calendar` supplies
    a rebuild with working days that nobody knew then.

    Raises:
        WarehouseError: the database cannot be reached or is newer than this program.
        CallError: a rebuild of a warehouse that does not exist.
    """
    unmade = not rebuilding and not warehouse_engine.is_there(warehouse)
    engine = warehouse_engine.open_warehouse("sqlite://" if unmade else warehouse, create=False)
    workspace = Workspace(year=year, as_of=as_of, profile=profile.value, rebuilding=rebuilding, out=out, engine=engine)
    workspace.unmade = warehouse if unmade else None
    workspace.calendar = calendar.value if calendar else None
    if rebuilding:
        workspace.remark_program()
    else:
        workspace.follow_lock()
    if by_clock:
        workspace.trust_clock()
    if not rebuilding:
        workspace.remark_unfinished_year()
    return workspace
