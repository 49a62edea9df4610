"""Alerts to the operator through apprise: mail, webhook, WeCom, DingTalk … , whatever `GONGKAI_ALERTS` names.

What an alert says and when it is due is decided elsewhere (`gongkai.cli.server.causes`).
"""

import logging
import re

from gongkai.errors import ConfigurationError, GongkaiError

_BETWEEN = re.compile(r"[\s,]+(?=[a-z][a-z0-9+.-]*://)", re.IGNORECASE)


def addresses(setting: str) -> list[str]:
    """The addresses of the setting: separated by spaces, commas or lines; a comma inside one stays."""
    return [one.strip(" ,\n\t") for one in _BETWEEN.split(setting.strip()) if one.strip(" ,\n\t")]


def send_alert(setting: str, title: str, text: str) -> None:
    """Sends one alert to every address.

    Raises:
        ConfigurationError: an address is none that apprise knows.
        GongkaiError: somebody was not reached; who is not told, an address may hold a password.
    """
    from apprise import Apprise, NotifyFormat

    logging.getLogger("apprise").setLevel(logging.CRITICAL)  # its lines may name addresses
    known = addresses(setting)
    post = Apprise()
    wrong = [number for number, address in enumerate(known, 1) if not post.add(address)]
    if wrong:
        raise ConfigurationError(
            f"GONGKAI_ALERTS 的第 {'、'.join(map(str, wrong))} 个地址不能识别，写法见经办手册“报警”。"
        )
    if not post.notify(body=text, title=title, body_format=NotifyFormat.TEXT):
        raise GongkaiError("报警没有全部送达：请核对 GONGKAI_ALERTS 各地址和网络。")
