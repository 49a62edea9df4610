"""What a deployment does at its end: nothing where the server sends no mail, and no failed run where a mail failed."""

import pytest
from prefect.states import Completed, Failed

from flows import mailing
from flows.final_state import PARTLY
from gongkai.errors import GongkaiError
from gongkai.reporting.letters.sending import SendingOutcome


@pytest.fixture
def send(monkeypatch: pytest.MonkeyPatch) -> list[SendingOutcome | GongkaiError]:
    """The outcomes of the next calls; a call too many fails the test."""
    outcomes: list[SendingOutcome | GongkaiError] = []

    def sent(year: int) -> SendingOutcome:
        found = outcomes.pop(0)
        if isinstance(found, GongkaiError):
            raise found
        return found

    monkeypatch.setattr(mailing, "send_queued_letters", sent)
    return outcomes


def test_a_server_that_is_not_set_to_it_sends_nothing(send: list, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("GONGKAI_NOTIFY", raising=False)
    ended = Completed(message="2021 年度：应报 2 个单位。")
    assert mailing.with_letters(ended, 2021) is ended


def test_what_was_sent_is_told_behind_the_runs_own_words(send: list, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GONGKAI_NOTIFY", "on")
    send.append(SendingOutcome(sent=["T01"]))
    ended = mailing.with_letters(Completed(message="完成。"), 2021)
    assert (ended.name, ended.message) == ("Completed", "完成。已发送 1 封邮件：T01。")


@pytest.mark.parametrize("outcome", [SendingOutcome(failed={"T01": "550 no"}), GongkaiError("没有设置发信服务器。")])
def test_a_mail_that_failed_fails_no_run_and_is_told(
    send: list, monkeypatch: pytest.MonkeyPatch, outcome: SendingOutcome | GongkaiError
) -> None:
    monkeypatch.setenv("GONGKAI_NOTIFY", "on")
    send.append(outcome)
    ended = mailing.with_letters(Completed(message="完成。"), 2021)
    assert ended.is_completed()
    assert ended.name == PARTLY
    assert "550 no" in ended.message or "没有设置发信服务器" in ended.message


def test_a_run_that_failed_sends_nothing(send: list, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GONGKAI_NOTIFY", "on")
    failed = Failed(message="技术故障。")
    assert mailing.with_letters(failed, 2021) is failed
