"""The words that announce a number: a person's papers, an office's contact, or the number of another thing.

The nearest announcement decides what ambiguous digits are: `档案号` makes eighteen digits a file, `身份证号` makes them
somebody. Functions look at the text before a candidate, and a little behind it.
"""

import re

from gongkai.submission.privacy.candidates import Around

JOIN = r"[ :\"“'(\[【-]{0,3}(?:[为是系] ?)?[:\"“ (\[]{0,2}"  # between an announcement and its value
_PREFIX = r"(?:[A-Z]{1,6}-?)?"
IDENTITY = (
    r"(?:居民)?(?:身份证件?|身份证明|公民身份|居民身份|证件|残疾(?:人)?证|学籍号?|身份证照)"
    r"(?:[(, ]{0,2}(?:编?号码?|证号|号|码))?"
)

# Nouns that number things even without 号 behind them.
_THINGS = (
    "编号|序号|序列|流水|档案|卷宗|案卷|卷号|文号|批号|批次|注册|登记|备案|许可证|执照|证书|信用代码|代码|编码|条码|条形码"
    "|二维码|索引|合同|协议|发票|票据|凭证|订单|工单|运单|快递|挂号信|邮件|回执|单号|受理|收件|查询码|识别码|验证码|型号|标段"
    "|地块|宗地|图斑|案号|信访件|缴款书|单据|产品|设备|商品|项目|报告|批复|公告|公文|保单|权证|合格证"
)
_THING = re.compile(rf"(?:(?:{_THINGS})(?:编?号码?|单号|码)?{JOIN}{_PREFIX}|[Nn][Oo]\.|№|#)$")
_NUMBERED = re.compile(rf"(?P<what>[一-龥A-Za-z]{{1,8}})(?:编号|编码|代码|单号|号|[^身份军官兵士]证){JOIN}{_PREFIX}$")
_OF_A_PERSON = re.compile(
    "手机|电话|移动|身份|证件|护照|通行|回乡|台胞|港澳|军官|士兵|士官|警官|居住|残疾|驾驶|学籍|社保|医保|微信|QQ|银行|卡$|账|帐"
    "|户$|车牌|号牌|机主|联系|本人|来电|致电"
)
_DOCUMENT = re.compile(r"(?:第|字|[〕\]】])\s?$")

_CONTACT = "邮箱|信箱|邮件|[Ee]-?[Mm]ail|电话|热线|传真|座机|固话|手机|微信|QQ|号码|联系方式|账号|帐号|账户|帐户"
_OFFICES = (
    "监督|举报|投诉|咨询|值班|办公|服务|受理|公开|政务|政府|机关|单位|本[局办镇街区中]|我[局办镇街区中]|[区县市]局|街道办|官方|公务|工作|业务|便民"
    "|窗口|大厅|中心|意见|建议|征集|征求|反馈|非税|财政|专户|国库|缴费|缴款|汇缴|对公|纳税|捐款|募捐|公司|企业|专用|专线|(?<!住)[局委办厅所站馆]"
)
_FILLING = r"(?:电子|联系|收入|收款|银行|及|和|、|/|的|为)"
_OFFICE = re.compile(rf"(?:热线|传真|(?:{_OFFICES})(?:{_OFFICES}|{_FILLING}){{0,4}}(?:{_CONTACT}))(?:号码?|号)?{JOIN}$")
_OFFICE_BEHIND = re.compile(r"^[^。;\n]{0,8}(?:财政|非税|专户|国库|公司|[区县市]\w{0,6}[局委办])")
_PERSON = re.compile(
    r"(?:申请|来电|来信|来访|举报|投诉|信访|反映|当事|监护|联系|委托|被征收)[人者]|本人|家[中里庭]|个人|村民|居民|住户|业主|[其他她]的?$"
)
_PERSON_BEHIND = re.compile(r" ?(?:\( ?[系为是]?|[系为是])(?:申请人|当事人|信访人|其?本人)")
_CHILD = re.compile(
    "学生|学籍|幼儿|儿童|孩子|子女|儿子|女儿|孙|孤儿|新生儿|婴|未成年|入学|入托|转学|升学|出生|落户|户口|监护|身份|本人|患者|考生"
    "|疫苗|医保|低保|残疾|村民|居民|申请人|收养|抚养"
)


def numbers_a_thing(around: Around) -> bool:
    """Whether the words before digits say that they number something else than a person's papers."""
    if around.after.lstrip(" ").startswith("号") and _DOCUMENT.search(around.before):
        return True
    if _THING.search(around.before):
        return not _OF_A_PERSON.search(around.before[-12:])
    found = _NUMBERED.search(around.before)
    return found is not None and not _OF_A_PERSON.search(found["what"])


def is_an_offices(around: Around) -> bool:
    """Whether a contact or an account is announced as an office's own."""
    clause = re.split(r"[。;\n]", around.before)[-1]
    if _OFFICE_BEHIND.search(around.after):
        return True
    return _OFFICE.search(clause) is not None and _PERSON.search(clause) is None


def of_a_person(around: Around) -> bool:
    """Whether the words before a contact, or right behind it, say that it is a person's."""
    before = re.split(r"[。;\n]", around.before)[-1][-16:]
    return (_PERSON.search(before) or _PERSON_BEHIND.match(around.after)) is not None


def of_a_child(around: Around) -> bool:
    """Whether the words around a number that could be a recent document's speak of a person, a young one mostly."""
    return _CHILD.search(around.before[-12:] + "|" + around.after[:10]) is not None
