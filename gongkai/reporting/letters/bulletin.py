"""The dated bulletin of rules that were switched off or changed: it goes out with a unit's next mail, once."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from gongkai.profile import Profile
from gongkai.reporting.letters.blocks import MessageBlock
from gongkai.reporting.style import day
from gongkai.warehouse.post.messages import LEFT, Message


@dataclass(frozen=True, slots=True)
class Bulletin:
    """One change of the rules: the first run by the new ones, its moment, and what has changed in sentences."""

    run_id: int
    since: datetime
    lines: tuple[str, ...]


def bulletin_blocks(bulletins: Iterable[Bulletin], history: Sequence[Message], profile: Profile) -> list[MessageBlock]:
    """The bulletins that none of a unit's mails so far has told."""
    told_up_to = max((one.rules_run_id or 0 for one in history if one.state in LEFT), default=0)
    blocks = []
    for one in bulletins:
        if one.run_id > told_up_to:
            blocks.append(MessageBlock("heading", f"核对规则公告（{day(profile.local(one.since).date())}起）"))
            blocks += [MessageBlock("item", line, "·") for line in one.lines]
    return blocks
