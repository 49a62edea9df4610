"""What the public text still lacks before approval (待补充), with where to supply it; nothing refuses it.

What must be there is a lack (`lacks`). Here stands what a good report has and this one could have: a topic that only
the office knows, a list without which a paragraph stays away.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from gongkai.reporting.report.words.chosen_sentences import sentence_file
from gongkai.reporting.report.words.office_words import OfficeWords
from gongkai.reporting.report.words.sheet import PROFILE, FactSheet
from gongkai.submission.fields import groups, lists
from gongkai.warehouse.records import YearState

_OWN = "区政府办公室报送表的“文字部分”"
_BLOCKS = ("opening", "measures", "channels", "problems", "next_steps")
_SOURCES = {
    "register": "各单位的“依申请公开台账”",
    "inspections": "办公室录入的检查记录（INBOX/_office）",
    **{name: f"各单位的“{group.label}”" for name, group in lists().items()},
}


@dataclass(frozen=True, slots=True)
class ToDo:
    """One thing to supply: what, and where."""

    what: str
    where: str


_FACES = ToDo(
    "PDF 版的字体：没有可随程序分发的方正小标宋、仿宋和楷体，正文用思源宋体、标题和表格用思源黑体代替",
    "需要规定字体的，用 Word 版（report.docx 已指定这些字体）在装有字体的电脑上打印或另存 PDF",
)


def find_to_do(state: YearState, sheet: FactSheet, words: OfficeWords) -> tuple[ToDo, ...]:
    """Everything that could still be said, in the order of the report."""
    found = (*_profile(state), *_blocks(words), *_topics(words, sheet), *_missing_sources(sheet), _FACES)
    says = state.profile.district.says
    return tuple(ToDo(says(one.what), says(one.where)) for one in found)


def _profile(state: YearState) -> Iterator[ToDo]:
    contact = state.profile.district.contact
    for value, what in ((contact.address, "联系地址"), (contact.postcode, "邮政编码")):
        if not value:
            key = "address" if what == "联系地址" else "postcode"
            yield ToDo(f"卷首语中的{what}", f"配置目录 district.yaml 的 contact.{key}")
    if state.profile.district.data_licence is None:
        yield ToDo(
            "开放数据包（report/data）的使用许可：没有写明",
            "配置目录 district.yaml 的 data_licence（name、title、path）",
        )


def _blocks(words: OfficeWords) -> Iterator[ToDo]:
    fields = groups()["narrative"].fields
    for key in _BLOCKS:
        if not words.of(key):
            yield ToDo(f"“{fields[key].label}”没有文字", f"{_OWN}“{fields[key].label}”")


def _topics(words: OfficeWords, sheet: FactSheet) -> Iterator[ToDo]:
    """What figures alone do not say."""
    facts = sheet.values
    if facts["office_press_conferences"] and "新闻发布会" not in words.all:
        how = "，场次可写 {{ office.activities.press_conferences }}"
        yield ToDo("新闻发布会的主题（例如疫情防控）", f"{_OWN}“主要做法”{how}")
    if "社会评议" not in words.all:
        yield ToDo("社会评议的结果（条例第五十条）", f"{_OWN}“主要做法”或“其他需要报告的事项”")
    if facts["criticisms"] and "责任追究" not in words.all:
        yield ToDo("责任追究的结果（条例第五十条）：检查记录中有扣分或否决情形", f"{_OWN}“主要做法”")
    if facts["portal_items_district"] is None:
        yield ToDo("全区门户网站主动公开信息的总条数", "区政府办公室报送表的“年度工作数据”")
    if facts["units_inspected"] and facts["units_told"] is None:
        yield ToDo("考核结果向被考核单位反馈的情况", "签发评分表（gongkai issue）后自动写入")


def _missing_sources(sheet: FactSheet) -> Iterator[ToDo]:
    """Sources without which whole sentences stay away."""
    needed = {name for one in sentence_file().sentences() for name in one.needs}
    by_source: dict[str, list[str]] = {}
    for name in sorted(needed):
        by_source.setdefault(sheet.sources.get(name, PROFILE), []).append(name)
    for source, names in by_source.items():
        if source in _SOURCES and all(sheet.values.get(name) is None for name in names):
            yield ToDo(f"没有{_SOURCES[source]}，有关语句没有写入", _SOURCES[source])
