"""What was issued to 400 units, sent to a local mail server: `python -m tests.bench.post`; `make bench` prints it."""

import hashlib
import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from unittest import mock

from sqlalchemy import Connection

from gongkai.profile import Profile, load_profile
from gongkai.reporting.letters import post_office
from gongkai.reporting.receipt.district_signature import district_key
from gongkai.reporting.receipt.signature import sign_receipts
from gongkai.reporting.shared.write import write_bytes, write_json
from gongkai.warehouse.engine import open_warehouse, write
from gongkai.warehouse.rows.issued import store_notes
from gongkai.warehouse.runs import start_run

UNITS, LIMIT = 400, 60
NOW = datetime(2022, 3, 1, 9, tzinfo=UTC)
_SIZES = {"scorecard.html": 60_000, "scorecard.pdf": 80_000, "scorecard.json": 30_000}


def lines(count: int = UNITS) -> list[str]:
    """One line: how long `gongkai deliver` takes to so many units."""
    with tempfile.TemporaryDirectory() as folder, _mail_server() as port:
        out = Path(folder)
        url = f"sqlite:///{out / 'warehouse.sqlite'}"
        _issue(out, url, _profile(count))
        call = post_office.Call(year=2021, out=out, warehouse=url, profile=None, now=lambda: NOW, say=print)
        settings = {"HOST": "127.0.0.1", "PORT": str(port), "SECURITY": "none", "SENDER": "zwgk@example.gov.cn"}
        with mock.patch.dict(os.environ, {f"GONGKAI_SMTP_{name}": value for name, value in settings.items()}):
            at, worked = time.perf_counter(), time.process_time()
            outcome = post_office.deliver(call, [])
            seconds, own = time.perf_counter() - at, time.process_time() - worked
    assert len(outcome.sent) == count, outcome
    return [
        f"`gongkai deliver` to {count} units, a local server {seconds:.1f} s (≤ {LIMIT}) ({own:.1f} s of processor)"
    ]


def _profile(count: int) -> Profile:
    profile = load_profile(None)
    town = profile.unit("T01")
    assert town is not None
    codes = [f"T{number:03}" for number in range(count)]
    units = tuple(
        town.model_copy(
            update={"code": code, "name": f"第{code}街道", "contact_email": f"{code.lower()}@example.invalid"}
        )
        for code in codes
    )
    return profile.model_copy(update={"units": units})


def _issue(out: Path, url: str, profile: Profile) -> None:
    """Every unit's outbox and issue note, as `gongkai issue` leaves them."""
    engine = open_warehouse(url)
    start_run(engine, 2021, NOW, profile, "rules-1", {})
    key = district_key(engine, out / "key" / "key.pem", NOW)
    notes = []
    for unit in profile.units:
        folder = out / "outbox" / "2021" / unit.code
        taken = ("unit", "year", "revision", "sha256", "status", "rules_version", "received_at", "as_of")
        write_json(folder / f"{unit.code}.json", {**dict.fromkeys(taken, ""), "unit": unit.code, "findings": []})
        write_bytes(folder / f"{unit.code}.html", os.urandom(20_000))
        sign_receipts(folder, key)
        for name, size in _SIZES.items():
            write_bytes(folder / name, os.urandom(size))
        notes.append(_note(unit.code, folder))
    write(engine, lambda connection: _store(connection, notes))
    engine.dispose()


def _note(code: str, folder: Path) -> dict[str, Any]:
    files = [
        {"name": path.name, "sha256": hashlib.sha256(path.read_bytes()).hexdigest()}
        for path in sorted(folder.iterdir())
    ]
    said = SimpleNamespace(by="王主任", reason="定稿", basis_sha256="0" * 64, issued_at=NOW.isoformat())
    return {"year": 2021, "unit": code, "number": 1, "files": files, "earlier": [], **vars(said)}


def _store(connection: Connection, notes: list[dict[str, Any]]) -> None:
    store_notes(connection, notes)


@contextmanager
def _mail_server() -> Iterator[int]:
    """A server in a process of its own that takes everything and keeps nothing."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    command = [sys.executable, "-m", "aiosmtpd", "-n", "-c", "aiosmtpd.handlers.Sink", "-l", f"127.0.0.1:{port}"]
    server = subprocess.Popen(command, stderr=subprocess.DEVNULL)
    try:
        until = time.monotonic() + 20
        while time.monotonic() < until:
            with socket.socket() as one:
                if one.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.1)
        yield port
    finally:
        server.terminate()
        server.wait(10)


if __name__ == "__main__":
    sys.stdout.write("\n".join(lines(int(sys.argv[1]) if sys.argv[1:] else UNITS)) + "\n")
