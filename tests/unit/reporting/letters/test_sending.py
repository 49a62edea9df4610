"""What leaves, to whom, and what does not: every message is on record, and none leaves twice."""

import hashlib
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest

from gongkai.delivery import connection as connecting
from gongkai.errors import CallError, ConfigurationError
from gongkai.reporting.letters import post_office as post
from gongkai.reporting.letters.outcome_words import outcome_lines
from gongkai.reporting.letters.sending import SendingOutcome
from gongkai.reporting.shared.write import write_text
from gongkai.warehouse.audit import entries
from gongkai.warehouse.audit.chain import verify
from gongkai.warehouse.engine import reading, write
from gongkai.warehouse.records import Revision
from gongkai.warehouse.rows.issued import last_notes, store_notes
from tests.post_office import DROP, SILENCE, PostOffice
from tests.unit.reporting.conftest import AS_OF
from tests.unit.reporting.letters.conftest import District

Make = Callable[..., Revision]
T01 = "t01@example.invalid"


def notify(district: District, *rules: str, by: str = "", again: tuple[str, ...] = ()) -> SendingOutcome:
    return post.notify(district.call(), post.AlarmRelease(rules, by), again)


def test_a_sent_message_is_on_record_with_address_content_moment_and_answer(
    district: District, sent_back: Make, office: PostOffice
) -> None:
    district.run({"T01": (sent_back("T01"),)})
    assert notify(district).sent == ["T01"]
    (message,) = district.messages()
    assert (message.state, message.address, message.sent_at) == ("sent", T01, AS_OF)
    assert message.answer == "250 taken as 1"
    (entry,) = [one for one in entries(district.engine, 2021) if one.kind == "notified"]
    assert (entry.subject, entry.by) == ("T01", "按规则核验")
    assert message.content_sha256 in (entry.after or "")
    assert verify(district.engine).broken == ()


def test_the_mail_brings_receipt_signature_and_marked_workbook(
    district: District, sent_back: Make, office: PostOffice
) -> None:
    district.run({"T01": (sent_back("T01"),)})
    notify(district)
    (mail,) = office.to(T01)
    names = [part.get_filename() for part in mail.iter_attachments()]
    assert names == ["T01.html", "T01.json", "T01-returned.xlsx", "T01.sig"]
    assert mail["Auto-Submitted"] == "auto-generated"
    assert str(mail["Message-ID"]).endswith("@example.gov.cn>")


def test_a_second_call_sends_nothing(district: District, sent_back: Make, office: PostOffice) -> None:
    district.run({"T01": (sent_back("T01"),)})
    notify(district)
    outcome = notify(district)
    assert outcome_lines(outcome, "notify") == ["没有待发的邮件。"]
    assert len(office.taken) == 1


def test_two_calls_at_once_send_every_message_once(district: District, sent_back: Make, office: PostOffice) -> None:
    district.run({code: (sent_back(code),) for code in ("A01", "A02", "T01", "T02")})
    with ThreadPoolExecutor(2) as both:
        first, second = both.map(lambda _: notify(district), range(2))
    assert sorted([*first.sent, *second.sent]) == ["A01", "A02", "T01", "T02"]
    assert sorted(to for to, _ in office.taken) == [f"{c}@example.invalid" for c in ("a01", "a02", "t01", "t02")]


def test_what_failed_is_told_and_sent_by_the_next_call(district: District, sent_back: Make, office: PostOffice) -> None:
    office.at_data[T01] = ["550 no mailbox here"]
    district.run({code: (sent_back(code),) for code in ("T01", "T02")})
    outcome = notify(district)
    assert (outcome.sent, outcome.failed, outcome.complete) == (["T02"], {"T01": "550 no mailbox here"}, False)
    assert [one.state for one in district.messages()] == ["failed", "sent"]
    assert notify(district).sent == ["T01"]


def test_a_connection_that_breaks_in_the_middle_loses_nothing(
    district: District, sent_back: Make, office: PostOffice
) -> None:
    office.at_recipient["a02@example.invalid"] = [DROP]
    district.run({code: (sent_back(code),) for code in ("A01", "A02", "A03")})
    assert notify(district).complete
    assert sorted(to for to, _ in office.taken) == [f"{c}@example.invalid" for c in ("a01", "a02", "a03")]


