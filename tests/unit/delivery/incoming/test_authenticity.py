"""Only what the office's own server states of a sender's domain proves a sender; anybody may write the rest."""

import pytest

from gongkai.delivery.incoming.authenticity import is_proven
from gongkai.delivery.incoming.letter import from_header

OURS = "mx.office.gov.cn"


def proven(*results: str, sender: str = "t01@street.x.gov.cn", by: str | None = OURS) -> bool:
    header = "".join(f"Authentication-Results: {one}\r\n" for one in results) + f"From: {sender}\r\n\r\n"
    return is_proven(from_header(header.encode()), by)


@pytest.mark.parametrize(
    "result",
    [
        f"{OURS}; dkim=pass header.d=street.x.gov.cn",
        f"{OURS} 1; spf=fail; dkim=pass (2048-bit key) header.i=@street.x.gov.cn header.s=a",
        "MX.Office.gov.cn;\r\n dkim=fail header.d=other.cn;\r\n dkim=pass header.d=x.gov.cn",
        f'(by) {OURS}; dkim=pass (see (a "quote)) header.d="street.x.gov.cn"',
    ],
)
def test_a_pass_of_the_senders_domain_by_our_own_server_proves_it(result):
    assert proven(result)


@pytest.mark.parametrize(
    "result",
    [
        "mx.elsewhere.example; dkim=pass header.d=street.x.gov.cn",
        f"{OURS}.evil.example; dkim=pass header.d=street.x.gov.cn",
        f"{OURS}; dkim=fail header.d=street.x.gov.cn",
        f"{OURS}; dkim=none (dkim=pass) header.d=street.x.gov.cn",
        f"{OURS}; spf=pass smtp.mailfrom=street.x.gov.cn",
        f"{OURS}; dkim=pass header.d=evil.example",
        f"{OURS}; dkim=pass header.d=gov.cn",
        f"{OURS}; dkim=pass header.d=t.x.gov.cn",
        f"{OURS}; dkim=pass",
        f'{OURS}; spf=fail smtp.mailfrom="x; dkim=pass header.d=street.x.gov.cn"@evil.example',
        f'{OURS}; dkim=pass header.i="x header.d=street.x.gov.cn"@evil.example',
        f'{OURS}; dkim=pass reason="header.d=street.x.gov.cn" header.d=evil.example',
        f"{OURS}; dkim=pass header.d=evil.example header.i=@street.x.gov.cn",
        f"{OURS}; spf=fail (a \\) ; dkim=pass header.d=street.x.gov.cn )",
        f'{OURS}; spf=fail smtp.mailfrom="open; dkim=pass header.d=street.x.gov.cn',
    ],
)
def test_nothing_else_does(result):
    assert not proven(result)


def test_only_the_topmost_of_our_servers_headers_counts():
    forged = f"{OURS}; dkim=pass header.d=street.x.gov.cn"
    assert not proven(f"{OURS}; dkim=none", forged)
    assert proven("relay.example; dkim=none", forged)  # stated by ours, below a stranger's


def test_without_a_configured_name_nobody_is_proven():
    assert not proven(f"{OURS}; dkim=pass header.d=street.x.gov.cn", by=None)
