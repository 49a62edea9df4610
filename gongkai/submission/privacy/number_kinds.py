"""Kinds that digits alone tell: identity numbers, bank cards, telephones; and e-mail addresses.

Checksums and groups are in `personal_numbers`, the words that announce a number in `announcements`. In order: what is
masked first is no part of what is looked for later.
"""

import re

from gongkai.submission.privacy.announcements import (
    IDENTITY,
    JOIN,
    is_an_offices,
    numbers_a_thing,
    of_a_child,
    of_a_person,
)
from gongkai.submission.privacy.candidates import NO, SURE, SUSPECT, Around, Certainty, PersonalKind, always
from gongkai.submission.privacy.personal_numbers import (
    as_on_a_card,
    bank_card,
    identity_number,
    may_be_a_document,
    mobile_number,
    old_identity_number,
    rounded_identity_number,
    unrounded,
)

IDENTITY_NUMBER, BANK_CARD, MOBILE, LANDLINE, MAIL = "身份证号码", "银行卡号", "手机号码", "固定电话", "电子邮箱"


def _run(first: str, count: int, last: str = "[0-9]", between: str = "[ -]{0,2}") -> str:
    """So many digits in a row, spaces or other signs between them allowed."""
    return f"(?P<v>{first}(?:{between}[0-9]){{{count - 2}}}{between}{last})"


_SIGNS = r"[^0-9A-Za-z一-龥\0〔〕]{0,3}"  # whatever people split long numbers with: the check digit decides
_LAST = "(?:[0-9](?![0-9Xx])|[Xx×Хх])"
_ALONE = r"(?<![0-9A-Za-z])(?<![0-9]\.)(?<!(?:19|20)[0-9][0-9]-)"
_ENDS = r"(?![0-9]|\.(?!0(?![0-9]))[0-9])"  # 13800000000.0 is the number, as some programs write it
_BEFORE_MOBILE = "|".join(rf"(?<=(?i:{word}))" for word in ("tel", "phone", "mobile", "qq", "wx"))
_BIRTHDAY = "(?:19|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])"
_LAND = r"(?:\(?0|\(?\+86[) -]{0,2}0?)(?:10|2[0-9]|[3-9][0-9]{2})"
_SPELT = "零〇一幺二两三四五六七八九"  # digits as they are spoken
_IN_WORDS = f"[一幺][三四五六七八九][{_SPELT}]{{9}}"
_LANDLINE = rf"(?P<v>{_LAND}(?:\) ?|[ -])[2-9](?:[ -]?[0-9]){{6,7}}){_ENDS}"
_CALLED = (
    rf"(?:电话|座机|固话)(?:号码)?[为是: ]{{0,3}}(?P<v>(?:{_LAND}[) -]{{0,2}})?[2-9][0-9]{{2,3}}[ -]?[0-9]{{4}}){_ENDS}"
)
_CARD_WORDS = re.compile("银行|卡|账|帐|存折|打[入到款]|汇[入到款]|转[入到账]|收款|储蓄|[工农建中交]行|邮储|农商|农信")
_BUSINESS = re.compile("个体|工商|企业|公司|营业|注册|登记|商户|经营|门店|店铺")
_AMOUNT = re.compile(r" ?(?:[万亿]|[元件条份人次吨户笔](?!籍))")
_OWNER = re.compile(r" ?号的?(?:机主|用户|主|手机)")
_CALLS = re.compile(r"(?:致电|拨打|电话|手机|联系|来电)[为是: ]*$")
_OFFICE_NAMED = re.compile(r"(?:本机关|本单位|我单位|[本我区县市镇][局委办]|监督|办公|咨询)[^。;\n]*$")
_HOLDER = re.compile(r"(?:[科股处局镇乡所站]长|主任|书记|秘书|干事)[^。;\n]{0,4}$")
_PARAMETER = re.compile(r"[?&](?i:tel|phone|mobile|e?mail|sfz|sfzh|id_?card|idno|qq|wx|weixin)\w*=$")


def _identity(value: str, around: Around) -> Certainty:
    if not identity_number(value):
        return NO
    return _by_its_place(around, recent=may_be_a_document(value))


def _rounded(value: str, around: Around) -> Certainty:
    if not rounded_identity_number(value):
        return NO
    return _by_its_place(around, recent=may_be_a_document(unrounded(value)))


def _by_its_place(around: Around, recent: bool) -> Certainty:
    """Digits that are an identity number by themselves: what they are announced as may be another thing."""
    if _PARAMETER.search(around.before):
        return SURE
    if around.in_url or numbers_a_thing(around):
        return NO if recent else SUSPECT
    if re.search("[A-FH-Z]$", around.before):
        return SUSPECT
    return SURE if not recent or of_a_child(around) else SUSPECT


def _glued(value: str, around: Around) -> Certainty:
    """An identity number in a longer run of digits: certain beside a number to call, or behind its announcement."""
    if not identity_number(value) or around.in_url:
        return NO
    before = re.search("[0-9]*$", around.before)
    after = re.match("[0-9]*", around.after)
    rest = (before[0] if before else "", after[0] if after else "")
    beside = [text for text in rest if text]
    if not beside:
        return NO  # it stands alone: `_identity` has spoken
    if all(re.fullmatch(rf"1[3-9][0-9]{{9}}|[1-9][0-9]{{5}}{_BIRTHDAY}.*", text) for text in beside):
        return SURE
    return SURE if of_a_child(around) else SUSPECT


def _old_identity(value: str, around: Around) -> Certainty:
    if not old_identity_number(value) or around.in_url or numbers_a_thing(around):
        return NO
    return NO if _BUSINESS.search(around.before[-12:]) else SUSPECT