def test_a_server_that_never_answers_leaves_it_to_a_person(
    district: District, sent_back: Make, office: PostOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connecting, "_SECONDS_TO_ANSWER", 0.2)
    office.at_data[T01] = [SILENCE]
    district.run({"T01": (sent_back("T01"),)})
    outcome = notify(district)
    said = "\n".join(outcome_lines(outcome, "notify"))
    assert "是否送达不能确定" in said
    assert "Message-ID <gongkai.2021.T01.1." in said
    assert notify(district).sent == []
    assert notify(district, again=("T01",)).sent == ["T01"]
    with pytest.raises(CallError, match="没有是否送达不能确定的邮件"):
        notify(district, again=("T01",))


def test_a_sender_that_is_killed_in_the_middle_never_sends_twice_and_says_which_is_uncertain(
    district: District, sent_back: Make, office: PostOffice
) -> None:
    office.at_data["a02@example.invalid"] = [SILENCE]
    district.run({code: (sent_back(code),) for code in ("A01", "A02", "A03")})
    command = [sys.executable, "-m", "gongkai.cli", "notify", "--year", "2021", "--out", str(district.out)]
    sending = subprocess.Popen(command, env=os.environ, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    asked, until = office.asked, time.monotonic() + 30
    while office.asked < asked + 2 and time.monotonic() < until:
        time.sleep(0.02)
    sending.send_signal(signal.SIGKILL)
    sending.wait()
    outcome = notify(district)
    assert (outcome.sent, list(outcome.uncertain)) == (["A03"], ["A02"])
    assert [to for to, _ in office.taken] == ["a01@example.invalid", "a03@example.invalid"]
    assert notify(district).complete


def test_without_an_address_in_the_registry_nothing_leaves(
    district: District, sent_back: Make, office: PostOffice
) -> None:
    units = tuple(
        one.model_copy(update={"contact_email": None}) if one.code == "T01" else one for one in district.profile.units
    )
    district.profile = district.profile.model_copy(update={"units": units})
    district.run({"T01": (sent_back("T01"),)})
    assert "没有这个单位的电子邮箱" in notify(district).held["T01"]
    assert office.taken == []


def test_an_unsigned_receipt_never_leaves(district: District, sent_back: Make, office: PostOffice) -> None:
    district.run({"T01": (sent_back("T01"),)}, sign=False)
    assert "未签名的回执不发出" in notify(district).held["T01"]
    district.run({"T01": (sent_back("T01"),)})
    assert notify(district).sent == ["T01"]


def test_a_receipt_that_was_altered_never_leaves(district: District, sent_back: Make, office: PostOffice) -> None:
    district.run({"T01": (sent_back("T01"),)})
    (district.out / "2021" / "receipts" / "T01.html").write_text("结论：已受理", encoding="utf-8")
    assert "与登记的校验码不符" in notify(district).held["T01"]
    assert office.taken == []


def test_without_a_mail_server_nothing_is_changed(
    district: District, sent_back: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("GONGKAI_SMTP_HOST", raising=False)
    district.run({"T01": (sent_back("T01"),)})
    with pytest.raises(ConfigurationError, match="GONGKAI_SMTP_HOST"):
        notify(district)
    assert [one.state for one in district.messages()] == ["queued"]


def test_a_list_sends_nothing_and_needs_no_server(
    district: District, sent_back: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("GONGKAI_SMTP_HOST", raising=False)
    district.run({"T01": (sent_back("T01"),)})
    ((message, where),) = post.list_queued(district.call())
    assert (message.unit, where) == ("T01", T01)
    assert [one.state for one in district.messages()] == ["queued"]


def test_a_rule_that_hits_too_many_holds_the_mails_until_somebody_releases_it(
    district: District, sent_back: Make, accepted: Make, office: PostOffice
) -> None:
    hit = {code: (sent_back(code),) for code in ("A01", "A02", "A03", "A04", "A05")}
    (alarm,) = district.run({**hit, "T01": (accepted("T01"),)})
    assert alarm.sentence.startswith("规则报警：REQ-ROWSUM")
    assert "命中 5 个（A01、A02、A03、A04、A05）" in alarm.sentence
    outcome = notify(district)
    assert len(outcome.held) == 6
    assert office.taken == []
    with pytest.raises(CallError, match="--by"):
        notify(district, "REQ-ROWSUM")
    with pytest.raises(CallError, match="现在暂缓的规则是：REQ-ROWSUM"):
        notify(district, "BLANK", by="王主任")
    assert len(notify(district, "REQ-ROWSUM", by="王主任").sent) == 6
    (entry,) = [one for one in entries(district.engine, 2021) if one.kind == "released"]
    assert (entry.subject, entry.by) == ("REQ-ROWSUM", "王主任")


def test_a_rule_that_was_released_does_not_alarm_again_while_it_is_the_same(
    district: District, sent_back: Make, office: PostOffice
) -> None:
    hit = {code: (sent_back(code),) for code in ("A01", "A02", "A03", "A04", "A05")}
    assert district.run(hit)
    notify(district, "REQ-ROWSUM", by="王主任")
    assert district.run({**hit, "A06": (sent_back("A06"),)}) == []
    assert notify(district).sent == ["A06"]
    assert district.run({**hit, "A07": (sent_back("A07"),)}, rules_version="n" * 64) != []


def test_an_alarm_is_over_when_the_rule_hits_so_many_no_more(
    district: District, sent_back: Make, accepted: Make, office: PostOffice
) -> None:
    codes = ("A01", "A02", "A03", "A04", "A05")
    district.run({code: (sent_back(code),) for code in codes})
    assert district.run({code: (accepted(code),) for code in codes}) == []
    assert sorted(notify(district).sent) == list(codes)
    assert all("已受理" in str(mail["Subject"]) for _, mail in office.taken)


@pytest.mark.parametrize(("units", "of"), [(4, 4), (5, 17)])
def test_few_units_or_a_small_share_are_no_alarm(
    district: District, sent_back: Make, accepted: Make, units: int, of: int
) -> None:
    codes = [unit.code for unit in district.profile.units[:of]]
    hit = {code: (sent_back(code),) for code in codes[:units]}
    assert district.run({**{code: (accepted(code),) for code in codes}, **hit}) == []


def test_a_demonstration_goes_to_no_real_address_and_no_real_server(
    empty: Path,
    tmp_path: Path,
    sent_back: Make,
    office: PostOffice,
    district: District,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    (tmp_path / "demo").mkdir()
    shutil.copy(empty, tmp_path / "demo" / "warehouse.sqlite")
    invented = District(tmp_path / "demo", demonstration=True)
    real = tuple(
        one.model_copy(update={"contact_email": "clerk@town.gov.cn"}) if one.code == "T02" else one
        for one in invented.profile.units
    )
    invented.profile = invented.profile.model_copy(update={"units": real})
    invented.run({code: (sent_back(code),) for code in ("T01", "T02")})
    outcome = notify(invented)
    assert outcome.sent == ["T01"]
    assert "演示数据不发往真实的地址" in outcome.held["T02"]
    invented.run({"T01": (sent_back("T01"), sent_back("T01", 2))})
    monkeypatch.setenv("GONGKAI_SMTP_HOST", "mail.example.gov.cn")
    assert "只发往本机" in notify(invented).held["T01"]
    invented.engine.dispose()


def test_a_reminder_goes_out_on_its_day_alone_and_once(
    district: District, sent_back: Make, office: PostOffice, make: SimpleNamespace
) -> None:
    from dataclasses import replace

    from gongkai.reporting.outbox.reminder import reminders

    district.run({"T01": (sent_back("T01"),)})
    notify(district)
    state = replace(
        make.state(
            {**{u.code: () for u in district.profile.units}, "T01": (sent_back("T01"),)}, profile=district.profile
        )
    )
    due = [one for one in reminders(state) if one.unit.code == "T01"]
    assert post.remind(district.call(), due, state).sent == ["T01"]
    again = post.remind(district.call(), due, state)
    assert (again.sent, list(again.before)) == ([], ["T01"])
    mail = office.to(T01)[-1]
    assert [part.get_filename() for part in mail.iter_attachments()] == ["T01-returned.xlsx", "T01.sig"]
    tomorrow = replace(state, as_of=state.as_of + timedelta(days=1))
    assert post.remind(district.call(), due, tomorrow).sent == ["T01"]


def issue(district: District, by: str = "王主任", reason: str = "定稿", **files: str) -> None:
    """T01's papers lie in its outbox with their note, as `gongkai issue` leaves them."""
    folder = district.out / "outbox" / "2021" / "T01"
    shutil.rmtree(folder, ignore_errors=True)
    for name, text in files.items():
        write_text(folder / name.replace("__", "."), text)
    listed = [{"name": one.name, "sha256": hashlib.sha256(one.read_bytes()).hexdigest()} for one in folder.iterdir()]
    with reading(district.engine) as connection:
        last = last_notes(connection, 2021).get("T01", {"number": 0})
    note = {
        **{"year": 2021, "unit": "T01", "number": last["number"] + 1, "by": by, "reason": reason, "earlier": []},
        **{"basis_sha256": "b" * 64, "issued_at": AS_OF.isoformat(), "files": listed},
    }
    write_text(folder / "签发单.txt", f"签发人 {by}\n理由 {reason}\n")
    write(district.engine, lambda connection: store_notes(connection, [note]))


CARD = '{"total": "93.37", "grade": "优秀", "appeal_until": "2022-03-04"}'


def test_what_was_issued_is_delivered_once_whatever_the_note_says_later(district: District, office: PostOffice) -> None:
    district.run({})
    issue(district, scorecard__json=CARD, scorecard__html="<p>评分表</p>")
    assert post.deliver(district.call(), []).sent == ["T01"]
    (mail,) = office.to(T01)
    assert mail["Subject"] == "【送达】T01 东风街道 2021 年度政务公开考核材料（3 份），异议请于2022年3月4日前提出"
    assert {part.get_filename() for part in mail.iter_attachments()} == {
        "scorecard.json",
        "scorecard.html",
        "签发单.txt",
    }
    (entry,) = [one for one in entries(district.engine, 2021) if one.kind == "delivered"]
    assert entry.by == "王主任"
    issue(district, reason="更正 A01", scorecard__json=CARD, scorecard__html="<p>评分表</p>")
    again = post.deliver(district.call(), [])
    assert (again.sent, list(again.before)) == ([], ["T01"])
    issue(district, scorecard__json=CARD, scorecard__html="<p>评分表第二版</p>")
    other = post.deliver(district.call(), ["T01", "T02"])
    assert (other.sent, other.complete) == (["T01"], False)
    assert any("T02 还没有签发过材料" in line for line in outcome_lines(other, "deliver"))


def test_an_unsigned_receipt_stays_here_though_it_was_issued(district: District, office: PostOffice) -> None:
    district.run({})
    issue(district, scorecard__json=CARD, T01__json="{}", T01__html="<p>回执</p>")
    assert post.deliver(district.call(), []).sent == ["T01"]
    (mail,) = office.to(T01)
    assert {part.get_filename() for part in mail.iter_attachments()} == {"scorecard.json", "签发单.txt"}
    body = mail.get_body(("plain",))
    assert body is not None
    assert "回执没有签名，不随信发送" in body.get_content()


def test_an_issued_file_that_was_altered_is_not_delivered(district: District, office: PostOffice) -> None:
    district.run({})
    issue(district, scorecard__json=CARD)
    (district.out / "outbox" / "2021" / "T01" / "scorecard.json").write_text("{}", encoding="utf-8")
    assert "与登记的校验码不符" in post.deliver(district.call(), []).held["T01"]
    assert office.taken == []


def test_a_list_of_what_was_issued_queues_nothing(district: District) -> None:
    district.run({})
    issue(district, scorecard__json=CARD)
    ((message, where),), others = post.list_issued(district.call(), [])
    assert (message.unit, where, others.before, others.nothing) == ("T01", T01, [], [])
    assert post.list_issued(district.call(), ["T02"])[1].nothing == ["T02"]
    assert district.messages() == []
    with pytest.raises(CallError, match="X99"):
        post.list_issued(district.call(), ["X99"])
