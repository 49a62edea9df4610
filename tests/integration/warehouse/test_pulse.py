"""What tells a run that its warehouse has moved on: every ground of the outputs, and no key that only signs them."""

from collections.abc import Callable
from datetime import datetime

from sqlalchemy import Engine

from gongkai.warehouse.audit import Decision, Kind, record
from gongkai.warehouse.district_keys import DistrictKey, take_into_use
from gongkai.warehouse.engine import write
from gongkai.warehouse.pulse import pulse, signed_pulse

Moment = Callable[[float], datetime]


def test_a_key_moves_the_signed_outputs_and_not_the_year(engine: Engine, moment: Moment) -> None:
    before, signed = pulse(engine), signed_pulse(engine)
    take_into_use(engine, DistrictKey("ab" * 32, "-----", moment(0), "（程序）", "首次使用"), replaces=None)
    assert pulse(engine) == before
    assert signed_pulse(engine) != signed


def test_a_run_and_a_decision_move_the_year(engine: Engine, moment: Moment, begin: Callable[..., int]) -> None:
    known = {pulse(engine)}
    said = Decision(kind=Kind.APPROVED, at=moment(0), by="王五", typed_in="command", year=2021, reason="核对无误")
    write(engine, lambda connection: record(connection, said))
    known.add(pulse(engine))
    begin(engine)
    assert len({*known, pulse(engine)}) == 3
