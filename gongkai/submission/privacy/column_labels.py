"""What a column's heading or a key of a list of cases asks for: what no such list may carry, or who somebody is."""

import re
from typing import NamedTuple

from gongkai.submission.privacy.applicant_names import OTHERS

# Names of columns and keys that no list of cases may carry at all.
_PERSONAL = re.compile(
    r"姓名|身份证|证件号|护照|通行证|军官证|车牌|出生日期|电话|手机|联系方式|住址|家庭地址|[通联](?:信|讯|系)地址|^地址$|户籍|银行卡|卡号|[银账帐][行号户]账?号|户名|邮箱|微信|QQ"
    r"|(?:^|_)(?:name|(?:applicant|contact)_?name|id_?card|id_?n(?:o|umber)|address|e-?mail)$"
    r"|(?:^|_)(?:phone|mobile|tel(?:ephone)?)(?:_?(?:no|number))?$",
    re.IGNORECASE,
)
# Those that say who, by a name or by a code: what stands below decides.
_WHO = re.compile(rf"(?:申请[人者]|{OTHERS})(?:名称|名字)?|applicant", re.IGNORECASE)


class Label(NamedTuple):
    """What a column or key of a list of cases asks for.

    Attributes:
        personal: what no such list may carry, whatever stands below.
        who: who somebody is: a code may stand below, a name may not.
    """

    personal: bool
    who: bool


def label_of(text: str) -> Label:
    """What a column's heading or a key asks for."""
    plain = re.sub(r"\s", "", text)
    personal = _PERSONAL.search(plain) is not None
    return Label(personal, not personal and _WHO.fullmatch(plain) is not None)
