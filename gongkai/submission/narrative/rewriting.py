"""One way to say what texts say in many: names, years, laws, numbered parts, lists of channels and of steps, 分别.

Rewriting changes words and never a figure, except that 零 before its matter becomes 0. What a sentence means is read
from the result; what is quoted is always the sentence as it was written.
"""

import re
from dataclasses import dataclass
from functools import cached_property

STRANGE = "※"  # what cannot be read over: a title, a document's number
_HALF_WIDTH = {code: code - 0xFEE0 for code in (*range(0xFF10, 0xFF1A), 0xFF05, 0xFF0E, 0xFF0B)}  # ０–９ ％ ． ＋
_SPACE = re.compile(r"[^\S\n]+|[“”\"「」]")  # and quotation marks: “予以公开”9件
_TITLE = re.compile("《[^《》]{0,100}》")
_LAW = re.compile("《(?:中华人民共和国)?(?:政府信息公开)?条例》")
_DOCUMENT = re.compile(r"[国省市区县府政办厅公开发函规字秘]{1,8}[〔\[（(](?:19|20)\d\d[〕\]）)]第?\d{1,4}号", re.ASCII)
_WHOLE_YEAR = re.compile("[自从]?本年1月1日(?:起|开始)?(?:至|到|—{1,2}|-)(?:本年)?12月31日(?:止|期间|之间)?")
_COUNT_ALONE = re.compile(
    r"(?<!年)[（(](\d{1,9}[件宗起])[）)](?=[、，；,;]|$)", re.ASCII
)  # 不予公开（9件）、无法提供（3件）
_ANY_OFFICE = re.compile(
    "街道(?:办事处|办)?|[镇乡](?:人民)?政府|[^区县市省]{1,12}局"
)  # as others of its kind are called
_UNNAMED = (  # before one that stands for itself
    r"(?:(?<![一-龥])|(?<=[\d今本]年)|(?<=年度)|(?<=\d日)|(?<=[向对由])|(?<=涉及))[我本]?"
)
_NUMBERED = re.compile(r"(?:^|(?<=[；;：:。，,]))(?:\d{1,2}[.．、]|[一二三四五六七八九十]{1,3}、)(?!\d)", re.ASCII)
_CHANNEL = (
    "(?:网上|网络|互联网|线上|在线|信函|邮寄|邮件|邮政|书信|寄送|电子邮件|电子邮箱|邮箱|当面|现场|窗口|当场|线下|传真|电话|网站|来访|来函"
    "|微信|公众号)(?:提交|申请|递交|受理|平台)?"
)
_ALL_CHANNELS = re.compile(
    rf"(?:通过|经|以|从|由|利用)?{_CHANNEL}(?:(?:、|和|及|与|或|以及|或者|，){_CHANNEL})+等?(?:多种|各种|各类|不同)?"
    "(?:方式|渠道|途径|形式|平台)*(?:提出|提交|递交|提起)?的?(?![\\d占：:（(])"
)
_GAZETTE = re.compile("《[^《》]{0,20}政府公报》")
_SUCH_WAYS = re.compile(
    "(?:通过|经|以|依托|利用)[^，。；：\\d]{2,24}等(?:多种|各种)?(?:渠道|方式|途径|平台|形式)+(?:提交|提出|递交)?的?(?![\\d占])"
)
_JOINED_WAYS = re.compile(
    "(?:通过|经|以)[^，。；：\\d]{2,24}?(?:和|及|与|以及|、)[^，。；：\\d]{1,12}?(?:方式|渠道|途径|形式)(?:提出|提交|递交)?的?(?![\\d占])"
)
_SOME_WAYS = re.compile(
    "(?:通过|经|以|从)(?:(?:各种|多种|各类|各个|不同|任何)(?:公开|申请)?|线上线下|线上、线下|线上和线下|线上[+＋]线下)(?:方式|渠道|途径|形式)(?:提出|提交|递交)?的?"
)
_TOGETHER = re.compile(
    "(?:与|和|同)[^，。；：\\d]{1,24}?(?:会商|沟通|协调|协作|合作|对接|联动|衔接|交流|研判)"
)  # whom an office works with is not who is counted
_ASIDE = re.compile(
    "(?:(?:举报|投诉|申诉|信访|上访|检举|控告|纠纷)+(?:案件|情况|事件)?(?:、|和|及|与|以及|或者|或|，))+"
    "(?=(?:被)?(?:申请|提起|提出)?(?:行政)?(?:复议|诉讼))"
)  # 未发生举报、投诉、行政复议: what is named beside disputes
_SUBJECTS = re.compile(  # what is asked about is not what is counted: 申请内容主要集中在房屋征收、不动产登记等方面
    "(?<=[，,；;。])(?:申请(?:公开)?的?)?(?:内容|事项|信息|主题)?(?:主要|多)?(?:集中(?:在|于)|涉及|围绕)[^，,。；;：\\d（(复讼]{4,80}(?=[，,；;]|$)"
)
_EXTENDED = re.compile(
    r"[，,]其中(?:依法|经批准|按规定)?延期(?:答复|办理)?\d{1,7}[件宗份]", re.ASCII
)  # they are counted all the same
_STEP = (
    "(?:申请|收件|接收|接件|受理|登记|审核|审查|审批|办理|处理|分办|拟办|交办"
    "|转办|会商|补正|答复|回复|办结|送达|归档|备案)"
)
_STEPS = re.compile(rf"{_STEP}{{1,2}}(?:[、\-—→－/]{{1,2}}{_STEP}{{1,2}}){{2,}}")
_HELPED = re.compile(  # what was done for others is not counted here
    r"(?:协助|配合|协同|会同)[^，。；\d]{0,24}(?:办理|处理|答复|回复|调查)[^，。；\d]{0,20}\d{1,7}[件宗条份起]",
    re.ASCII,
)
_RESPECTIVELY = re.compile(
    r"([^，。；：:\d]{3,80}?)(?:数量|案件|数|申请)?分别(?:为|有|是|达)?((?:\d{1,7}[一-龥%]{1,2}(?:、|，|和|及))+\d{1,7}[一-龥%]{1,2})",
    re.ASCII,
)
_JOINED = re.compile("、|，|以及|和|及|与")
_REGISTERED = re.compile("登记(?=(?:政府)?信息公开申请|依申请公开)")  # which is receiving, not 婚姻登记
_NOT_ONE = re.compile("(?:无|没有|未有|(?:没有|未)(?:出现|发生)过?)一(?:件|宗|起|例|次)(?=[^，。；])")
_NOUGHT = re.compile("零(?=申请|行政复议|行政诉讼|复议|诉讼)|(?<=依申请公开)零(?:受理|申请|收件)")
_NONE_OF = re.compile("零(?=纠错|败诉)")
_BEHIND_A_COLON = re.compile(r"(?<=[请议讼件数量])[：:](?=\d{1,7}[件宗起份条次例个])", re.ASCII)
_INSIDE = re.compile(r"(\d{1,7})[（(](\d{1,7}(?:[+＋]\d{1,7})+)[）)]([件宗起份条次例个])", re.ASCII)  # 22（20+2）件
_WITH_PARTLY = re.compile("公开[（(](?:含|包括|包含|及|和)部分公开[）)]")
_NONE_BEHIND_A_COLON = re.compile("[：:](?:无|没有|零)(?=[，；,;]|$)")
_BUT_FOR = re.compile(r"除([^，。；\d]{0,14}\d{1,7}[件宗起份][^，。；\d]{0,16}?)(?:以外|之外|外)(?=，)", re.ASCII)
_NIL_OF = re.compile("(?<=依申请公开)(?:均|都)?为零(?!件|宗|次|起)")
_LICENCES = re.compile(
    r"(?<=\d[件宗起])行政许可(?=[，；、,;]|$)|行政许可(?:(?=(?:共|计|为)?\d{1,7}[件宗起项])|(?:事项|案件)(?=(?:共|计|为)?\d{1,7}[件宗起]))",
    re.ASCII,
)  # the decisions, not requests for them
_EACH_DECISION = re.compile("行政(许可|处罚|强制)(?=(?:(?:、|和|及|以及)行政(?:许可|处罚|强制)){1,2}(?:处理)?决定)")
_NUMBER_NIL = re.compile("(?<=数量)(?:为|是)?无(?=[，；,;]|$)")
_GOVERNMENT_OF = "政府办公室"  # an office issues and answers for its government, and reports both as one
_AND_ITS_GOVERNMENT = re.compile(
    "[区县市旗州](?:人民)?政府(?:(?:和|及|、|与|以及|或)(?:本单位|其?办公室)|[（(]含(?:本单位|其?办公室)[）)])"
)
_ALSO_NONE = re.compile(  # 未出台规范性文件和重要政策措施: of either
    "(?<=规范性文件)(?:和|及|、|或|以及)[^，。；\\d]{0,8}(?:政策|措施|文件|公文)(?=[，；,;]|$)"
)
_NOR_AMENDED = re.compile("(?:、|和|或|及)(?:修改|修订)")
_NONE_MADE = re.compile("(?:未|无|没有)[^，。；\\d]{0,12}规范性文件")
_OF_ALL_YEARS = re.compile("历年(?:来|以来)?(?:印发|制发|制定|出台|发布)?的?(?=现行有效|继续有效)")
_TWO_COUNTS = re.compile(
    r"(?<=\d[件宗起份部])(?:和|及|以及)(?=(?:行政|被)?(?:复议|诉讼|处罚|强制|许可|规范性文件)[^，。；、\d]{0,8}\d)",
    re.ASCII,
)
_ITS_GOVERNMENT_S = re.compile("[区县市旗州](?:人民)?政府(?=(?:行政)?规范性文件)")
_UNPARTED = re.compile("(?<=[件宗起份])(?=(?:没有|未)(?:发生)?因)")  # 收到申请2件没有因…
_NO_RATE = re.compile("率(?:均|都)?为零")
_NOT_THERE = re.compile("(?<=[，、；：:])不存在(?=\\d)")  # an outcome: 不掌握4起、不存在3起
_NIL = re.compile("(?:均|都)?为零(?!件|宗|次|起)")


