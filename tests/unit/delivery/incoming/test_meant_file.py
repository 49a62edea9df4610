"""Whether a mail without a file meant to bring one: a hint to who forgot it, none to who asks, thanks or quotes."""

from email.message import EmailMessage

import pytest

from gongkai.delivery.incoming.letter import Letter
from gongkai.delivery.incoming.meant_file import means_a_file, own_cloud_places


def letter(text: str = "", subject: str = "东风街道", page: str | None = None) -> Letter:
    made = EmailMessage()
    made["From"], made["Subject"] = "t01@example.invalid", subject
    if text or page is None:
        made.set_content(text)
        if page is not None:
            made.add_alternative(page, subtype="html")
    else:
        made.set_content(page, subtype="html")
    return Letter(made)


@pytest.mark.parametrize(
    "text",
    [
        "见附件。",
        "您好：报表详见附件，谢谢！",
        "请查收附件",
        "附件：1.填报表 2.证明材料",
        "附件1、报送表",
        "现将我街道2021年度政务公开报送表报送给你们，请审阅。",
        "报表已改好，请查收。",
        "按要求修改后的报表现重新报送。",
        "上次忘记附件了，现在补发。",
        "退回的附件已收到，错误已更正，更正后的表格随信附上。",
        "随函附我局年度报告。",
        "我局报送2021年度政务公开工作报表。",
        "  附上更正后的工作簿\n\n东风街道办事处",
        "请问收到了吗？见附件。",
    ],
)
def test_who_says_that_a_file_comes_meant_one(text):
    assert means_a_file(letter(text))


@pytest.mark.parametrize(
    "text",
    [
        "收到，谢谢！",
        "您发来的附件已收到，我们会尽快处理。",
        "贵办退回的附件打不开，请重发。",
        "请问报表报送的截止时间是哪天？",
        "我局的报表能否晚几天报送",
        "我单位正在填报表，月底前报送。",
        "我局计划下周报送年度报告。",
        "现将有关情况汇报如下：本年度没有收到申请。",
        "关于报送年报的通知已知悉。",
        "本邮件及其附件可能含有保密信息，仅供收件人使用。",
        "联系人由张三改为李四，请更新通讯录。",
        "报表已在系统中提交，请审核通过。",
        "> 请见附件\n好的。",
        "收到。\n\n-----原始邮件-----\n发件人：区政务公开办\n请按附件修改后重新报送。",
        "好的，谢谢\n\n在 2022年1月20日 09:00，政务公开科 <gk@example.invalid> 写道：\n请见附件",
        "好\n\n------------------ Original ------------------\n见附件",
        "好\n\n---- 回复的原邮件 ----\n见附件",
        "知道了\n\nFrom: 政务公开科\nSubject: 退回\n\n见附件",
        "谢谢\n\n--\n东风街道 见附件",
        "",
    ],
)
def test_who_asks_promises_thanks_or_quotes_did_not(text):
    assert not means_a_file(letter(text, subject="回复：【退回修改】T01 东风街道 2021 年度政务公开报送"))


def test_a_subject_speaks_for_an_empty_text_unless_it_is_an_answers():
    assert means_a_file(letter("", "东风街道2021年度政务公开报送表"))
    assert not means_a_file(letter("", "Re: 东风街道2021年度政务公开报送表"))
    assert not means_a_file(
        letter("关于这件事，请在方便的时候给我们回一个电话，谢谢。", "东风街道2021年度政务公开报送表")
    )


def test_what_a_page_quotes_is_not_said():
    said = (
        "<div>{}</div><blockquote>请见附件</blockquote><div>------------------ 原始邮件 ------------------</div>见附件"
    )
    assert not means_a_file(letter(page=f"<html><body>{said.format('好的')}</body></html>", subject="回复：a"))
    assert means_a_file(letter(page=f"<html><body>{said.format('见附件')}</body></html>", subject="回复：a"))
    assert not means_a_file(letter(page="", subject="回复：a"))


def test_a_forwarded_mails_words_are_not_its_senders():
    made = EmailMessage()
    made["From"], made["Subject"] = "t01@example.invalid", "转发：通知"
    made.set_content("请知悉。")
    inside = EmailMessage()
    inside.set_content("请见附件")
    made.add_attachment(inside)
    assert not means_a_file(Letter(made))


def test_a_link_of_a_pages_own_counts_and_a_quoted_one_does_not():
    link = '<a href="https://pan.baidu.com/s/1abc">报表</a>'
    assert own_cloud_places(letter("报表在网盘", page=f"<p>{link}</p>")) == ["百度网盘"]
    assert own_cloud_places(letter("收到", page=f"<p>收到</p><blockquote>{link}</blockquote>")) == []


@pytest.mark.parametrize("page", ["<" * 50_000, "<div>" * 20_000 + "见附件", "\x00<p>见附件", "附件" * 60_000])
def test_a_hostile_text_costs_no_time_worth_speaking_of(page):
    means_a_file(letter(page=page))
