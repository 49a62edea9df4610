"""Head and foot of every mail to a unit: whom it is for, who writes, and that it was sent by a machine."""

from datetime import datetime

from gongkai.profile import Profile, Unit
from gongkai.reporting.letters.blocks import MessageBlock
from gongkai.reporting.style import day
from gongkai.reporting.style.page import DEMONSTRATION


def head(unit: Unit, profile: Profile) -> list[MessageBlock]:
    """Whom it is for."""
    mark = [MessageBlock("small", DEMONSTRATION)] if profile.district.demonstration else []
    return [*mark, MessageBlock("paragraph", f"{unit.name}（{unit.code}）：")]


def foot(profile: Profile, at: datetime) -> list[MessageBlock]:
    """Who writes, and when; and what an answer is good for."""
    office = profile.district
    return [
        MessageBlock("small", office.office_name),
        MessageBlock("small", day(profile.local(at).date())),
        MessageBlock("small", f"本邮件由系统自动发出，只发给贵单位登记的邮箱；有事请写信给 {office.contact.email}。"),
    ]
