"""Whether a mail without a file meant to bring one: by its sender's own words, never by what an answer quotes.

A word too few costs a unit a hint, a word too many sends one that nobody needs: a phrase counts in a sentence that
announces a file, not in one that asks, promises, or speaks of somebody else's attachment.
"""

import re
from collections.abc import Iterator

from lxml import etree

from gongkai.delivery.incoming.cloud_links import cloud_places
from gongkai.delivery.incoming.letter import Letter

_MOST = 100_000  # signs of a text that are looked at
_LONGEST = 400  # signs of a sentence
_LITTLE = 20  # signs of a text that leaves the saying to the subject
_QUOTED_FROM_HERE = re.compile(
    r"^[\s\-_=—*]*(?:(?:回复的)?原始?邮件|转发的?邮件(?:信息)?|original(?: message)?|forwarded message)[\s\-_=—*]*$"
    r"|^\s*\**(?:发件人|寄件人|寄件者|from)\**\s*[:：]"
    r"|^\s*(?:在|on)\s.{4,200}(?:写道|wrote)\s*[:：]|(?:写道|wrote)\s*[:：]\s*$"
    r"|^--\s*$",
    re.IGNORECASE | re.MULTILINE,
)
_QUOTED_LINE = re.compile(r"^\s*>.*$", re.MULTILINE)
_ANSWER = re.compile(r"^\s*(?:re|fw|fwd|回复|答复|回覆|转发)\s*[:：]", re.IGNORECASE)
_SENTENCE = re.compile(r"[^。；;！!？?\n\r]+[？?]?")
_ASKS = re.compile(r"[？?]$|请问|是否|能否|可否|什么时候|何时|吗\s*$")
_OF_OTHERS = re.compile(
    r"(?:收到|收悉|下载|打开|看到|看了|退回|发来|来信|[您你]发|贵\w{1,6}发)[^，,]{0,12}附件"
    r"|附件[^，,]{0,8}(?:收到|收悉|打不开|无法打开|下载|乱码)"
    r"|(?:邮件|信息|电邮|文件)(?:及|和|与|或|以及|、)?(?:其|任何|所有|所含|所附|的|相关){0,2}附件"
    r"|附件(?:可能|均|仅|含有|如有|内容)|(?:没有|无需|无|不含|不带|忘(?:记|了)?\w{0,3})附件"
)
_ATTACHED = re.compile(
    r"(?:见|看|收|阅|如|在|随|传|送|交|发)(?:以下|下面|下方|本|的|了|上|为|一下|[\s：:“\"]){0,3}附件"
    r"|附件\s*[一二三四五六七八九十\d]{0,2}\s*(?:[:：、.]|[里中内]?(?:是|为|系|如下|所附|请|已附|已上传))"
    r"|(?:随信|随函|随邮件|一并|现|特|兹|已|材料|表格)附|附(?:上|后|[:：])"
)
_SENDING = re.compile(
    r"(?:请|望)(?:您|予以|及时|注意|帮忙|领导){0,2}(?:查收|审阅|审核|查阅|接收|核收|收阅)"
    r"|(?:现将|现把|特将|兹将|已将)[^，,]{0,60}(?:报|发|送|交|传|呈)"
    r"|(?:报表|报送表|填报表|表格|材料|年报|工作簿|更正|改好|修改)[^，,]{0,20}"
    r"(?:报送|上报|发送|发给|发来|送上|提交|报上|已发|已报|重新发|重发|重报|发[您你])"
    r"|(?:报送|上报|发送|提交|补报|补发|重报|送上|报上|呈报)[^，,]{0,25}"
    r"(?:报表|报送表|填报表|表格|材料|年报|工作簿|数据|更正|文件)"
    r"|(?:重新|再次|补)(?:发送?|报送)"
)
_NOT_NOW = re.compile(
    r"如下|知悉|将于|拟于|计划|准备|尽快|稍后|下周|明天|明日|正在|尚未|还没|还未|不能|无法|系统(?:里|中|内|上)"
    r"|[日号天底前]前(?:报|提|发|完)|截止|期限|时间"
)
_NOT_SAID = ("blockquote", "style", "script", "head")
_BREAKING = frozenset({"p", "div", "br", "tr", "li"})
_ABOUT_A_FILE = re.compile(r"报送|报表|填报|上报|年报|更正|附件|材料|工作簿")


def means_a_file(letter: Letter) -> bool:
    """Whether a mail says that a file comes with it: by its text, else by its subject where there is hardly a text."""
    plain, pages = _texts(letter)
    said = next((text for text in (*plain, *pages) if text.strip()), "")
    if any(map(_announces, _sentences(said))):
        return True
    own = not _ANSWER.match(letter.subject)
    return own and len("".join(said.split())) <= _LITTLE and bool(_ABOUT_A_FILE.search(letter.subject))


def own_cloud_places(letter: Letter) -> list[str]:
    """Where the files lie that the sender itself points at, by what people call it."""
    plain, pages = _texts(letter)
    return cloud_places("\n".join([*plain, *pages]))


def _announces(sentence: str) -> bool:
    if _ASKS.search(sentence):
        return False
    own = _OF_OTHERS.sub("", sentence)
    return bool(_ATTACHED.search(own) or (_SENDING.search(own) and not _NOT_NOW.search(own)))


def _sentences(text: str) -> Iterator[str]:
    return (found[0].strip()[:_LONGEST] for found in _SENTENCE.finditer(text))


def _texts(letter: Letter) -> tuple[list[str], list[str]]:
    """A mail's own texts, plain ones and pages, without what they quote."""
    plain, pages = letter.own_texts()
    return [_own(text) for text in plain], [_own(_of_page(page[:_MOST])) for page in pages]


def _own(text: str) -> str:
    """A text up to where it begins to quote, without quoted lines."""
    text = _QUOTED_LINE.sub("", text[:_MOST].replace("\xa0", " "))
    quoted = _QUOTED_FROM_HERE.search(text)
    return text[: quoted.start()] if quoted else text


def _of_page(page: str) -> str:
    """An HTML text in lines, its links among them; what it quotes as such is left out."""
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True)
    try:
        root = etree.fromstring(page.encode("utf-8", "replace"), parser)
    except etree.LxmlError:
        root = None
    if root is None:
        return ""
    etree.strip_elements(root, *_NOT_SAID, with_tail=False)
    lines: list[str] = []
    for event, element in etree.iterwalk(root, events=("start", "end")):
        if element.tag in _BREAKING:
            lines.append("\n")
        if event == "end":
            lines.append(element.tail or "")
        else:
            link = element.get("href") if element.tag == "a" else None
            lines.append(f" {link} {element.text or ''}" if link else element.text or "")
    return "".join(lines)
