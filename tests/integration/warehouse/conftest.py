"""The same tests on SQLite and on a real PostgreSQL: a fresh, migrated warehouse a test, and readings to merge.

One private PostgreSQL server a session; a fresh database is a copy of one that was migrated once.
"""

import hashlib
import json
import shutil
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import Engine, create_engine, text

from gongkai.findings import Finding, Severity
from gongkai.national_format import for_year
from gongkai.profile import Profile, load_profile
from gongkai.submission.form import SCHEMA, Origin, Reading, ReceivedFile
from gongkai.submission.readers.json_reader import read_json
from gongkai.submission.verdict import NotApplied, Status, Verdict
from gongkai.warehouse.engine import open_warehouse
from gongkai.warehouse.runs import start_run
from tests.postgres import postgresql

ZONE = ZoneInfo("Asia/Shanghai")
NOON = datetime(2022, 1, 20, 12, 0, tzinfo=ZONE)
TEMPLATE = "template_gongkai"
_NUMBER = count(1)


@pytest.fixture(scope="session")
def postgres() -> Iterator[Callable[[str], str]]:
    """A function: database name → URL on the session's server."""
    with postgresql() as url:
        yield url


@pytest.fixture(scope="session")
def create_database(postgres: Callable[[str], str]) -> Iterator[Callable[..., str]]:
    """A function that creates a database (empty, or a copy), drops the one before it, and gives the URL."""
    admin = create_engine(
        postgres("postgres").replace("postgresql://", "postgresql+psycopg://"), isolation_level="AUTOCOMMIT"
    )
    created: list[str] = []

    def create(name: str, template: str = "template0") -> str:
        with admin.connect() as connection:
            while created:  # a hundred of them would fill the disk and make the end slow
                connection.execute(text(f'DROP DATABASE "{created.pop()}" WITH (FORCE)'))
            connection.execute(text(f'CREATE DATABASE "{name}" TEMPLATE "{template}"'))
        if name != TEMPLATE:
            created.append(name)
        return postgres(name)

    yield create
    admin.dispose()


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("template") / "warehouse.db"
    open_warehouse(f"sqlite:///{path}").dispose()
    return path


@pytest.fixture(scope="session")
def postgres_template(create_database: Callable[..., str]) -> str:
    open_warehouse(create_database(TEMPLATE)).dispose()
    return TEMPLATE


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A database without any table (on SQLite: no file yet)."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/new/warehouse.db"
    return str(request.getfixturevalue("create_database")(f"empty_{next(_NUMBER)}"))


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A migrated, empty warehouse."""
    if request.param == "sqlite":
        path = tmp_path / "warehouse.db"
        shutil.copy(request.getfixturevalue("sqlite_template"), path)
        return f"sqlite:///{path}"
    template = request.getfixturevalue("postgres_template")
    return str(request.getfixturevalue("create_database")(f"test_{next(_NUMBER)}", template))


@pytest.fixture
def engine(url: str) -> Iterator[Engine]:
    engine = open_warehouse(url)
    yield engine
    engine.dispose()


@pytest.fixture(scope="session")
def profile() -> Profile:
    return load_profile()


@pytest.fixture(scope="session")
def moment() -> Callable[[float], datetime]:
    """Noon of 2022-01-20 and so many days after it."""
    return lambda days: NOON + timedelta(days=days)


@pytest.fixture(scope="session")
def begin(profile: Profile) -> Callable[..., int]:
    """Starts a run: engine, days after noon."""
    return lambda engine, days=0, year=2021: start_run(
        engine, year, NOON + timedelta(days=days), profile, "rules-1", {}
    )


@pytest.fixture(scope="session")
def document() -> Callable[..., dict[str, Any]]:
    """A complete JSON submission of a unit, every cell `cell`; further keys replace the document's own."""

    def build(unit: str = "T01", year: int = 2021, cell: int = 1, **further: Any) -> dict[str, Any]:
        tables: dict[str, Any] = {}
        for spec in for_year(year).cells:
            value = "0.5" if spec.value_type == "decimal" else cell
            tables.setdefault(spec.table, {}).setdefault(spec.row, {})[spec.column] = value
        return {"schema": SCHEMA, "year": year, "unit": unit, "tables": tables, **further}

    return build


@pytest.fixture(scope="session")
def reading(document: Callable[..., dict[str, Any]]) -> Callable[..., Reading]:
    """A reading of such a document, as if it had come in with the inbox."""

    def build(unit: str = "T01", received_at: datetime = NOON, **further: Any) -> Reading:
        data = json.dumps(document(unit, **further), ensure_ascii=True).encode()
        sha256 = hashlib.sha256(data).hexdigest()
        return read_json(
            ReceivedFile(Path(f"{unit}.json"), f"{unit}/{unit}.json", unit, sha256, len(data), received_at), data
        )

    return build


@pytest.fixture(scope="session")
def in_sheet() -> Callable[[Reading], Reading]:
    """The same reading as if from a workbook: every cell gets a sheet and an address."""

    def place(found: Reading) -> Reading:
        from dataclasses import replace

        assert found.submission is not None
        cells = tuple(
            cell._replace(origin=Origin(f"表{cell.table}", f"{chr(65 + n % 26)}{n + 5}", cell.origin.raw))
            for n, cell in enumerate(found.submission.cells)
        )
        return replace(found, submission=replace(found.submission, cells=cells), kind="workbook")

    return place


@pytest.fixture(scope="session")
def verdict() -> Callable[..., Verdict]:
    """A verdict: status, then messages of its findings (errors when returned, else notices)."""

    def build(status: str = "accepted", *messages: str, rules_version: str = "rules-1") -> Verdict:
        severity = Severity.NOTICE if status == "accepted" else Severity.ERROR
        findings = tuple(
            Finding(rule="BLANK", severity=severity, message=m, where="-", observed=3, cells=("a", "b"))
            for m in messages
        )
        return Verdict(Status(status), True, findings, (), (NotApplied("CARRY", "没有上年数据"),), rules_version)

    return build
