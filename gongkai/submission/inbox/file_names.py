"""A file's name as text: decoded wherever it came from, as a person reads it, and as it may be kept.

Names are the senders': they may hold personal data, characters that nobody sees, and bytes of another machine.
"""

import os
import re

from gongkai.submission.plain_text import visible
from gongkai.submission.privacy.personal_data import mask

_CONTROL = re.compile("[\x00-\x1f\x7f]")


def decoded(name: str) -> str:
    """A file name as text: on a file system whose names are bytes, one that came from a GBK machine is decoded so."""
    raw = os.fsencode(name)
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return raw.decode("utf-8", "replace")


def kept_name(name: str) -> str:
    """A file name as it may be kept: what cannot be seen is gone, a line break is shown as no text."""
    return mask(_CONTROL.sub("\ufffd", visible(decoded(name))))[0]
