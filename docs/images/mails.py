"""Remakes the pictures of the mails in operator.md from demonstration data: `make pictures`, after `make demo`.

Each kind of mail as its HTML part looks. Needs `chromium` on the PATH; never run by a test.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from PIL import Image, ImageChops

from flows.annual import work
from flows.order import complete_order
from gongkai.delivery.incoming.arrivals import Arrival, ArrivalOutcome, MailLack
from gongkai.demonstration.files import file_of
from gongkai.demonstration.inboxes import AS_OF_FIRST_ROUND, AS_OF_SECOND_ROUND, SEED
from gongkai.demonstration.year import YEAR, demonstration_year
from gongkai.profile import load_profile
from gongkai.reporting.letters.blocks import as_html, from_json
from gongkai.reporting.letters.bulletin import Bulletin, bulletin_blocks
from gongkai.reporting.letters.issued import Issued, issued_messages
from gongkai.reporting.letters.no_file import no_file_message
from gongkai.reporting.letters.reminding import reminder_message
from gongkai.reporting.letters.verdict_mail import verdict_message
from gongkai.reporting.outbox.release import release
from gongkai.reporting.outbox.reminder import reminders
from gongkai.warehouse.engine import opened, reading
from gongkai.warehouse.post.messages import Message
from gongkai.warehouse.queries import load_year
from gongkai.warehouse.records import YearState
from tasks.step import plainly

HERE = Path(__file__).parent
_OFF = "停用规则 CATALOGUE-STALE“标准目录没有更新”，此后不再据以核验。理由：标准目录由市级统一维护。"


def main(demonstration: Path) -> None:
    """Writes mail-….png, one a kind."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder)
        shutil.copy(demonstration / "warehouse.sqlite", out)
        shutil.copytree(demonstration / str(YEAR), out / str(YEAR))
        for name, message in _messages(out, demonstration):
            page = out / f"{name}.html"
            page.write_text(as_html(from_json(message.body), message.subject), encoding="utf-8")
            _picture(page, HERE / f"mail-{name}.png")
            sys.stdout.write(f"mail-{name}: {message.subject}\n")


def _messages(out: Path, demonstration: Path) -> Iterator[tuple[str, Message]]:
    url = f"sqlite:///{out / 'warehouse.sqlite'}"
    with opened(url) as engine:
        state = load_year(engine, YEAR, AS_OF_FIRST_ROUND)
        yield from _verdicts(state)
        for one in reminders(state):
            if one.to_fix and (unit := state.unit(one.unit.code)).latest:
                yield "reminder", reminder_message(one, unit, state, out, (), None)
                break
        say = sys.stderr.write
        release(
            YEAR, out, "王主任", "年度考核结果送达", url, AS_OF_SECOND_ROUND, lambda s: say(s) and None, {"all": "演示"}
        )
        issue = Issued(year=YEAR, profile=state.profile, at=AS_OF_SECOND_ROUND)
        with reading(engine) as connection:
            yield "issued", issued_messages(connection, issue, out, ["T01"])[0][0]
        yield "no-file", _no_file(state)
        _put_a_strangers_file(out, url, demonstration)
        later = load_year(engine, YEAR, AS_OF_SECOND_ROUND)
        unit = next(one for one in later.units if one.waiting)
        yield "waiting", verdict_message(unit, unit.waiting, later, 1, [], {}, cleared=False)


def _no_file(state: YearState) -> Message:
    """To a unit that has sent nothing yet."""
    unit = next(one for one in state.units if one.latest is None)
    at = AS_OF_FIRST_ROUND
    mail = Arrival("", "", at, at, "", ArrivalOutcome.EMPTY, units=(unit.unit.code,), letter="1", lack=MailLack.NO_FILE)
    return no_file_message(unit, mail, state, 1, [])


def _put_a_strangers_file(out: Path, url: str, demonstration: Path) -> None:
    """A correction that lies in nobody's folder: it would replace what T01 has accepted, so it waits."""
    folder = demonstration / "input" / "profile"
    profile = load_profile(folder)
    right = demonstration_year(SEED, profile).contents["T01"]
    text = {**right["narrative"], "next_steps": "下一步，继续做好主动公开和解读工作。"}
    suffix, book = file_of("T01", {**right, "narrative": text, "reason": "补充下一步工作"}, None, profile)
    (out / "inbox").mkdir()
    (out / "inbox" / f"报表{suffix}").write_bytes(book)
    os.environ["GONGKAI_WAREHOUSE"] = url
    order = {"year": YEAR, "inbox": out / "inbox", "out": out, "profile": folder}
    with plainly("mails"):
        work(complete_order(**order, as_of=AS_OF_SECOND_ROUND, units=["T01"], stages=["merge"]))


def _verdicts(state: YearState) -> Iterator[tuple[str, Message]]:
    bulletin = bulletin_blocks([Bulletin(1, datetime(2022, 1, 31, 9).astimezone(), (_OFF,))], (), state.profile)
    seen = set()
    for unit in state.units:
        kind = unit.state.value
        if unit.latest is None or kind in seen or (kind == "returned" and len(unit.latest.verdict.findings) < 3):
            continue
        seen.add(kind)
        told = bulletin if kind == "returned" else []
        yield kind, verdict_message(unit, unit.latest, state, 1, told, {}, cleared=False)
        if kind == "accepted":
            yield "cleared", verdict_message(unit, unit.latest, state, 1, [], {}, cleared=True)


def _picture(page: Path, place: Path) -> None:
    """The page as a picture, without the empty rest of the window."""
    window = ("--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--window-size=700,1400")
    command = ["chromium", *window, f"--screenshot={place}", page.as_uri()]
    subprocess.run(command, check=True, capture_output=True, timeout=120)  # noqa: S603  # own call
    shot = Image.open(place).convert("RGB")
    _, _, _, bottom = (
        ImageChops.difference(shot, Image.new("RGB", shot.size, shot.getpixel((1, 1)))).getbbox() or (0,) * 4
    )
    shot.crop((0, 0, shot.width, min(shot.height, bottom + 16))).quantize(64).save(place, optimize=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
