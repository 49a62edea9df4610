"""A mailbox of ten thousand mails with forty new ones: `python -m tests.bench.mailbox`; `make bench` prints the line.

The server (pymap, over TLS) is a process of its own; what is measured is `gongkai fetch` as the operator calls it.
"""

import json
import os
import random
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import TextIO, cast

from gongkai.delivery.incoming.arrivals import Arrival, ArrivalOutcome
from gongkai.delivery.incoming.journal import FOLDER
from gongkai.delivery.incoming.mailbox import opened
from gongkai.delivery.incoming.source import read_sources
from tests.mails import mail
from tests.servers import certificate, mail_server

MAILS, NEW = 10_000, 40
SECONDS, MEGABYTES = 20, 300
_BOOK = 60_000  # bytes of a workbook
_LARGE = 50 * 2**20


def lines() -> list[str]:
    """Two lines: the forty new mails among ten thousand, and one mail with an attachment of 50 MB."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        pem = certificate(folder)
        os.environ["SSL_CERT_FILE"] = str(pem)
        command = [sys.executable, "-m", "tests.bench.mailbox", "serve", str(pem)]
        with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as server:
            told, heard = cast(TextIO, server.stdin), cast(TextIO, server.stdout)
            url = heard.readline().strip()
            _remember(url, folder / "inbox")
            said = []
            for word, what in (("new", f"{NEW} new mails among {MAILS:,}"), ("large", "a mail with a file of 50 MB")):
                told.write(f"{word}\n")
                told.flush()
                heard.readline()
                seconds, peak = _fetch(url, folder / "inbox")
                limits = (f" (≤ {SECONDS})", f" (≤ {MEGABYTES})") if word == "new" else ("", "")
                said.append(f"`gongkai fetch` of {what} {seconds:.1f} s{limits[0]}, {peak:.0f} MB{limits[1]}")
            told.close()
        taken = len(list((folder / "inbox" / "T01").iterdir()))
        assert taken == NEW + 1, taken
    return said


def _remember(url: str, inbox: Path) -> None:
    """The journal as earlier fetches left it: every mail that is there is done with."""
    (source,) = read_sources([url])
    with opened(source) as mailbox:
        keys = [f"{mailbox.validity}/{uid}" for uid in mailbox.new_since(0)]
    at = datetime(2022, 1, 10, tzinfo=UTC)
    done = (
        Arrival(source.label, key, at, at, "来文", ArrivalOutcome.EMPTY, "t02@example.invalid", ("T02",))
        for key in keys
    )
    (inbox / FOLDER).mkdir(parents=True)
    written = (json.dumps({"is": "item", **one.as_json()}, ensure_ascii=False) + "\n" for one in done)
    (inbox / FOLDER / "journal.jsonl").write_text("".join(written), encoding="utf-8")


def _fetch(url: str, inbox: Path) -> tuple[float, float]:
    """`gongkai fetch` as a process: seconds and peak memory in MB."""
    command = [sys.executable, "-m", "gongkai.cli", "fetch", "--inbox", str(inbox), "--source", url]
    at = time.perf_counter()
    child = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    assert child.returncode == 0
    return time.perf_counter() - at, usage.ru_maxrss / 1024


def _serve(pem: Path) -> None:
    """The mailbox: ten thousand old mails, and more when it is told so."""
    drawn = random.Random(1)  # noqa: S311  # bytes of invented workbooks
    with mail_server(pem) as server:
        server.empty()
        server.receive(*(mail(subject=f"来文 {number}", sender="t02@example.invalid") for number in range(MAILS - NEW)))
        _say(server.url)
        for word in sys.stdin:
            size, count = (_BOOK, NEW) if word.strip() == "new" else (_LARGE, 1)
            server.receive(
                *(
                    mail((f"{number}.xlsx", drawn.randbytes(size)), sender="t01@example.invalid")
                    for number in range(count)
                )
            )
            _say("done")


def _say(what: str) -> None:
    sys.stdout.write(f"{what}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    if sys.argv[1:2] == ["serve"]:
        _serve(Path(sys.argv[2]))
    else:
        sys.stdout.write("\n".join(lines()) + "\n")
