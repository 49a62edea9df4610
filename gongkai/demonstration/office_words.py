"""The office's own words in the demonstration's district report: its blocks, with references where a figure stands.

Invented like all of it; what the figures say is computed and not said here again.
"""

from collections.abc import Mapping

from gongkai.profile import Profile

_BLOCKS: Mapping[str, str] = {
    "opening": (
        "{year}年，{district}坚持以公开促落实、促规范、促服务，围绕群众关心的事项推进政务公开，"
        "全年工作平稳有序。（演示数据）"
    ),
    "overview": (
        "{office}统筹{whom}的政务公开工作，年初印发工作要点，年中调度，年末考核。"
        "全年经门户网站主动公开{portal}条，新收政府信息公开申请{new}件，办结{closed}件。（演示数据）"
    ),
    "channels": (
        "门户网站、政府公报（电子版）、新闻发布会和政务新媒体各有侧重：重要文件首发于门户网站，"
        "同步刊登公报，面向群众的政策再以图解、音频、视频解读。"
    ),
    "measures": (
        "全年服务保障{about}新闻发布会{{{{ office.activities.press_conferences }}}}场，及时回应群众关切。\n"
        "会同司法行政部门开展业务指导，组织网上巡查、政务公开专区实地检查和上年要点“回头看”，"
        "发现的问题逐一督促整改。"
    ),
    "problems": "一是部分政策解读形式仍较单一，群众看懂用好还不够；二是个别单位的目录更新不够及时。",
    "next_steps": (
        "下一步，一是把解读与文件同步起草、同步审核，多用图解和问答；二是按季核对标准目录，清单一变目录随改；"
        "三是对巡查发现的问题建账销号，防止反复。"
    ),
    "other_matters": "信息处理费的收取情况已在上文列明。没有其他需要报告的事项。",
}


_EPIDEMIC_UNTIL = 2022


def office_words(profile: Profile, year: int, portal: int, new: int, closed: int) -> dict[str, str]:
    """The office's narrative."""
    towns = sum(unit.kind == "town" for unit in profile.expected(year))
    areas = len({area for unit in profile.expected(year) if unit.kind != "town" for area in unit.areas})
    counted = [f"{number}个{what}" for number, what in ((areas, "试点领域"), (towns, "镇街")) if number]
    said = {
        "year": year,
        "portal": portal,
        "new": new,
        "closed": closed,
        "district": profile.district.name,
        "office": profile.district.says("区政府办公室"),
        "whom": "和".join(counted) or f"{len(profile.assessed(year))}家单位",
        "about": "疫情防控" if year <= _EPIDEMIC_UNTIL else "重点工作",
    }
    return {key: text.format(**said) for key, text in _BLOCKS.items()}
