"""What is news to a unit is queued once; what is true no more is taken back before it leaves."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from types import SimpleNamespace

from gongkai.findings import Severity
from gongkai.reporting.letters import post_office as post
from gongkai.reporting.letters.blocks import as_text, from_json
from gongkai.reporting.letters.bulletin import Bulletin
from gongkai.submission.verdict import Status
from gongkai.warehouse.records import Revision
from tests.post_office import PostOffice
from tests.unit.reporting.conftest import AS_OF
from tests.unit.reporting.letters.conftest import District

Make = Callable[..., Revision]


def text_of(district: District, unit: str) -> str:
    """The plain text of the last message to a unit."""
    return as_text(from_json(district.messages(unit=unit)[-1].body))


def states(district: District) -> list[tuple[str, str, str]]:
    return [(one.unit, one.kind, one.state) for one in district.messages()]


def test_a_verdict_is_queued_with_its_word_its_count_and_its_day(district: District, sent_back: Make) -> None:
    district.run({"T01": (sent_back("T01"),)})
    (message,) = district.messages()
    assert message.subject == "【退回修改】T01 东风街道 2021 年度政务公开报送：1 处需要处理，2022年3月31日前重报"
    assert [one["name"] for one in message.attachments] == ["T01.html", "T01.json", "T01-returned.xlsx"]
    said = text_of(district, "T01")
    assert "✕ 表三“（一）予以公开”行：六类申请人合计 11，总计填写 12，相差 1。" in said
    assert "[表三 依申请公开 H9]" in said
    assert "T01-returned.xlsx" in said


def test_a_file_that_waits_for_the_office_asks_nothing_of_the_unit(
    district: District, accepted: Make, make: SimpleNamespace
) -> None:
    found = make.finding("ADMISSION-WAITING", message="发件人未经证实，暂不采用。")
    waits = replace(make.verdict(found), status=Status.QUARANTINED)
    district.run({"T01": (accepted("T01"), make.revision("T01", waits, 2))})
    assert district.messages()[-1].subject == "【待确认】T01 东风街道 2021 年度政务公开报送：来源待确认"
    said = text_of(district, "T01")
    assert "○ 待确认 · 由主管部门核实来源，不必重报" in said
    assert "第 1 次报送此前已受理，仍然有效" in said
    assert not re.search("处需要处理|必须改正|重报，|日前", said)


def test_a_run_that_changes_nothing_queues_nothing(district: District, sent_back: Make) -> None:
    for _ in range(3):
        district.run({"T01": (sent_back("T01"),)})
    assert states(district) == [("T01", "verdict", "queued")]


def test_a_new_verdict_overtakes_the_one_that_has_not_left(district: District, sent_back: Make, accepted: Make) -> None:
    district.run({"T01": (sent_back("T01"),)})
    district.run({"T01": (sent_back("T01"), accepted("T01", 2))})
    assert states(district) == [("T01", "verdict", "superseded"), ("T01", "verdict", "queued")]
    assert district.messages()[-1].subject.startswith("【已受理】")


def test_a_verdict_that_changes_back_before_it_left_is_no_news(
    district: District, sent_back: Make, make: SimpleNamespace, office: PostOffice
) -> None:
    district.run({"T01": (sent_back("T01"),)})
    post.notify(district.call(), post.AlarmRelease())
    district.run({"T01": (sent_back("T01", 1, make.finding(), make.finding("BLANK")),)})
    district.run({"T01": (sent_back("T01"),)})
    assert [state for _, _, state in states(district)] == ["sent", "superseded"]


def test_a_notice_more_is_no_news(
    district: District, sent_back: Make, make: SimpleNamespace, office: PostOffice
) -> None:
    district.run({"T01": (sent_back("T01"),)})
    post.notify(district.call(), post.AlarmRelease())
    notice = make.finding("PEER-OUTLIER", Severity.NOTICE)
    district.run({"T01": (sent_back("T01", 1, make.finding(), notice),)})
    assert len(district.messages()) == 1


def test_a_re_check_that_clears_what_was_sent_back_is_told_as_that(
    district: District, sent_back: Make, accepted: Make, office: PostOffice
) -> None:
    district.run({"T01": (sent_back("T01"),)})
    post.notify(district.call(), post.AlarmRelease())
    district.run({"T01": (accepted("T01"),)})
    message = district.messages()[-1]
    assert message.kind == "cleared"
    assert "复核后受理，此前退回的不必再改" in message.subject
    assert "此前要求处理的各处不必再改" in text_of(district, "T01")


def test_a_correction_that_is_accepted_is_no_re_check(
    district: District, sent_back: Make, accepted: Make, office: PostOffice
) -> None:
    district.run({"T01": (sent_back("T01"),)})
    post.notify(district.call(), post.AlarmRelease())
    district.run({"T01": (sent_back("T01"), accepted("T01", 2))})
    assert district.messages()[-1].kind == "verdict"


def test_no_message_names_another_unit_and_each_goes_to_its_own(
    district: District, sent_back: Make, office: PostOffice
) -> None:
    district.run({code: (sent_back(code),) for code in ("A01", "T01", "T02")})
    post.notify(district.call(), post.AlarmRelease())
    names = {"A01": "重大建设项目", "T01": "东风街道", "T02": "和平街道"}
    for code, name in names.items():
        (mail,) = office.to(f"{code.lower()}@example.invalid")
        body = mail.get_body(("plain",))
        assert body is not None
        said = str(mail["Subject"]) + body.get_content()
        assert name in said
        assert not [other for other in names.values() if other != name and other in said]
        assert all(part.get_filename().startswith(code) for part in mail.iter_attachments())


def test_a_bulletin_goes_out_with_the_next_mail_once(
    district: District, sent_back: Make, accepted: Make, office: PostOffice
) -> None:
    since = datetime(2022, 2, 10, 9, tzinfo=AS_OF.tzinfo)
    district.run({"T01": (sent_back("T01"),)})
    post.notify(district.call(), post.AlarmRelease())
    bulletin = Bulletin(
        district.run_id + 1, since, ("停用规则 YOY-JUMP“比上年变化过大”，此后不再据以核验。理由：区划调整。",)
    )
    district.run({"T01": (sent_back("T01"), sent_back("T01", 2))}, bulletins=(bulletin,))
    assert "核对规则公告（2022年2月10日起）" in text_of(district, "T01")
    assert "停用规则 YOY-JUMP" in text_of(district, "T01")
    post.notify(district.call(), post.AlarmRelease())
    district.run({"T01": (sent_back("T01"), sent_back("T01", 2), accepted("T01", 3))}, bulletins=(bulletin,))
    assert "公告" not in text_of(district, "T01")


def test_the_name_of_a_file_that_holds_an_identity_number_is_masked(district: District, make: SimpleNamespace) -> None:
    from gongkai.submission.verdict import Status

    named = make.revision("T01", make.verdict(make.finding("SHAPE"), status=Status.QUARANTINED))
    named = named.__class__(**{**named.__dict__, "file": "T01/申请人110101199003078515.xlsx"})
    district.run({"T01": (named,)})
    assert "110101199003078515" not in text_of(district, "T01")
    assert "已屏蔽" in text_of(district, "T01")
