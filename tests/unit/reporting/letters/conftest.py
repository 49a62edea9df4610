"""A district with a warehouse, signed receipts in its output folder, and a real mail server."""

import hashlib
import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from sqlalchemy import Connection

from gongkai.delivery import posting
from gongkai.delivery.incoming.arrivals import Arrival
from gongkai.reporting.findings.alarm import RuleAlarm, rule_alarms
from gongkai.reporting.letters.bulletin import Bulletin
from gongkai.reporting.letters.post_office import Call
from gongkai.reporting.letters.queueing import RunLetters, queue_letters
from gongkai.reporting.receipt.district_signature import district_key
from gongkai.reporting.receipt.signature import sign_receipts
from gongkai.reporting.receipt.view import marked_workbook
from gongkai.reporting.receipt.writer import receipt_json
from gongkai.reporting.shared.write import write_bytes, write_json, write_text
from gongkai.warehouse.engine import open_warehouse, reading
from gongkai.warehouse.post import messages as rows
from gongkai.warehouse.post.messages import Message
from gongkai.warehouse.records import Revision, YearState
from gongkai.warehouse.runs import start_run
from tests.post_office import PostOffice, post_office, settings_of
from tests.unit.reporting.conftest import AS_OF, make_profile, make_state

Run = Callable[..., list[RuleAlarm]]


@pytest.fixture(scope="session")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("empty") / "warehouse.sqlite"
    open_warehouse(f"sqlite:///{path}").dispose()
    return path


@pytest.fixture(scope="session")
def served() -> Iterator[PostOffice]:
    with post_office() as office:
        yield office


@pytest.fixture
def office(served: PostOffice, monkeypatch: pytest.MonkeyPatch) -> PostOffice:
    """The mail server that gongkai is set to, empty."""
    served.taken.clear()
    served.at_data.clear()
    served.at_recipient.clear()
    for name, value in settings_of(served).items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(posting, "WAITS", (0.01, 0.01))
    return served


class District:
    """A district of the default units, whose year is told as a run tells it; nothing of it is a demonstration."""

    def __init__(self, folder: Path, demonstration: bool = False) -> None:
        self.out = folder
        self.url = f"sqlite:///{folder / 'warehouse.sqlite'}"
        self.profile = make_profile(demonstration=demonstration)
        self.engine = open_warehouse(self.url)
        self.runs = 0

    def run(
        self,
        revisions: Mapping[str, tuple[Revision, ...]],
        *,
        bulletins: tuple[Bulletin, ...] = (),
        sign: bool = True,
        arrivals: Sequence[Arrival] = (),
        **changed: Any,
    ) -> list[RuleAlarm]:
        """A run: the units' receipts are written and signed, what is news is queued; gives the alarms that hold."""
        everybody = {unit.code: revisions.get(unit.code, ()) for unit in self.profile.units}
        state = replace(make_state(everybody, profile=self.profile), **changed)
        self.run_id = start_run(self.engine, 2021, state.as_of, self.profile, state.rules_version, {})
        outputs = self._papers(state, sign)
        letters = RunLetters(state, self.run_id, outputs, rule_alarms(state, {}), bulletins, True, arrivals)
        return queue_letters(self.engine, letters)

    def messages(self, **asked: Any) -> list[Message]:
        with reading(self.engine) as connection:
            return rows.messages(connection, 2021, **asked)

    def call(self, now: datetime = AS_OF) -> Call:
        return Call(year=2021, out=self.out, warehouse=self.url, profile=None, now=lambda: now, say=lambda _: None)

    def _papers(self, state: YearState, sign: bool) -> dict[str, str]:
        """Receipts as a run writes them, but for page and workbook, which are only carried along here."""
        folder = self.out / "2021"
        shutil.rmtree(folder, ignore_errors=True)
        written = []
        for unit in state.units:
            if unit.latest is None:
                continue
            place = folder / "receipts" / f"{unit.unit.code}.json"
            written.append(write_json(place, receipt_json(unit, unit.latest, state, "b" * 64)))
            written.append(write_text(place.with_suffix(".html"), f"<p>{unit.unit.name}</p>"))
            if marked := marked_workbook(unit, unit.latest):
                written.append(write_bytes(place.with_name(marked), b"PK\x03\x04"))
        if sign:
            sign_receipts(folder / "receipts", district_key(self.engine, self.out / "key" / "key.pem", state.as_of))
        return {p.relative_to(folder).as_posix(): hashlib.sha256(p.read_bytes()).hexdigest() for p in written}


@pytest.fixture
def district(empty: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[District]:
    """Every unit that has sent something is taken to have a new verdict: what the warehouse says is asked elsewhere."""
    shutil.copy(empty, tmp_path / "warehouse.sqlite")
    made = District(tmp_path)
    everybody = {unit.code for unit in made.profile.units}

    def all_of_them(connection: Connection, year: int) -> set[str]:
        return everybody

    monkeypatch.setattr(rows, "units_with_new_verdicts", all_of_them)
    yield made
    made.engine.dispose()


@pytest.fixture
def sent_back(make: SimpleNamespace) -> Callable[..., Revision]:
    """A submission that was sent back for one error, or for what is given."""

    def revision(unit: str, number: int = 1, *findings: Any) -> Revision:
        found: Revision = make.revision(unit, make.verdict(*(findings or (make.finding(),))), number)
        return found

    return revision


@pytest.fixture
def accepted(make: SimpleNamespace) -> Callable[..., Revision]:
    def revision(unit: str, number: int = 1) -> Revision:
        found: Revision = make.revision(unit, make.verdict(), number)
        return found

    return revision
