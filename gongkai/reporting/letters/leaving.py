"""What may leave the house: the one list of reasons why a message must not, asked right before it would."""

import hashlib
from datetime import date
from pathlib import Path

from sqlalchemy import Engine

from gongkai.profile import Profile
from gongkai.profile.examination import is_address
from gongkai.reporting.letters.reminding import told_on
from gongkai.reporting.letters.signed import holds, is_receipt
from gongkai.settings import MailSettings
from gongkai.warehouse.district_keys import district_keys
from gongkai.warehouse.engine import reading
from gongkai.warehouse.post import alarms
from gongkai.warehouse.post.messages import Message

_HERE = ("127.0.0.1", "::1", "localhost")
_NOBODYS = (".invalid", ".example", ".test", ".localhost", "@example.com", "@example.org", "@example.net", "@localhost")
"""Domains that no mail ever reaches (RFC 2606, RFC 6761)."""


class Obstacles:
    """What stands in the way of messages of one year.

    Args:
        engine: the warehouse.
        year: the report year.
        out: the output folder.
        registry: the profile of today.
        demonstration: the year's data are invented.
        server: the mail server; None where nothing is to be sent, only listed.
    """

    def __init__(
        self,
        engine: Engine,
        year: int,
        out: Path,
        registry: Profile,
        demonstration: bool,
        server: MailSettings | None,
    ) -> None:
        self._out, self._registry, self._demonstration, self._server = out, registry, demonstration, server
        self._keys = district_keys(engine)
        with reading(engine) as connection:
            self._alarms = alarms.holding(connection, year)

    def address(self, message: Message) -> str | None:
        """The unit's address in the registry of today."""
        unit = self._registry.unit(message.unit)
        return unit.contact_email.strip() if unit and unit.contact_email else None

    def out_of_date(self, message: Message, today: date) -> str | None:
        """Why a message is true no more: a reminder is one day's."""
        if message.kind == "reminder" and message.tells != told_on(today) and not self._demonstration:
            return "不是当天的催报，不再发送"
        return None

    def of(self, message: Message) -> str | None:
        """Why it must not leave now; None when it may."""
        if rules := self._alarms.get(message.run_id or 0):
            return f"因规则报警暂缓：{'、'.join(rules)}。规则无误的，用 gongkai notify --release 规则 --by 姓名 放行"
        return self._of_address(self.address(message)) or self._of_papers(message)

    def _of_address(self, address: str | None) -> str | None:
        if address is None:
            return "名录中没有这个单位的电子邮箱"
        if not is_address(address):
            return f"名录中的邮箱 {address} 不能用：只写一个完整的地址"
        if not self._demonstration:
            return None
        if not address.lower().endswith(_NOBODYS):
            return f"演示数据不发往真实的地址（{address}）"
        if self._server is not None and self._server.host not in _HERE:
            return f"演示数据只发往本机的邮件服务器（127.0.0.1），不发往 {self._server.host}"
        return None

    def _of_papers(self, message: Message) -> str | None:
        for one in message.attachments:
            path = self._out / one["path"]
            if not path.is_file():
                return f"附件 {one['name']} 不在 {path.parent}，请重新运行（gongkai run）后再发"
            if hashlib.sha256(path.read_bytes()).hexdigest() != one["sha256"]:
                return f"附件 {one['name']} 与登记的校验码不符，请重新运行或重新签发后再发"
            if is_receipt(one["name"], message.unit) and not holds(path, self._keys):
                return f"回执没有有效的签名（{one['name']}），未签名的回执不发出：请恢复签名私钥后重新运行"
        return None
