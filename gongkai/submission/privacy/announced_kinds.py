"""Kinds that the words before them tell: papers other than the identity card, plates, WeChat, QQ, accounts.

Their numbers have no check digit and few a shape of their own: `护照E00000000` is a passport, `E00000000` alone may be
a part. Where the shape alone speaks, and the text is about people, somebody has to say (`SUSPECT`).
"""

import re

from gongkai.submission.privacy.announcements import JOIN, is_an_offices, numbers_a_thing, of_a_person
from gongkai.submission.privacy.candidates import MASKED, NO, SURE, SUSPECT, Around, Certainty, PersonalKind, always

PASSPORT, PERMIT, OFFICER, PLATE = "护照号码", "通行证号码", "军官证等证件号码", "车牌号码"
WECHAT, QQ, ACCOUNT, BIRTHDAY, HEALTH = "微信号", "QQ号码", "银行账号", "出生日期", "健康状况"

_NUMBER = r"(?:[(, ]{0,2}(?:编号|证号|字号|号码|号))?"
_PROVINCES = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"
_VEHICLE = re.compile(
    "车|牌照|号牌|驾驶|驾车|违停|违章|违法|交通|年检|年审|扣押|超速|酒驾|停放|肇事|行驶|路段|尾号|司机|充电"
)
_PUBLIC_VEHICLE = re.compile("公务|公车|执法|警车|校车|公交|救护|消防|洒水|环卫")
_PLATFORMS = re.compile("微博|抖音|快手|头条|公众号|视频号|平台|系统|登录|用户|会员|政务号|直播|小程序")
_PUBLIC_ACCOUNT = re.compile(r"(?:非税|财政|国库|专户|对公|汇缴)[^。;\n]{0,12}$")
_EXPLICIT = re.compile(r"(?:号|[:为是(]) ?$")


def _papers(_value: str, around: Around) -> Certainty:
    """A shape that papers share with parts and articles: not announced, it is a question where people are meant."""
    return SUSPECT if around.people and not around.in_url and not numbers_a_thing(around) else NO


def _plate(value: str, around: Around) -> Certainty:
    if sum(character.isdigit() for character in value) < 3 or around.in_url:
        return NO
    vehicle = _VEHICLE.search(around.before[-12:]) or _VEHICLE.search(around.after[:10])
    if not vehicle and around.after.startswith("号"):
        return NO
    if vehicle and not _PUBLIC_VEHICLE.search(around.before[-12:]):
        return SURE
    return SUSPECT


def _wechat(value: str, around: Around) -> Certainty:
    plain = not re.search("[0-9_-]", value)
    announced = _EXPLICIT.search(around.before) is not None
    if is_an_offices(around) or around.in_url or (plain and not announced):
        return NO
    return SURE if around.people or of_a_person(around) or announced else SUSPECT


def _qq(_value: str, around: Around) -> Certainty:
    if is_an_offices(around) or around.in_url:
        return NO
    return SURE if around.people or of_a_person(around) or _EXPLICIT.search(around.before) else SUSPECT


def _account(value: str, around: Around) -> Certainty:
    if (
        is_an_offices(around)
        or (_PUBLIC_ACCOUNT.search(around.before) and not of_a_person(around))
        or _PLATFORMS.search(around.before[-12:])
    ):
        return NO
    return SURE if sum(character.isdigit() for character in value) >= 15 else SUSPECT


