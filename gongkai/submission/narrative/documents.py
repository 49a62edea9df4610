"""What in a text states a figure of table two (表二), and what only looks like one.

Table two counts the 规章 and 行政规范性文件 that the unit *made* and *repealed* and those *in force*, the decisions
that it *took* (行政许可, 行政处罚, 行政强制), and its 行政事业性收费. A text states such a figure where it says

- how many were made (制发, 制定, 出台, 印发, 新增), repealed (废止, 失效) or are in force (现行有效, 继续有效);
- how many normative documents were published (公开, 发布): what is made must be published, so it is the number made or
  the number in force; also within a list of what was published or issued (主动公开文件28件，其中行政规范性文件3件), but
  there only where documents are counted (件, 份, 部, 个);
- how many decisions were taken or dealt with (作出, 办理, 实施, 处理决定数量), or published straight away, counted
  as cases (公开行政许可决定40件);
- what was taken in, in money; or that there was none of it.

It states none where items of a website are counted (条 and 篇 in a list, 行政许可信息, 处罚类), or decisions within
such a list; entries of a catalogue (行政许可事项12项); documents that were drafted, reviewed, filed, sifted,
interpreted or passed on; another body, another scope or another year. These are left alone, and the recall that is
measured counts only the former.
"""

import re
from functools import cache

from gongkai.submission.narrative.lexicon import Phrase
from gongkai.submission.narrative.lexicon_file import lexicon

_TOPIC = "normative"
_COUNTED = r"\d{1,6}[件份部个]"
_SOME = r"[^，。；\d）)]{0,12}" + _COUNTED
_REPEALED_TWICE = re.compile(f"废止{_SOME}[^。；]{{0,20}}失效{_SOME}|失效{_SOME}[^。；]{{0,20}}废止{_SOME}", re.ASCII)
_BY_MAKER = re.compile(
    f"规范性文件{_COUNTED}[^。；]{{0,20}}(?:本单位|部门|办公室)[^，。；\\d]{{0,6}}规范性文件", re.ASCII
)  # 区政府规范性文件2件、部门规范性文件3件
_AMENDED = re.compile(f"(?:修订|修改|修正){_SOME}", re.ASCII)
_OF_THOSE_IN_FORCE = re.compile(
    "(?:有效|历年|集中公开)[^。；]{0,60}(?:印发|制发|制定|出台|发布)的[^，。；\\d]{0,14}规范性文件"
)  # 集中公开现行有效的规范性文件，涉及以本局名义印发的12件


def is_list(so_far: bool, clause: str) -> bool:
    """Whether a sentence that was a list of documents made public goes on so, or begins one, in this clause."""
    made_public, not_its_own = _said_of_lists()
    return not not_its_own.search(clause) and (so_far or made_public.search(clause) is not None)


@cache
def _said_of_lists() -> tuple[re.Pattern[str], ...]:
    known = lexicon().documents
    return tuple(re.compile("|".join(map(re.escape, words))) for words in (known.made_public, known.not_its_own))


def uncertain(sentence: str) -> frozenset[str]:
    """The columns of table two that the sentence divides in a way of its own: 废止3件、失效2件; 新制定2件、修订1件."""
    found = {"repealed"} if _REPEALED_TWICE.search(sentence) else set()
    if any(pattern.search(sentence) for pattern in (_AMENDED, _OF_THOSE_IN_FORCE, _BY_MAKER)):
        found.add("issued")
    return frozenset(found)


def divides(columns: frozenset[str], phrase: Phrase) -> bool:
    """Whether what a phrase means is one of those columns."""
    return phrase.topic == _TOPIC and phrase.means[0].rpartition(".")[2] in columns
