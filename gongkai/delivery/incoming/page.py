"""The operator's page: what was done with every mail and file, newest first; what wants somebody stands on top."""

from collections.abc import Sequence

from gongkai.delivery.incoming.arrivals import Arrival
from gongkai.submission.privacy.personal_data import mask

_MOST = 500  # rows; older ones stay in the journal


def markdown_page(arrivals: Sequence[Arrival]) -> str:
    """The page as Prefect's UI shows it."""
    newest = sorted(arrivals, key=lambda one: (one.at, one.sent_at), reverse=True)
    open_ones = [one for one in newest if one.done.wants_somebody or any(p.done.wants_somebody for p in one.pieces)]
    parts = ["# 自动收件"]
    if open_ones:
        parts += ["## 需要人处理", _table(open_ones[:_MOST])]
    parts += ["## 全部", _table(newest[:_MOST]) if newest else "还没有收到任何邮件或文件。"]
    if len(newest) > _MOST:
        parts.append(f"只列最近 {_MOST} 件，共 {len(newest)} 件；全部在收件目录的 .fetched/journal.jsonl 中。")
    return "\n\n".join(parts) + "\n"


def _table(arrivals: Sequence[Arrival]) -> str:
    head = "| 收到 | 来源 | 发件人或路径 | 单位 | 处理 | 文件 | 说明 |\n| --- | --- | --- | --- | --- | --- | --- |"
    return "\n".join([head, *(_row(one) for one in arrivals)])


def _row(one: Arrival) -> str:
    who = f"{one.sender}《{one.title}》" if one.sender else one.title
    files = "；".join(f"{p.name}：{p.done.word}" + (f"（{p.place}）" if p.place else "") for p in one.pieces)
    doubt = "发件人未经证实：不能自行替换已受理的报送。" if one.units and not one.proven and one.pieces else ""
    note = "".join([one.note, *(piece.note for piece in one.pieces), doubt])
    cells = (f"{one.sent_at:%Y-%m-%d %H:%M}", one.source, who, " ".join(one.units), one.done.word, files, note)
    return f"| {' | '.join(map(_plain, cells))} |"


def _plain(text: str) -> str:
    """A sender's text as a cell: no mark-up, no personal data."""
    masked = mask(text)[0]
    return "".join(f"\\{sign}" if sign in "\\|`*_[]<>#!" else sign for sign in masked).replace("\n", " ")
