"""What a unit is called in its own texts: its authority's name, the usual short forms of it, and its aliases.

The short forms are derived as offices shorten names (住房和城乡建设局 → 住建局, 人民政府办公室 → 府办); what cannot be
derived stands in `units.yaml: aliases`. Which text means which name is decided in `sentences`.
"""

import re
from collections.abc import Iterator

from gongkai.profile import Unit

_WHOLE = re.compile("(.)(?:人民政府|政府|管理委员会|管委会)$")  # whose tables speak of a whole city or district
_ITS_BODIES = ("行政机关", "各级行政机关", "各行政机关", "各级机关")  # all of them together are the whole
_OFFICE_OF_A_TOWN = re.compile("(?:街道办事处|[镇乡]人民政府)$")
_TOWN = re.compile("(?:街道|[镇乡])(?:办事处|人民政府)?$")
_OF_A_DISTRICT = re.compile("[区县市旗].{2,}局$")
_HEAD_OF_NAME = re.compile("^.{1,12}?[省市州区县旗](?=.{3})")
_SHORTENED = (
    ("住房和城乡建设", "住建"),
    ("住房和城乡建设", "住房城乡建设"),
    ("住房城乡建设", "住建"),
    ("人力资源和社会保障", "人力资源社会保障"),
    ("发展和改革", "发改"),
    ("发展和改革", "发展改革"),
    ("文化和旅游", "文化旅游"),
    ("规划和自然资源", "规划自然资源"),
    ("工业和信息化", "工业信息化"),
    ("人力资源和社会保障", "人社"),
    ("卫生健康", "卫健"),
    ("市场监督管理", "市场监管"),
    ("市场监督管理", "市监"),
    ("城市管理和综合执法", "城管"),
    ("城市管理和综合执法", "城管执法"),
    ("城市管理和综合执法", "综合执法"),
    ("城市管理综合执法", "城管"),
    ("文化广电旅游体育", "文广旅体"),
    ("文化广电旅游", "文广旅"),
    ("文化和旅游", "文旅"),
    ("规划和自然资源", "规划资源"),
    ("规划和自然资源", "规自"),
    ("自然资源和规划", "自规"),
    ("应急管理", "应急"),
    ("工业和信息化", "工信"),
    ("退役军人事务", "退役军人"),
    ("医疗保障", "医保"),
    ("行政审批服务", "行政审批"),
    ("人民政府办公室", "府办"),
    ("人民政府办公室", "府办公室"),
    ("政府办公室", "府办"),
    ("政府办公室", "府办公室"),
    ("政府办公室", "政府办"),
)


def own_names(unit: Unit) -> tuple[str, ...]:
    """What a unit is called in its own texts, and the whole (全区) that its tables speak of; the longest first."""
    authority = re.sub("[（(].*", "", unit.authority)
    said = {authority} if unit.kind == "area" else {authority, unit.name}
    whole = _WHOLE.search(authority) if unit.level in ("city", "district") else None
    if whole:
        district = "区" if unit.level == "district" and whole[1] not in "市县旗州" else whole[1]
        said |= {f"{all_of}{district}{bodies}" for all_of in "全我" for bodies in ("", *_ITS_BODIES)}
    else:
        said |= {_HEAD_OF_NAME.sub(lambda found: found[0][-1], name) for name in set(said)}
    said |= {*unit.aliases, *unit.former_names}
    said |= {short for name in set(said) for short in _short_forms(name)}
    said |= {"分局"} if authority.endswith("分局") else set()
    if unit.level == "department":
        said |= {name[1:] for name in said if _OF_A_DISTRICT.match(name)}
    if not whole:
        said |= {re.sub("(?<=街道)办事处$|(?<=[镇乡])人民政府$", "", name) for name in set(said)}
    if unit.level == "town" and (office := _OFFICE_OF_A_TOWN.search(authority)):
        said |= {office[0], *_of_a_town(unit.name), *_of_a_town(office[0])}
    return tuple(sorted((name for name in said if len(name) > 1), key=lambda name: (-len(name), name)))


def _short_forms(name: str) -> Iterator[str]:
    for long, short in _SHORTENED:
        if long in name:
            yield name.replace(long, short)
    yield name.replace("人民政府", "政府")


def _of_a_town(name: str) -> Iterator[str]:
    """石井街道 → 石井街道办, 石井街; 清河镇 → 清河镇政府; 街道办事处 → 街道, 街道办."""
    place = _TOWN.sub(lambda found: re.sub("办事处|人民政府", "", found[0]), name)
    if place.endswith("街道"):
        yield from (place, f"{place}办事处", f"{place}办", *([place[:-1]] if len(place) > 2 else []))
    else:
        yield from (place, f"{place}人民政府", f"{place}政府")