KINDS: tuple[PersonalKind, ...] = (
    PersonalKind(
        PASSPORT,
        re.compile(
            rf"(?:护照|(?i:passport)(?: ?(?i:no)\.?)?){_NUMBER}{JOIN}"
            r"(?P<v>(?=[A-Za-z0-9]{0,8}[0-9]{5})[A-Za-z0-9]{6,10}|[A-Z]{1,2}[ -]?[0-9]{3,4}[ -]?[0-9]{4})"
            r"(?![A-Za-z0-9])"
        ),
        always(SURE),
    ),
    PersonalKind(
        PASSPORT,
        re.compile(r"(?<![A-Za-z0-9])(?P<v>[A-Z]{1,2}[0-9]{7,8})(?= ?号?[()的]{0,2}(?:[中外]国|因[公私]|普通)?护照)"),
        always(SURE),
    ),
    PersonalKind(
        PERMIT,
        re.compile(
            rf"(?:通行证|回乡证|台胞证|台湾证|港澳证|旅行证|居住证|居留证|居留许可|永久居留身份证|签证){_NUMBER}{JOIN}"
            r"(?P<v>[A-Z]{0,3}[0-9]{7,12}(?:\([0-9A-Z]{1,2}\)|[A-Z])?)(?![A-Za-z0-9])"
        ),
        always(SURE),
    ),
    PersonalKind(
        PERMIT,
        re.compile(rf"身份证{_NUMBER}{JOIN}(?P<v>[A-Z]{{1,2}}[0-9]{{6}}(?:\([0-9A]\)|[0-9A])?)(?![A-Za-z0-9])"),
        always(SURE),
    ),
    PersonalKind(
        OFFICER,
        re.compile(
            rf"(?:军官|士兵|士官|军士|军人|文职(?:干部|人员)?|警官|人民警察|学员|义务兵|优待|残疾军人|离休(?:干部)?)证件?{_NUMBER}{JOIN}"
            r"(?P<v>(?:[一-龥]{1,4}字)?第? ?[A-Z]{0,2}[0-9]{5,18})(?![A-Za-z0-9])"
        ),
        always(SURE),
    ),
    PersonalKind(PERMIT, re.compile(r"(?<![A-Za-z0-9.-])(?P<v>[HM](?:[0-9]{10}|[0-9]{8}))(?![A-Za-z0-9])"), _papers),
    PersonalKind(
        PASSPORT, re.compile(r"(?<![A-Za-z0-9.-])(?P<v>[DEGSPCWLT][0-9]{8}|E[A-Z][0-9]{7})(?![A-Za-z0-9])"), _papers
    ),
    PersonalKind(
        PLATE,
        re.compile(
            rf"(?P<v>[{_PROVINCES}][A-HJ-NP-Za-hj-np-z][ ·.-]?"
            "(?:[A-HJ-NP-Z0-9]{5,6}|[A-HJ-NP-Z0-9]{4}[港澳学警挂]))(?![A-Za-z0-9])"
        ),
        _plate,
    ),
    PersonalKind(WECHAT, re.compile(r"(?<![A-Za-z0-9])(?P<v>wxid_[a-z0-9]{6,20})"), always(SURE)),
    PersonalKind(
        WECHAT,
        re.compile(
            r"(?:微信|薇信|[Vv]信|加[Vv]|(?<![A-Za-z0-9])(?i:wechat|wx|vx)(?=[ :号]))"
            r"(?:号码|账号|号|联系(?:方式)?|(?i:id)(?![A-Za-z]))?"
            rf"{JOIN}(?P<v>[A-Za-z_][A-Za-z0-9_-]{{5,19}})(?![A-Za-z0-9_@.-])"
        ),
        _wechat,
    ),
    PersonalKind(
        QQ,
        re.compile(
            rf"(?:(?<![A-Za-z])(?i:Q ?Q|Q(?=号))|扣扣)(?:号码|账号|号)?\)?{JOIN}(?P<v>[1-9][0-9]{{4,10}})(?![0-9@])"
        ),
        _qq,
    ),
    PersonalKind(
        ACCOUNT,
        re.compile(
            rf"(?:账号|帐号|账户|帐户|卡号|存折|一卡通|(?:社保|银行|储蓄|借记|信用)卡){_NUMBER}{JOIN}"
            r"(?P<v>[0-9](?:[ -]?[0-9]){7,29})(?![0-9A-Za-z])"
        ),
        _account,
    ),
    PersonalKind(
        BIRTHDAY,
        re.compile(rf"(?:(?<=男)|(?<=女)|(?<={MASKED}))[,、( ]{{0,2}}(?:[一-龥]{{1,3}}族[,、 ]{{0,2}})?"
                   r"(?P<v>(?:19|20)[0-9]{2}[-年./][0-9]{1,2}[-月./][0-9]{1,2}日?)(?=出?生)"),
        always(SURE),
    ),
    PersonalKind(
        HEALTH,
        re.compile(r"(?<=生,)患(?:有)?(?P<v>[一-龥]{2,10}?(?:症|病|癌|瘤|炎|残疾))"),
        lambda _value, around: SURE if MASKED in around.before else NO,
    ),
)  # fmt: skip
WORDS = (
    "护照|通行证|回乡证|台胞证|台湾证|港澳证|旅行证|居住证|居留|签证|身份证|军官|士兵|士官|军士|军人|文职|警官|人民警察|学员|义务兵|优待|残疾军人"
    "|离休|微信|薇信|V信|v信|扣扣|账号|帐号|账户|帐户|卡号|存折|一卡通|社保卡|银行卡|储蓄卡|借记卡|信用卡"
    "|男,|女,|男、|女、|男(|女(|男，|女，|男（|女（|男 |女 |生,|生，"
).replace("(", "[(]")
LATIN_WORDS = ("passport", "wechat", "wxid", "qq", "q q", "q号", "ｑｑ", "wx", "vx", "加v")
PLATES, PAPERS = rf"[{_PROVINCES}][A-Za-zＡ-Ｚ]", r"[A-ZＡ-Ｚ]\d{7}"
POSSIBLE = re.compile(f"{WORDS}|(?i:{'|'.join(LATIN_WORDS)})|{PLATES}|{PAPERS}|{MASKED}")