def _card(value: str, around: Around) -> Certainty:
    if not bank_card(value) or around.in_url or numbers_a_thing(around) or is_an_offices(around):
        return NO
    return SURE if as_on_a_card(value) or _CARD_WORDS.search(around.before[-10:]) else SUSPECT


def _mobile(value: str, around: Around) -> Certainty:
    if not mobile_number(value) or _AMOUNT.match(around.after):
        return NO
    if around.in_url:
        return SURE if _PARAMETER.search(around.before) else NO
    if _CALLS.search(around.before) and not is_an_offices(around):
        return SURE
    if numbers_a_thing(around) or is_an_offices(around):
        return NO
    numbered = re.match(" ?号(?!码)", around.after)
    return NO if numbered and not _OWNER.match(around.after) else SURE


def _landline(_value: str, around: Around) -> Certainty:
    if around.in_url or is_an_offices(around) or numbers_a_thing(around):
        return NO
    if of_a_person(around):
        return SUSPECT if _OFFICE_NAMED.search(around.before) or _HOLDER.search(around.before) else SURE
    return SUSPECT if around.people else NO


def _mail(value: str, around: Around) -> Certainty:
    if value.lower().endswith(".gov.cn") or is_an_offices(around):
        return NO
    if of_a_person(around) or _PARAMETER.search(around.before):
        return SURE
    announced = re.search(rf"(?:邮箱|信箱|邮件|[Ee]-?[Mm]ail){JOIN}$", around.before)
    # Announced in a report, or beside an office's name, it is the office's own, to write to.
    own = announced and (not around.people or _OFFICE_NAMED.search(around.before))
    return NO if own else SUSPECT


WHOLE_IDENTITY = re.compile("(?<![0-9])" + _run("[1-9]", 18, _LAST, _SIGNS))
KINDS: tuple[PersonalKind, ...] = (
    PersonalKind(  # announced as one, it is one, whatever its check digit
        IDENTITY_NUMBER,
        re.compile(
            rf"{IDENTITY}{JOIN}(?P<v>[1-9](?:{_SIGNS}[0-9]){{13,16}}(?:{_SIGNS}[0-9Xx×Хх])?(?:[1-7][1-4])?)(?![0-9])"
        ),
        always(SURE),
    ),
    PersonalKind(
        IDENTITY_NUMBER,
        re.compile(rf"{IDENTITY}[^,。;\n0-9A-Za-z]{{1,8}}(?P<v>[1-9][0-9]{{5}}{_BIRTHDAY}[0-9]{{3}}[0-9Xx])(?![0-9])"),
        lambda _value, around: NO if numbers_a_thing(around) else SUSPECT,
    ),
    PersonalKind(IDENTITY_NUMBER, WHOLE_IDENTITY, _identity),
    PersonalKind(IDENTITY_NUMBER, re.compile(f"(?P<v>[1-9][0-9]{{5}}{_BIRTHDAY}[0-9]{{3}}[0-9Xx])"), _glued),
    PersonalKind(
        IDENTITY_NUMBER,
        re.compile(rf"{_ALONE}(?P<v>[1-9][0-9]{{14}}000|[1-9]\.[0-9]{{13,14}}E\+17){_ENDS}"),
        _rounded,
    ),
    PersonalKind(
        BANK_CARD,
        re.compile("(?<![0-9])(?P<v>[3-69][0-9]{15,18})(?=1[3-9][0-9]{9}(?![0-9]))"),  # and a mobile right behind
        lambda value, _around: SURE if bank_card(value) else NO,
    ),
    *(PersonalKind(BANK_CARD, re.compile(f"{_ALONE}{_run('[3-69]', n)}{_ENDS}"), _card) for n in (19, 18, 17, 16)),
    PersonalKind(IDENTITY_NUMBER, re.compile(f"{_ALONE}{_run('[1-9]', 15)}(?![0-9A-Za-z]|\\.[0-9])"), _old_identity),
    PersonalKind(MOBILE, re.compile(rf"{_ALONE}(?P<v>1[3-9][0-9]{{9}})(?=1[3-9][0-9]{{9}}(?![0-9]))"), _mobile),
    PersonalKind(
        MOBILE,
        re.compile(
            rf"(?:{_ALONE}|{_BEFORE_MOBILE})(?<![Nn][Oo]\.)(?:(?:\+|00)?86[ -]{{0,2}}|0)?"
            r"(?P<v>1[ -]{0,2}[3-9](?:[ -]{0,2}[0-9]){9}|\(?1[3-9][0-9]\) ?[0-9]{4}[ -]?[0-9]{4}"
            rf"|1[3-9][0-9](?P<s>[._·/\\|*~+:])[0-9]{{4}}(?P=s)[0-9]{{4}}){_ENDS}"
        ),
        _mobile,
    ),
    PersonalKind(MOBILE, re.compile(rf"(?<![{_SPELT}])(?P<v>{_IN_WORDS})(?![{_SPELT}])"), always(SURE)),
    PersonalKind(
        MAIL,
        re.compile(r"(?<![A-Za-z0-9._%+-])(?P<v>[A-Za-z0-9._%+-]{1,64} ?@ ?[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+)"),
        _mail,
    ),
    PersonalKind(LANDLINE, re.compile(rf"(?<![0-9A-Za-z.-]){_LANDLINE}"), _landline),
    PersonalKind(LANDLINE, re.compile(_CALLED), _landline),
)
WORDS = f"电话|座机|固话|{_IN_WORDS}"
POSSIBLE = re.compile(rf"[0-9](?:[^0-9A-Za-z一-龥]{{0,3}}[0-9]){{9}}|@|{WORDS}")