@dataclass(frozen=True)
class Names:
    """The names that a text's words are said in one way for: the report year, and the unit as it calls itself.

    Attributes:
        year: the report year.
        own: what the unit calls itself.
        of_all: the text is a whole district's: figures of 全区 are a scope of its own; in a unit's they are others'.
    """

    year: int
    own: tuple[str, ...]
    of_all: bool = False

    @cached_property
    def of_a_government(self) -> bool:
        """Whether the unit is a government's office."""
        return any(name.endswith(_GOVERNMENT_OF) for name in self.own)

    def plain(self, sentence: str) -> str:
        """The sentence with 本年, 上年, 下年 and 本单位 for years and names, and its lists written out."""
        text = _SPACE.sub("", sentence.translate(_HALF_WIDTH)).replace("转结", "结转")
        for name in self.own:
            shared = _ANY_OFFICE.fullmatch(name) is not None
            text = re.sub(_UNNAMED + re.escape(name), "本单位", text) if shared else text.replace(name, "本单位")
        if self.of_a_government:
            text = _ITS_GOVERNMENT_S.sub("本单位", _AND_ITS_GOVERNMENT.sub("本单位", text))
        for year, word in ((self.year, "本年"), (self.year - 1, "上年"), (self.year + 1, "下年")):
            text = re.sub(f"(?<!\\d){year}(?:年|(?=全年|度))", word, text)  # 2024全年, 2024度
        text = _COUNT_ALONE.sub(r"\1", _WHOLE_YEAR.sub("本年", text))
        text = _DOCUMENT.sub(STRANGE, text)  # its letters are no body, its year no time
        text = _TITLE.sub(STRANGE, _GAZETTE.sub("政府公报", _LAW.sub("条例", text)))
        text = _STEPS.sub(
            "办理", _SOME_WAYS.sub("", _JOINED_WAYS.sub("", _SUCH_WAYS.sub("", _ALL_CHANNELS.sub("", text))))
        )
        text = _ASIDE.sub("", _TOGETHER.sub("", _HELPED.sub(STRANGE, text)))
        text = _EXTENDED.sub("", _SUBJECTS.sub("", text))
        text = _NONE_OF.sub("无", _NOUGHT.sub("0件", _NOT_ONE.sub("没有", text)))
        text = _UNPARTED.sub("，", text)
        text = _OF_ALL_YEARS.sub("", _TWO_COUNTS.sub("、", text))
        if _NONE_MADE.search(text):
            text = _ALSO_NONE.sub("", _NONE_MADE.sub(lambda none: _NOR_AMENDED.sub("", none[0]), text))
        text = _EACH_DECISION.sub(r"行政\1决定", text)
        text = _LICENCES.sub("行政许可决定", _NOT_THERE.sub("信息不存在", _NO_RATE.sub("率为0%", text)))
        text = _REGISTERED.sub("受理", _NIL.sub("为0件", _NIL_OF.sub("为0次", _NUMBER_NIL.sub("0件", text))))
        text = _BUT_FOR.sub(r"\1", _WITH_PARTLY.sub("公开和部分公开", _INSIDE.sub(r"\1\3（\2）", text)))
        text = _BEHIND_A_COLON.sub("", _NONE_BEHIND_A_COLON.sub("0件", text))
        text = _NUMBERED.sub("", text)
        return _RESPECTIVELY.sub(_written_out, text) if "分别" in text else text


def _written_out(found: re.Match[str]) -> str:
    """复议、诉讼分别为6件、4件 → 复议6件、诉讼4件; as it is when there are not as many figures as names."""
    counts = [count for count in _JOINED.split(found[2]) if count]
    names = [name for name in re.split("、|以及|和|及|与", found[1]) if name]
    if len(names) < len(counts) or (len(counts) != len(names) and len(names) - len(counts) > len(names) // 2):
        return found[0]
    spoken = len(names) - len(counts)  # 公民、法人… that stand before the list stay with its first name
    head = "、".join(names[: spoken + 1])
    return "、".join(f"{name}{count}" for name, count in zip([head, *names[spoken + 1 :]], counts, strict=True))
