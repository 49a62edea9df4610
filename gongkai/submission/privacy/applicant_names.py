"""Applicants' names: where a text says one beside 申请人 and the like, and which columns ask for one.

A name is a surname and one or two characters more, so what follows the word must be marked off and must be none of
the words that begin alike. In doubt it is no name: a file is sent back for it. What is done with a name, and every
other kind of personal data, is in `personal_data`. Patterns are for text in half-width characters.
"""

import re
from typing import NamedTuple

# Surnames that begin few other words; those of `_ALSO_WORDS` also begin words that follow 申请人 without a mark.
_SURNAMES = (
    "王李张刘陈杨黄赵吴徐孙朱胡郭罗郑梁谢宋唐邓冯韩曹彭萧肖蔡潘袁董杜苏魏吕丁沈姚卢傅钟姜崔谭廖范汪陆贾韦邱侯邹熊孟秦"
    "尹易乔贺赖龚庞樊殷施陶洪翟颜倪季俞鲁葛伍聂丛焦柳邢岳莫庄涂谷祁舒耿詹苗凌纪靳甄裴鲍覃霍翁隋柯阮桂闵冉饶刁戚滕苑邬臧苟"
    "褚廉娄奚穆郎邸冀姬屠郜晏栾郁喻窦敖仇艾巩仲卞竺冼佟栗匡宗鞠桑谌岑胥蔺雷汤黎龙孔毛段阎薛郝闫骆祝柴缪裘尤毕邵卜"
)
_ALSO_WORDS = (
    "周何林许曾余叶程任金石戴夏马高方白江史顾田万武严牛梅齐康钱贡蒋于付向路华单关包兰文米安常章应古温游查盛左池成占申"
    "解符乐甘蒙吉楚辛管商屈项祖费宫党时束车连房欧楼花"
)
_COMPOUND = "(?:欧阳|司马|上官|诸葛|皇甫|尉迟|慕容|令狐|司徒|夏侯|轩辕|端木|独孤|南宫)"
_NO_NAMES = (
    "许可|许多|程序|程度|任何|任意|任务|任选|任职|金额|金属|金融|石油|石料|石化|周边|周期|周围|林业|林地|何种|何时|何人|何处|余额|余下|叶片"
    "|张贴|陈述|陈情|谢绝|范围|施工|施压|季度|雷同|高校|高中|高新|高度|方案|方面|方可|顾客|顾问|史料|武警|严重|严格|严禁|齐全|康复|万元|万人|段落"
    "|毛坯|莫名|仲裁|洪水|桂花|郑重|胡乱|孙子|孙女|陆续|殷切|岳父|岳母|庄重|凌晨|巩固|钟情|马上|白天|江南|江北|江苏|江西|江阴|江都|余姚"
    "|张家|石家|钱款|钱财|田地|梅雨|牛羊|贡献|曾经|曾用|夏季|安置|安徽|安全|安排|安居|常住|常年|常务|常委|文化|文物|文艺|文件|文书|华侨|华东|华北|华为"
    "|单位|单亲|单独|单方|单身|关联|关于|关系|关心|关注|包工|包括|包含|包户|管理|管委|管辖|商户|商人|商会|商家|商场|商业|商务|成年|成员|成都|成立|成人"
    "|解放|解除|解释|应届|应当|应予|应急|应聘|项目|党员|党委|党校|党支|党组|路人|路边|路政|路过|左右|左邻|申请|申诉|申报|查询|查阅|查看|符合|乐队|乐园"
    "|甘肃|蒙古|吉林|楚雄|楚州|辛苦|游客|游民|温州|温泉|古建|古镇|古城|古树|池州|占地|占用|占有|向来|于是|于日|时任|时间|时有|费用|费率|章程|宫殿|束缚"
    "|米业|屈服|祖籍|祖传|付款|付费|毕业|祝福|柴油|尤其|车主|车辆|车间|连续|连同|连带|房主|房东|房屋|房产|房地|欧洲|楼上|楼下|楼房|楼主|花木|花农"
    "|成本|成功|向上|向本|向区|于本|武汉|武进|白云|黄浦|黄河|黄山|金坛|马鞍|常州|常熟|方便|方式|安静|安装|林场|康养|任教|程式|高层|高龄|高管|史上"
    "|焦急|焦虑|安踏|安保|安心|龙湖|龙头|查无|查明|符号|任一|任期|万方|万科|万达|南宫市|解决|常见|成果|连接|申明"
)
_GIVEN = "(?![某*×姓氏])[一-龥]{1,2}(?<![镇乡村街局厂店社区县市部处院校所站组户队科厅省州港站])"
_ANY_NAME = rf"(?!{_NO_NAMES})(?:{_COMPOUND}{_GIVEN}|[{_SURNAMES}{_ALSO_WORDS}](?:{_GIVEN}| {{1,2}}[一-龥]))"
_SURE_NAME = rf"(?!{_NO_NAMES})(?:{_COMPOUND}|[{_SURNAMES}]){_GIVEN}"
_TITLE = "先生|女士|小姐|同志"
_VERBS = "要求|申请|提出|反映|来电|来函|咨询|不服|不满|通过|诉|住"
_ENDS = rf"(?={_TITLE}|{_VERBS}|[的等和与及因于向]|电话|身份|[^一-龥]|$)"
# Where nothing marks a name off, only what no word goes on with ends it.
_SURE_ENDS = (
    rf"(?={_TITLE}|等[0-9一二三四五六七八九十]|的申请|要求公开|申请公开|提出申请|通过邮寄|通过网|向我|向本|[^一-龥]|$)"
)
_MORE = rf"(?: ?[、和与及] ?{_ANY_NAME}{_ENDS}|, ?{_SURE_NAME}(?=[^一-龥]|$))*"
_APPLICANT = r"申请[人者](?:姓名|名称|名字|代表|代理人)?"
_NUMBERED = r"(?:[0-9]{1,2}|[一二三四五六七八九十甲乙丙丁])?(?: ?\([^()\n]{1,8}\))?"
_MARK = r"(?:\s{0,2}(?:[:(\[【“\"]|-{1,2})\s{0,2}| ?[为是系叫] ?)[“\"]?"
_OTHERS = "(?:当事|信访|举报|投诉|来信|来访|来电|上诉|第三|委托|被征收)人|原告|户主"
AFTER_APPLICANT = (
    re.compile(rf"{_APPLICANT}{_NUMBERED}{_MARK}(?P<v>{_ANY_NAME}{_ENDS}{_MORE})"),
    re.compile(rf"{_APPLICANT} ?(?P<v>{_SURE_NAME}{_SURE_ENDS}{_MORE})"),
    re.compile(rf"(?<![一-龥])(?P<v>{_ANY_NAME})(?= ?\(申请人\))"),
    re.compile(rf"(?:{_OTHERS}){_NUMBERED}\s?[:(]\s?(?P<v>{_ANY_NAME}{_ENDS}{_MORE})"),
)
AFTER_NAME = re.compile(rf"姓名(?::\s?| ?\( ?|为)(?P<v>{_ANY_NAME}{_ENDS})")
BARE = re.compile(rf"(?:{_COMPOUND}(?![某*×])[一-龥]{{1,2}}|{_ANY_NAME})")

# Names of columns and keys that no list of cases may carry at all.
_PERSONAL = re.compile(
    r"姓名|身份证|证件号|电话|手机|联系方式|住址|家庭地址|[通联](?:信|讯|系)地址|^地址$|户籍|银行卡|邮箱|微信|QQ"
    r"|(?:^|_)(?:name|(?:applicant|contact)_?name|id_?card|id_?n(?:o|umber)|address|e-?mail)$"
    r"|(?:^|_)(?:phone|mobile|tel(?:ephone)?)(?:_?(?:no|number))?$",
    re.IGNORECASE,
)
# Those that say who, by a name or by a code: what stands below decides.
_WHO = re.compile(rf"(?:申请[人者]|{_OTHERS})(?:名称|名字)?|applicant", re.IGNORECASE)


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
