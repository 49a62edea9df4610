"""The hint to a unit whose mail brought nothing that can be checked, though it meant to: why, and the way out.

Who reads it may not have written that mail, whose sender anybody can forge: nothing of it is quoted, and a unit gets
no more than a few a day, whatever comes in its name.
"""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from gongkai.delivery.incoming.arrivals import Arrival, MailLack
from gongkai.reporting.letters.blocks import MessageBlock, paragraphs, to_json
from gongkai.reporting.letters.district_words import every_letters_facts, letter_text
from gongkai.reporting.letters.foot import foot, head
from gongkai.reporting.receipt.view import until_open
from gongkai.reporting.shared.earlier_years import of_year
from gongkai.reporting.style import moment
from gongkai.submission.inbox.received_files import MAX_SIZE
from gongkai.warehouse.post.messages import LEFT, Message
from gongkai.warehouse.records import UnitYear, YearState

KIND = "no_file"
CAME_SINCE = "发出之前单位另有来件，已不需要"
_FRESH = timedelta(days=14)  # a holiday of the office and a few days; older mail is nobody's hope any more
_MOST_A_DAY = 3
"""A machine that answers us without saying that it is one stops here; so does whoever writes in a unit's name."""
_MOST = f"{MAX_SIZE // 2**20} MB 以内"

_WAYS_OUT: Mapping[MailLack, str] = {
    MailLack.TOO_LARGE: f"附件过大，没有收取。请删去图片等无关内容，或者分几封，重新发送（每个附件 {_MOST}）。",
    MailLack.EMPTY: "附件是空的（0 字节），可能没有上传完。请打开附件核对后重新发送。",
    MailLack.ARCHIVE: (
        "附件是打不开的压缩包（rar、7z，或者有密码、已损坏的压缩包），里面的文件没有作为报送收取。"
        "请解压后把文件作为普通附件重新发送，或者改用不设密码的 zip。"
    ),
    MailLack.OUTLOOK: (
        "Outlook 把附件包成了 winmail.dat，其他程序打不开。请在 Outlook 中把邮件格式改为“HTML”或“纯文本”，再重新发送。"
    ),
    MailLack.CLOUD: (
        f"文件在网盘、在线文档或超大附件里，邮件中只有链接，系统不打开链接。请下载后作为普通附件（{_MOST}）重新发送。"
    ),
    MailLack.UNREAD: (
        "附件中没有可以核验的填报表：图片、扫描件、旧版 Word 等文件只作为佐证材料留存。"
        "请用下发的填报模板（.xlsx）填写后，作为附件重新发送。"
    ),
    MailLack.LAST_YEAR: (
        "附件与贵单位往年已经报过的文件完全相同，没有作为本年度的报送收取。请用本年度的填报模板填写后，作为附件重新发送。"
    ),
    MailLack.NO_FILE: "邮件中说附有文件，但没有附件。请把填好的填报表作为附件重新发送。",
}


def due(state: YearState, arrivals: Sequence[Arrival]) -> dict[str, Arrival]:
    """Unit → its last mail without a file, where none came since; of a year that is being reported for.

    Several units with one address get one hint together: it is addressed to the first.
    """
    today = state.profile.local(state.as_of)
    if state.lock is not None or state.year != today.year - 1:
        return {}
    told = [_of_last_year(one, state) for one in arrivals]
    last: dict[str, Arrival] = {}
    for one in sorted(told, key=lambda one: one.sent_at):
        code = next((code for code in one.units if state.find(code)), None)
        if code is not None and one.lack is not None and today - one.sent_at <= _FRESH:
            last[code] = one
    came = [one for one in told if one.brought]
    return {code: mail for code, mail in last.items() if _still_lacks(mail, state, came)}


def told_of(mail: Arrival) -> str:
    """What a hint tells: of that mail, wherever it lies."""
    return hashlib.sha256(f"未收到文件 {mail.letter}".encode()).hexdigest()


def enough(history: Sequence[Message], state: YearState) -> bool:
    """Whether a unit has got so many hints today that it gets no more."""
    local, today = state.profile.local, state.profile.local(state.as_of).date()
    left = (one for one in history if one.kind == KIND and one.state in LEFT)
    return sum(local(one.queued_at).date() == today for one in left) >= _MOST_A_DAY


def no_file_message(
    unit: UnitYear, mail: Arrival, state: YearState, run_id: int, bulletin: Sequence[MessageBlock]
) -> Message:
    """The hint, not queued yet; it tells of no rule, so that no alarm holds it back."""
    lack = mail.lack or MailLack.NO_FILE
    until = None if unit.accepted else until_open(unit, state)
    facts = {
        **every_letters_facts(state.profile, unit.unit.code, unit.unit.name, state.year),
        "received": moment(state.profile.local(mail.sent_at)),
        "brief": lack.word,
        "until_words": until.sentence if until else _stands(unit),
        "deadline": f"，{until.in_a_subject}" if until else "",
    }
    text = letter_text(state.profile, KIND, facts)
    blocks = [
        *head(unit.unit, state.profile),
        MessageBlock("lead", f"未收到文件 · {lack.word}", "○"),
        *paragraphs(text.opening),
        MessageBlock("item", _WAYS_OUT[lack], "·"),
        *bulletin,
        *paragraphs(text.closing),
        *foot(state.profile, state.as_of),
    ]
    return Message(
        year=state.year,
        unit=unit.unit.code,
        kind=KIND,
        run_id=None,
        rules_run_id=run_id,
        queued_at=state.as_of,
        tells=told_of(mail),
        subject=text.subject,
        body=to_json(blocks),
        attachments=[],
    )


def _stands(unit: UnitYear) -> str:
    return f"贵单位第 {unit.accepted.number} 次报送此前已受理，仍然有效。" if unit.accepted else ""


def _still_lacks(mail: Arrival, state: YearState, came: Sequence[Arrival]) -> bool:
    """Whether nothing came since from any of the units that the mail may be of."""
    units = [unit for code in mail.units if (unit := state.find(code))]
    if mail.lack is MailLack.UNREAD and any(unit.accepted for unit in units):
        return False  # what proves something beside a submission
    kept = [at for unit in units for at in _answered(unit)]
    fetched = [one.sent_at for one in came if one.brought & {*mail.units}]
    return not any(at >= mail.sent_at for at in (*kept, *fetched))


def _answered(unit: UnitYear) -> Iterator[datetime]:
    """When everything came that a unit is answered about; attachments are not."""
    for listed in (unit.revisions, unit.repeated, unit.published, unit.unreadable, unit.appealing):
        yield from (one.received_at for one in listed)


def _of_last_year(one: Arrival, state: YearState) -> Arrival:
    """The same, as one that lacks its file where all that it brought is what its unit handed in for another year."""
    units = [unit for code in one.units if (unit := state.find(code))]
    before = {file.sha256 for unit in units for file in unit.attachments if of_year(file)}
    brought = {piece.sha256 for piece in one.pieces if piece.lack is None}
    return replace(one, lack=MailLack.LAST_YEAR) if brought and brought <= before else one
