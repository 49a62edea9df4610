"""Where people live: an address behind the words that announce a home, or one down to the flat.

An office's own address, and a house that is only spoken of, are none.
"""

import re

from gongkai.submission.privacy.announcements import of_a_person
from gongkai.submission.privacy.candidates import NO, SURE, SUSPECT, Around, Certainty, PersonalKind, always

ADDRESS = "住址"
_COUNT = "[0-9一二三四五六七八九十A-Z]{1,5}"
_PART = "(?:号楼|号院|号|栋|幢|座|单元|室|房|户|组|弄|队|社)"
_HOUSE = rf"(?:{_COUNT}{_PART}(?:[ -]?(?:附|之)?{_COUNT}{_PART}?){{0,5}}|[0-9]{{1,3}}-[0-9]{{1,3}}-[0-9]{{2,4}})"
_LIVES = r"(?:(?<!国)家住|现住|现居住?|居住[在于]|租住[在于]?|住在|暂住[在于]?|落户[在于])[在于址:]?"
_PLACE = r"(?:[居现]?住址|居住地址?|家庭(?:地址|住址)|户籍(?:地址|所在地|地))[为是在: ]{1,2}"
_REACHED = r"(?:(?:[居现]?住所|通信|通讯|邮寄|联系|送达|收件)地址|住所地?)[为是在: ]{1,2}"
_HOME = r"(?:家庭(?:地址|住址)|住址|户籍地址)(?=[一-龥])"
_WHERE = rf"(?P<v>[^,。;:\n\0]{{1,30}}?{_HOUSE})"
_BUILT = "小区|花园|家园|新村|公寓|大院|新城|名苑|雅苑|华庭|豪庭|[苑园城庭湾里府路街巷道村坊轩郡邸寓弄]"
_FLAT = (
    rf"(?P<v>[一-龥]{{1,10}}?(?:{_BUILT})(?:[0-9]{{1,5}}号)?(?:[一-龥]{{0,6}})"
    r"[0-9A-Z一二三四五六七八九十]{1,4}(?:栋|幢|座|号楼)(?:[0-9A-Z一二三四五六七八九十]{1,3}(?:单元|座|梯))?"
    r"(?:[0-9A-Z]{1,5}(?:室|房|号|户)|[0-9]{3,4}(?![0-9])))"
)
_PUBLIC = re.compile(
    "办公|行政|政府|机关|中心|大厅|大楼|窗口|会议|公司|学校|医院|[局馆所厅]|地点|单位|广场|写字楼|商铺|受理"
)
_RESIDENTS = re.compile("住户|业主|居民|产权|房主|户主|租户|村民|房改|入户")


def _lives(value: str, _around: Around) -> Certainty:
    return NO if _PUBLIC.search(value) else SURE


def _reached(value: str, around: Around) -> Certainty:
    """An address to write to: an applicant's where the text is about one, else the office's."""
    before = around.before[-16:].replace("住所", "住")
    if _PUBLIC.search(before) or _PUBLIC.search(value):
        return NO
    if of_a_person(around) or "其住" in before:
        return SURE
    return SUSPECT if around.people else NO


def _flat(value: str, around: Around) -> Certainty:
    if not around.people and "地址" in around.before[-16:]:
        return NO
    if _PUBLIC.search(around.before[-16:]) or _PUBLIC.search(value):
        return NO
    home = around.people or _RESIDENTS.search(around.after[:8]) or _RESIDENTS.search(around.before[-8:])
    return SUSPECT if home else NO


KINDS: tuple[PersonalKind, ...] = (
    PersonalKind(
        ADDRESS,
        re.compile(
            r"(?<!国)家住(?P<v>(?![农乡]村|房|宅)[^,。;:\n\0]{1,20}(?:村|小区|社区|花园|街道|镇))(?![^,。;的]{0,8}[0-9])"
        ),
        always(SUSPECT),
    ),
    PersonalKind(ADDRESS, re.compile(_LIVES + _WHERE), _lives),
    PersonalKind(ADDRESS, re.compile(_PLACE + _WHERE), _lives),
    PersonalKind(ADDRESS, re.compile(_HOME + _WHERE), always(SURE)),
    PersonalKind(ADDRESS, re.compile(_REACHED + _WHERE), _reached),
    PersonalKind(ADDRESS, re.compile(_FLAT), _flat),
)
WORDS = "家住|现住|现居|居住|租住|住在|暂住|落户|住址|住所|地址|户籍|栋|幢|座|号楼"
POSSIBLE = re.compile(WORDS)
