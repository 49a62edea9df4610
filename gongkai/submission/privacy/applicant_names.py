"""Applicants' names: where a text says one beside 申请人, 村民 and the like, or beside what else is somebody's.

Behind 申请人 a surname that few words begin with, marked off, is certain. Elsewhere, and for names of other shapes,
somebody has to say: an article or a village may begin alike. Characters are in `name_characters`.
"""

import re

from gongkai.submission.privacy.candidates import MASKED, NO, SURE, SUSPECT, Around, Certainty, PersonalKind, always
from gongkai.submission.privacy.name_characters import (
    ALSO_WORDS,
    COMPOUND,
    FOREIGN,
    GIVEN,
    LIKE_NAMES,
    NO_NAMES,
    SURNAMES,
)

NAME = "申请人姓名"
OTHERS = (
    "(?:当事|信访|上访|举报|投诉|反映|来信|来访|来电|上诉|第三|委托|代理|被征收|权利|产权|承租|监护|持卡|开户|收款|驾驶)人"
    "|原告|户主|户名|车主|机主"
)
_WEAK = (
    "(?:村民|居民|业主)(?:代表|小?组长)?|(?:患者|死者|伤者|学生|逝者)?(?:家属|亲属|近亲属)|市民|群众|业主|住户|农户|商户|租户|学生|学员|幼儿|教师|职工|员工|工人|患者|病人|伤者|死者|逝者|家长|老人|农民|司机|残疾人|退役军人"
    "|低保户|五保户|贫困户|其?(?:父亲|母亲|儿子|女儿|妻子|丈夫|配偶)|其[子女父母妻夫兄弟姐妹孙]"
)
_VILLAGE = "家[庄寨湾屯沟坪岗桥河山岭塘坝埠营堡洼圩坊湖巷村]"
_GIVEN = (
    r"(?![某*×姓氏]|女士|先生|小姐|同志|老师|师傅|总)[一-龥]{1,2}"
    r"(?<![镇乡村街局厂店社区县市部处院校所站组户队科厅省州港站])(?<!女士)(?<!先生)"
)
_OFFICE_HOLDER = ".(?:[科局处镇区县乡部站校院组村队厂所股]长|主任|书记|会计|秘书|干事)"
_NONE = rf"(?!{NO_NAMES}|[一-龥]{_VILLAGE}|.女士|.先生|.小姐|.某|{_OFFICE_HOLDER})"
_ANY_NAME = rf"{_NONE}(?:{COMPOUND}{_GIVEN}|[{SURNAMES}{ALSO_WORDS}](?:{_GIVEN}| {{1,2}}[一-龥]))"
_SURE_NAME = rf"{_NONE}(?:(?:{COMPOUND}|[{SURNAMES}]){_GIVEN}|[{SURNAMES}] [一-龥] [一-龥](?![一-龥]))"
# A name by its characters, where nothing marks it off.
_LIKELY = (
    rf"{_NONE}(?!{LIKE_NAMES})(?:{COMPOUND}[{GIVEN}]{{1,2}}|[{SURNAMES}{ALSO_WORDS}][{GIVEN}]{{2}}"
    rf"|[{SURNAMES}][{GIVEN}]|张三|李四|王五|赵六"
    rf"|[{ALSO_WORDS}][{GIVEN}](?=反映|投诉|举报|要求公开|申请公开))(?<![镇乡村街局社区县市院校站州港屯庄])"
)
_CERTAIN = rf"(?:{COMPOUND}|[{SURNAMES}]).*|[{ALSO_WORDS}][{GIVEN}]{{1,2}}"
_TITLE = "先生|女士|小姐|同志"
_VERBS = "要求|请求|代为|申请|提出|反映|来电|来函|咨询|不服|不满|通过|诉|住"
_ENDS = rf"(?={_TITLE}|{_VERBS}|[的等和与及因于向]|电话|身份|[^一-龥]|$)"
# Where nothing marks a name off, only what no word goes on with ends it.
_SURE_ENDS = (
    rf"(?={_TITLE}|等[0-9一二三四五六七八九十]|的申请|要求公开|申请公开|提出申请|通过邮寄|通过网|向我|向本|[^一-龥]|$)"
)
_GOES_ON = (
    rf"(?={_VERBS}|[的等和与及因在于被向对拟持诉家户夫妇邻称说自]|投诉|举报|信访|上访|来信|来访|多次|再次|先后|名下|律师|之[子女父母妻夫]|房[屋产]|住房|宅基|土地|承包|征[收地]|拆迁|补偿|安置|低保"
    r"|户[口籍]|建房|危房|违建|工伤|社保|养老|医[疗保]|残疾|退休|就业|入学|转学|休学|升学|就读|学位|学籍|落户|出生|死亡|婚姻|离婚|身份|护照|电话|手机|微信|QQ|车牌|账号|银行"
    r"|[^一-龥]|$)"
)
_MORE = rf"(?: ?[、和与及] ?{_ANY_NAME}{_ENDS}|, ?{_SURE_NAME}(?=[^一-龥]|$))*"
_APPLICANT = r"申请[人者](?:姓名|名称|名字|代表|代理人)?"
_NUMBERED = r"(?:[0-9]{1,2}|[一二三四五六七八九十甲乙丙丁])?(?: ?\([^()\n]{1,8}\))?"
_MARK = r"(?:\s{0,2}(?:[:(\[【“\"]|-{1,2})\s{0,2}| ?(?:名?叫|[为是系]) ?)[“\"]?"
_DOT = "[·•・‧.]"
_DOTTED = rf"[一-龥]{{1,8}}?(?:{_DOT}[一-龥]{{1,8}}?){{1,3}}{_GOES_ON}"
_LATIN = (
    r"[A-Z][A-Za-z'’-]*\.?(?: (?:(?:de|la|van|von|der|bin|al|da|dos|of|del) )*[A-Z][A-Za-z'’-]*\.?){1,3}(?![A-Za-z])"
)
_ORGANISATION = re.compile(
    r"(?i:\b(?:inc|ltd|co|corp|llc|gmbh|plc|company|group|university|college|school|hospital|electronics?|technolog\w+"
    r"|trading|china|asia|bank|holdings?|limited|international|foundation|association|center|centre|industr\w+|services?"
    r"|systems?|motors?|global|media|energy|pharma\w*|software|office|organi[sz]ation|institute|union|club)\b)"
    "|公司|集团|[园城府苑湾轩邸]·|·[一-龥]{0,6}(?:园|城|府|苑|湾|轩|邸|广场|公馆|家园|花园|业主)|委员会|中心"
)
_FOREIGN_NAME = rf"(?!{NO_NAMES})[{FOREIGN}]{{3,7}}"


