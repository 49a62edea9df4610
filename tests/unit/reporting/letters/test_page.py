"""The page of the mails: what became of each, in the server's own words, and what asks for somebody first."""

from collections.abc import Callable

import pytest

from gongkai.delivery import connection as connecting
from gongkai.reporting.letters import post_office as post
from gongkai.reporting.letters.page import page_of_letters
from gongkai.warehouse.records import Revision
from tests.post_office import SILENCE, PostOffice
from tests.unit.reporting.letters.conftest import District

Make = Callable[..., Revision]


def test_the_page_says_what_became_of_every_mail_and_what_asks_for_somebody_first(
    district: District, sent_back: Make, office: PostOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connecting, "_SECONDS_TO_ANSWER", 0.2)
    office.at_data["t02@example.invalid"] = ["550 mailbox | full"]
    office.at_data["t03@example.invalid"] = [SILENCE]
    district.run({code: (sent_back(code),) for code in ("T01", "T02", "T03", "T04")})
    (district.out / "2021" / "receipts" / "T04.sig").unlink()
    post.notify(district.call(), post.AlarmRelease())
    first, every = page_of_letters(district.call()).split("## 全部")
    assert "## 需要人处理" in first
    rows = {code: line for code in ("T01", "T02", "T03", "T04") for line in every.splitlines() if f"】{code} " in line}
    assert "| 已发出 | t01@example.invalid | 250 taken as 1 |" in rows["T01"]
    assert "| 没有发出，下次再试 | t02@example.invalid |" in rows["T02"]
    assert r"550 mailbox \| full" in rows["T02"]
    assert "| 是否送达不能确定 | t03@example.invalid |" in rows["T03"]
    assert "（Message-ID " in rows["T03"]
    assert "| 暂缓 | t04@example.invalid | 回执没有有效的签名" in rows["T04"]
    assert [code for code in rows if f"】{code} " in first] == ["T02", "T03", "T04"]
