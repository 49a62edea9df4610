"""What was done with every mail and file, as rows for a page: newest first, in the operator's words, nothing personal.

The UI's page is written here; the one for a browser is `gongkai.reporting.arrivals_page`'s.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from gongkai.delivery.incoming.arrivals import Arrival, ArrivalOutcome, MailLack
from gongkai.submission.privacy.personal_data import mask

MOST = 500  # rows of a page; older ones stay in the journal
HEADS = ("收到", "来源", "发件人或路径", "单位", "处理", "文件", "说明")
_DOUBT = "发件人未经证实：不能自行替换已受理的报送。"


class ArrivalRow(NamedTuple):
    """One mail or remote file.

    Attributes:
        open: whether a person of the office has to look at it.
        cells: one text for each of `HEADS`.
    """

    open: bool
    cells: tuple[str, ...]


def rows(arrivals: Sequence[Arrival]) -> list[ArrivalRow]:
    """The rows, newest first."""
    last: dict[str, datetime] = {}
    for one in arrivals:
        for folder in one.brought:
            last[folder] = max(one.sent_at, last.get(folder, one.sent_at))
    newest = sorted(arrivals, key=lambda one: (one.at, one.sent_at), reverse=True)
    return [_row(one, _made_up_for(one, last)) for one in newest]


def markdown_page(arrivals: Sequence[Arrival]) -> str:
    """The page as Prefect's UI shows it."""
    newest = rows(arrivals)
    parts = ["# 自动收件"]
    if open_ones := [row for row in newest if row.open]:
        parts += ["## 需要人处理", _table(open_ones)]
    parts += ["## 全部", _table(newest) if newest else "还没有收到任何邮件或文件。"]
    if len(newest) > MOST:
        parts.append(f"只列最近 {MOST} 件，共 {len(newest)} 件；全部在收件目录的 .fetched/journal.jsonl 中。")
    return "\n\n".join(parts) + "\n"


def _made_up_for(one: Arrival, last: Mapping[str, datetime]) -> bool:
    """Whether a mail's unit has sent something since; a file that lies apart waits for somebody all the same."""
    lies_apart = any(piece.done is ArrivalOutcome.APART for piece in one.pieces)
    return not lies_apart and len(one.units) == 1 and last.get(one.units[0], one.sent_at) > one.sent_at


def _row(one: Arrival, made_up_for: bool) -> ArrivalRow:
    """One row; what its unit has made up for since wants nobody any more."""
    title = mask(one.title)[0]
    who = f"{one.sender}《{title}》" if one.sender else title
    files = "；".join(f"{p.name}：{p.done.word}" + (f"（{p.place}）" if p.place else "") for p in one.pieces)
    doubt = _DOUBT if one.units and one.pieces and not one.proven else ""
    note = "".join([one.note, *(piece.note for piece in one.pieces), doubt])
    shown = mask(files)[0]  # addresses stay: the operator has to know who wrote
    cells = (f"{one.sent_at:%Y-%m-%d %H:%M}", one.source, who, " ".join(one.units), one.done.word, shown, note)
    sealed = one.lack in (MailLack.ARCHIVE, MailLack.OUTLOOK)  # it lies in the inbox, and nobody has looked inside
    is_open = sealed or one.done.wants_somebody or any(piece.done.wants_somebody for piece in one.pieces)
    return ArrivalRow(is_open and not made_up_for, tuple(cell.replace("\n", " ") for cell in cells))


def _table(listed: Sequence[ArrivalRow]) -> str:
    lines = [f"| {' | '.join(HEADS)} |", "| --- " * len(HEADS) + "|"]
    return "\n".join([*lines, *(f"| {' | '.join(map(_plain, row.cells))} |" for row in listed[:MOST])])


def _plain(text: str) -> str:
    """A sender's text as a cell: no mark-up."""
    return "".join(f"\\{sign}" if sign in "\\|`*_[]<>#!" else sign for sign in text)
