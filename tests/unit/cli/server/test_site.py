"""The file pages: the office sees all, a unit what is its own, nobody what lies elsewhere."""

import asyncio
import base64
import json
import re

import httpx
import pytest

from gongkai.cli.server.site.app import site
from gongkai.cli.server.site.logins import Logins
from gongkai.settings import ServerSettings

OFFICE = "gongkai:secret"


def written(place, text="x"):
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text(text, encoding="utf-8")


@pytest.fixture
def out(tmp_path):
    """A year behind a link, as a run leaves it; what was issued; and something that is nobody's to see."""
    run = tmp_path / "out" / ".runs" / "2021-3"
    for path in (
        "board.html",
        "ranking.xlsx",
        "receipts/T01.html",
        "receipts/T01-returned.xlsx",
        "receipts/T02.html",
        "receipts/district.pub",
        "scorecards/T01/scorecard.html",
        "findings/T01.html",
    ):
        written(run / path, f"{path} 的内容")
    units = [{"unit": "T01", "name": "城东街道"}, {"unit": "T03", "name": "城西街道"}]
    written(run / "board.json", json.dumps({"units": units}))
    (tmp_path / "out" / "2021").symlink_to(".runs/2021-3")
    written(tmp_path / "out" / "outbox" / "2021" / "T01" / "scorecard.html", "签发的评分表")
    written(tmp_path / "out" / "outbox" / "2021" / "T02" / "scorecard.html")
    written(tmp_path / "out" / "warehouse.sqlite")
    written(tmp_path / "secret.txt", "私钥")
    (run / "away.txt").symlink_to(tmp_path / "secret.txt")
    return tmp_path / "out"


@pytest.fixture
def logins(tmp_path):
    return Logins(ServerSettings(state=tmp_path / "state", api_auth=OFFICE))


@pytest.fixture
def ask(out, logins):
    """Asks for an address as somebody; gives status and text."""
    transport = httpx.ASGITransport(app=site(out, logins))

    async def answer(path, headers, method):
        async with httpx.AsyncClient(transport=transport, base_url="http://pages") as client:
            return await client.request(method, path, headers=headers)

    def get(path, login=OFFICE, method="GET"):
        given = {"Authorization": f"Basic {base64.b64encode(login.encode()).decode()}"} if login else {}
        said = asyncio.run(answer(path, given, method))
        return said.status_code, said.text

    return get


@pytest.mark.parametrize("path", ["/", "/2021/", "/2021/board.html", "/2021/receipts/T01.html", "/nowhere"])
@pytest.mark.parametrize("login", [None, "gongkai:wrong", "nobody:secret", "no colon"])
def test_nobody_sees_anything_without_a_login(ask, path, login):
    assert ask(path, login)[0] == 401


def test_health_needs_none(ask):
    assert ask("/health", None) == (200, "ok")


@pytest.mark.parametrize(
    "path",
    [
        "/2021/board.html",
        "/2021/receipts/T02.html",
        "/2021/scorecards/T01/scorecard.html",
        "/issued/2021/T02/scorecard.html",
    ],
)
def test_the_office_sees_all(ask, path):
    assert ask(path)[0] == 200


def test_the_offices_pages_lead_to_every_paper(ask):
    assert 'href="/2021/"' in ask("/")[1]
    year = ask("/2021/")[1]
    assert 'href="/2021/board.html"' in year
    assert "T01 城东街道" in year
    assert 'href="/2021/scorecards/T01/scorecard.html"' in ask("/2021/units/T01")[1]


def test_a_unit_that_has_sent_nothing_has_a_page_and_an_unknown_one_none(ask):
    assert "没有。" in ask("/2021/units/T03")[1]
    assert ask("/2021/units/X99")[0] == 404


@pytest.mark.parametrize(
    ("path", "seen"),
    [
        ("/2021/receipts/T01.html", True),
        ("/2021/receipts/T01-returned.xlsx", True),
        ("/2021/receipts/district.pub", True),
        ("/issued/2021/T01/scorecard.html", True),
        ("/2021/units/T01", True),
        ("/2021/receipts/T02.html", False),
        ("/issued/2021/T02/scorecard.html", False),
        ("/2021/units/T02", False),
        ("/2021/scorecards/T01/scorecard.html", False),
        ("/2021/findings/T01.html", False),
        ("/2021/board.html", False),
        ("/2021/board.json", False),
        ("/2021/ranking.xlsx", False),
        ("/2021/", False),
    ],
)
def test_a_unit_sees_what_is_its_own(ask, logins, path, seen):
    login = f"t01:{logins.set_password('t01', 'T01')}"
    assert ask(path, login)[0] == (200 if seen else 404)


def test_what_was_issued_is_named_in_words_what_one_reads_first_and_the_earlier_issues_last(ask, out):
    folder = out / "outbox" / "2021" / "T01"
    for name in ("T01.json", "T01.html", "签发单.txt", "第1次签发/scorecard.pdf", "附图.png"):
        written(folder / name)
    told = re.findall(r">((?:已签发|第1次签发)：[^<]*)<", ask("/2021/units/T01")[1])
    assert told == [
        *("已签发：评分表", "已签发：回执", "已签发：签发单", "已签发：回执（数据）", "已签发：附图.png"),
        "第1次签发：评分表（PDF）",
    ]


def test_a_units_first_page_names_its_papers_and_no_draft(ask, logins):
    login = f"t01:{logins.set_password('t01', 'T01')}"
    for page in ("/", "/2021/units/T01"):
        shown = ask(page, login)[1]
        assert "/2021/receipts/T01.html" in shown
        assert "/issued/2021/T01/scorecard.html" in shown
        assert "scorecards/" not in shown
        assert "T02" not in shown


@pytest.mark.parametrize(
    "path",
    [
        "/2021/away.txt",
        "/2021/../warehouse.sqlite",
        "/2021/%2e%2e/warehouse.sqlite",
        "/2021/..%2fwarehouse.sqlite",
        "/2021/..%2f..%2fsecret.txt",
        "/2021//etc/passwd",
        "/.runs/2021-3/board.html",
        "/warehouse.sqlite",
        "/issued/2021/..%2f..%2f2021/board.html",
        "/issued/2021/T01/..%2fT02/scorecard.html",
        "/2021/receipts%5cT01.html",
        "/2021/board.html%00",
    ],
)
def test_nothing_outside_is_served(ask, path):
    assert ask(path)[0] == 404


def test_a_year_that_leads_out_is_not_served(ask, out, tmp_path):
    written(tmp_path / "elsewhere" / "board.html")
    (out / "2022").symlink_to(tmp_path / "elsewhere")
    assert ask("/2022/board.html")[0] == 404


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH"])
def test_nothing_can_be_changed(ask, method):
    assert ask("/2021/board.html", method=method)[0] == 405


def test_a_removed_login_and_an_old_password_no_longer_open(ask, logins):
    old = f"t01:{logins.set_password('t01', 'T01')}"
    assert ask("/2021/receipts/T01.html", old)[0] == 200
    new = f"t01:{logins.set_password('t01', 'T01')}"
    assert ask("/2021/receipts/T01.html", old)[0] == 401
    assert ask("/2021/receipts/T01.html", new)[0] == 200
    logins.remove("t01")
    assert ask("/2021/receipts/T01.html", new)[0] == 401


def test_passwords_are_kept_as_hashes_that_only_we_read(logins, tmp_path):
    password = logins.set_password("王主任", None)
    kept = tmp_path / "state" / "site-logins.json"
    assert password not in kept.read_text(encoding="utf-8")
    assert kept.stat().st_mode & 0o077 == 0