def _written_so(value: str, _around: Around) -> Certainty:
    """A shape of a name behind 申请人: certain unless it begins as other words do and goes on as no name."""
    names = re.split(r" ?[、,和与及] ?", value)
    return SURE if all(re.fullmatch(_CERTAIN, name.replace(" ", "")) for name in names) else SUSPECT


def _not_an_organisation(value: str, _around: Around) -> Certainty:
    return NO if _ORGANISATION.search(value) else SUSPECT


def _dotted(value: str, _around: Around) -> Certainty:
    return NO if _ORGANISATION.search(value) else SURE


def _of_people(_value: str, around: Around) -> Certainty:
    return SUSPECT if around.people else NO


_BEHIND = rf"(?:(?:{_APPLICANT}|{OTHERS}){_NUMBERED}(?:{_MARK}| ?)|(?:{_WEAK})(?:姓名)?[ :(]{{0,2}})"
KINDS: tuple[PersonalKind, ...] = (
    PersonalKind(NAME, re.compile(rf"{_BEHIND}(?P<v>{_DOTTED})"), _dotted),
    PersonalKind(NAME, re.compile(rf"{_BEHIND}(?P<v>{_LATIN})"), _not_an_organisation),
    PersonalKind(NAME, re.compile(rf"{_APPLICANT}{_NUMBERED}{_MARK}(?P<v>{_ANY_NAME}{_ENDS}{_MORE})"), _written_so),
    PersonalKind(NAME, re.compile(rf"{_APPLICANT} ?(?P<v>{_SURE_NAME}{_SURE_ENDS}{_MORE})"), _written_so),
    PersonalKind(NAME, re.compile(rf"(?<![一-龥])(?P<v>{_ANY_NAME})(?= ?\(申请人\))"), _written_so),
    PersonalKind(NAME, re.compile(rf"(?:{OTHERS}){_NUMBERED}\s?[:(]\s?(?P<v>{_ANY_NAME}{_ENDS}{_MORE})"), _written_so),
    PersonalKind(NAME, re.compile(rf"{_BEHIND}(?P<v>{_FOREIGN_NAME}){_GOES_ON}"), always(SUSPECT)),
    PersonalKind(
        NAME,
        re.compile(rf"{_BEHIND}(?P<v>{_LIKELY}{_GOES_ON}(?: ?[、和与及,] ?{_LIKELY}{_GOES_ON})*)"),
        always(SUSPECT),
    ),
    PersonalKind(
        NAME,
        re.compile(rf"(?P<v>{_LIKELY})(?=[,(、 ]{{1,2}}[男女](?:性|生)?(?:[,、;)( ]|$))"),
        lambda _value, around: SURE if re.search(rf"岁|族|[0-9年{MASKED}]|住", around.after[:14]) else SUSPECT,
    ),
    PersonalKind(
        NAME,
        re.compile(
            rf"(?P<v>{_LIKELY})(?=[ ,:(]{{0,2}}(?:的?(?:身份证|证件|护照|电话|手机|微信|QQ|住址|账号|卡号|车牌|邮箱)"
            rf"(?:号码|号)?[:为是 (]{{0,2}})?{MASKED})"
        ),
        always(SUSPECT),
    ),
    PersonalKind(
        NAME, re.compile(rf"(?:真名|本名|曾用名)[:为是叫 ]{{0,2}}(?P<v>{_LIKELY}){_GOES_ON}"), always(SUSPECT)
    ),
    PersonalKind(
        NAME,
        re.compile(rf"姓名(?::\s?| ?\( ?|为)(?P<v>{_ANY_NAME}{_ENDS})"),
        lambda value, around: _written_so(value, around) if around.people else NO,
    ),
    PersonalKind(NAME, re.compile(rf"(?:^|(?<=[;。\n|/,、]))(?P<v>{_LIKELY})(?=\s*(?:$|[;。\n|/]))"), _of_people),
    PersonalKind(
        NAME,
        re.compile(
            rf"(?:^|(?<=[;。\n]))(?P<v>{_LIKELY})(?=反映|投诉|举报|来信|来电|来访|要求|申请|诉|不服|家[庭里中]?|户|夫妇|之[子女父母妻夫]|本人|[与向的因邻])"
        ),
        _of_people,
    ),
)
BARE = re.compile(rf"(?:{COMPOUND}(?![某*×])[一-龥]{{1,2}}|{_ANY_NAME})")
BARE_OTHER = re.compile(rf"[一-龥]{{1,8}}(?:[·•・‧][一-龥]{{1,8}}){{1,3}}|{_LATIN}")

# What one of the patterns begins with, or goes on with: 诉讼费 and 户主 alike begin no search for long.
WORDS = (
    "申请人|申请者|当事人|信访人|上访人|举报人|投诉人|反映人|来信人|来访人|来电人|上诉人|第三人|委托人|被征收人|权利人|产权人|承租人|监护人|持卡人|开户人"
    "|收款人|驾驶人|原告|户主|户名|车主|机主|姓名|父亲|母亲|儿子|女儿|妻子|丈夫|配偶|其子|其女|其父|其母|其妻|其夫|其兄|其弟|其姐|其妹|其孙"
    "|村民|居民|市民|群众|业主|住户|农户|商户|租户|学生|学员|幼儿|教师|职工|员工|工人|患者|病人|伤者|死者|逝者|家长|老人|农民|司机|残疾人|退役军人"
    "|低保户|五保户|贫困户|家属|亲属|代理人|真名|本名|曾用名"
)
POSSIBLE = re.compile(rf"{WORDS}|[男女][,、;)( ]|{MASKED}")
POSSIBLE_OF_PEOPLE = re.compile(rf"(?:^|[;。\n|/,、 ])(?:[{SURNAMES}{ALSO_WORDS}]|{COMPOUND})")
