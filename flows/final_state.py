"""How a run ends: what went wrong with which unit, and the final state that names everybody not accepted.

A mistake in a submission is no trouble of the run: it ends *Completed* with a telling name, and so it does where a
folder could not be listed, which is told. Trouble is a step that failed for a technical reason: the other units go on,
and the run ends *Failed*, to be retried.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from prefect import State
from prefect.futures import PrefectFuture
from prefect.states import Completed, Failed

from expectations.office_files.verdicts import not_counted, review_office
from gongkai.errors import GongkaiError, WarehouseError
from gongkai.file_access import refusal
from gongkai.findings import Severity
from gongkai.reporting.board.office_work import appeals_words, not_counted_words
from gongkai.reporting.shared.year_calendar import arrangement_of
from gongkai.warehouse.records import UnitYear, YearState
from tasks.step import run_logger

PARTLY = "部分受理"


class StepFailures:
    """The steps that failed for a technical reason: which units, and with which reason; and what else is to be told.

    Attributes:
        machine: whether a disk or the database failed. That is no single unit's trouble: nothing is published then.
    """

    def __init__(self) -> None:
        self._units: dict[tuple[str, str], list[str]] = {}
        self.alerts: list[str] = []
        self.machine = False

    def __bool__(self) -> bool:
        return bool(self._units)

    def alert(self, what: str) -> None:
        """Notes what the operator must know though nothing failed: some of the inbox could not be taken in."""
        self.alerts.append(what)
        run_logger().warning("%s", what)

    def results(self, futures: Mapping[str, PrefectFuture[Any]], step: str) -> dict[str, Any]:
        """Waits for one step of many units; the results of those that did it, in the order given."""
        done = {}
        for unit, future in futures.items():
            future.wait()
            if future.state.is_completed():
                done[unit] = future.result()
            else:
                reason, of_the_machine = _reason(future)
                self.machine = self.machine or of_the_machine
                self._units.setdefault((step, reason), []).append(unit)
                run_logger().error("%s %s失败：%s", unit, step, reason)
        return done

    def __str__(self) -> str:
        return "；".join(f"{'、'.join(units)} {step}失败（{reason}）" for (step, reason), units in self._units.items())


def _reason(future: PrefectFuture[Any]) -> tuple[str, bool]:
    """Why a step failed, in Chinese where it is ours or the machine's reason; and whether it is the machine's."""
    try:
        future.result()
    except GongkaiError as error:
        return str(error), isinstance(error, WarehouseError)
    except OSError as error:
        return refusal(error), True
    except Exception:  # noqa: BLE001  # whatever a step raised: it is told, the other units go on
        return str(future.state.message or future.state.name), False
    return str(future.state.name), False


def told_plainly(work: Callable[[], State[Any]], lead: str = "") -> State[Any]:
    """The work's end; a call, a configuration or a machine that is wrong ends it as one sentence, no traceback.

    The sentence is the last line of the log, too, where whoever opens the run looks first; of a failure that is
    Prefect's own line (`plain_logs`).

    Args:
        work: what a form asks for.
        lead: what the sentence begins with: 没有签发：.
    """
    try:
        ended = work()
    except GongkaiError as refused:
        return Failed(message=f"{lead}{refused}")
    except OSError as error:
        return Failed(message=f"{lead}{refusal(error)}")
    if ended.is_completed():
        run_logger().info("%s", ended.message)
    return ended


def final_state(
    state: YearState,
    failures: StepFailures,
    remarks: Sequence[str] = (),
    asked: str | None = None,
    first: Sequence[str] = (),
) -> State[Any]:
    """The final state of a run: how many are accepted, everybody else by name and state, and what must be told.

    Args:
        state: the year after the run.
        failures: what went wrong.
        remarks: what else must be told.
        asked: the one unit that the run was started for, whose outcome comes before anything else.
        first: what is said before all that is not about that unit: rules in doubt.
    """
    accepted, expected = len(state.accepted), len(state.units)
    waiting = [unit for unit in state.units if unit.accepted is None]
    open_units = [f"{u.unit.code} {u.unit.name}（{u.state.word}）" for u in waiting]
    message = (f"{_outcome_of(state.unit(asked))}。" if asked else "") + "".join(first)
    if waiting:  # the UI shows seventy characters of a message: codes fit, names do not
        message += f"未受理 {len(waiting)} 个：{' '.join(unit.unit.code for unit in waiting)}。"
    message += f"{state.year} 年度：应报 {expected} 个单位，已受理 {accepted} 个。"
    if open_units:
        message += f"未受理的单位：{'、'.join(open_units)}。"
    if notice := arrangement_of(state).notice:
        message += notice
    left_out = not_counted_words(not_counted(review_office(state)))
    message += left_out + appeals_words(state)
    if failures.alerts:
        message += f"收件提醒：{'；'.join(failures.alerts)}。"
    message += "".join(remarks)
    if failures:
        kept = "磁盘或数据库出了故障，本次没有发布，此前的成果原样保留" if failures.machine else "其余单位已照常处理"
        return Failed(message=f"{message}技术故障：{failures}。{kept}，可重新运行。")
    partly = open_units or failures.alerts or left_out
    return Completed(name=PARTLY, message=message) if partly else Completed(message=message)


def _outcome_of(unit: UnitYear) -> str:
    """What became of one unit: T03 某街道：退回修改（第 2 次报送，错误 1 · 疑点 0）."""
    named, latest = f"{unit.unit.code} {unit.unit.name}", unit.latest
    if latest is None:
        return f"{named}：{unit.state.word}"
    open_ones = " · ".join(f"{s.word} {latest.verdict.count(s)}" for s in (Severity.ERROR, Severity.QUERY))
    said = f"{named}：{latest.verdict.status.word}（第 {latest.number} 次报送，{open_ones}）"
    stands = unit.accepted is not None and unit.accepted.number != latest.number
    return f"{said}，此前受理的第 {unit.accepted.number} 次报送仍然有效" if stands and unit.accepted else said
