"""The written parts of a submission: neutral sentences of the unit's own, with the figures of its tables.

Each unit brings its own paragraph and its own matters; the sentences around them rotate by the unit's place in
the registry, so that no two units say the same in the same words.
"""

from collections.abc import Mapping, Sequence

from gongkai.demonstration.characteristics import Characteristics
from gongkai.demonstration.national_tables import Table

_OPENING = (
    "{year}年，{name}把{a}和{b}作为政务公开的重点，分工到股室，责任到岗位，全年工作平稳有序。（演示数据）",
    "本报告反映{name}{year}年公开工作的主要情况。（演示数据）一年来，围绕{a}补齐公开短板，围绕{b}提高办理质量。",
    "（演示数据）{year}年度，{name}按照条例和全区政务公开要点，先理清单、再定时限，{a}、{b}两项做得较为扎实。",
    "{name}（演示数据）在{year}年里坚持“应公开尽公开”，年初列出任务，年中自查一次，年末对照销号，{a}和{b}均按计划完成。",
    "过去一年，{name}结合{a}、{b}的实际推进公开，做到有安排、有记录、有检查。以下为{year}年情况（演示数据）。",
)
_DISCLOSURE = (
    "主动公开方面，门户网站发布信息{portal}条，新媒体发布{media}条，其中{c}类信息查阅量居前。",
    "全年经门户网站主动公开{portal}条，经政务新媒体推送{media}条，{c}专栏实现按月更新。",
    "网站栏目全年更新{portal}条，新媒体同步{media}条，群众关注较多的是{c}和{d}。",
    "共上网公开信息{portal}条；新媒体账号发文{media}条，对{d}作了专题说明。",
)
_DOCUMENTS = (
    "本年制发行政规范性文件{issued}件，废止{repealed}件，年末现行有效{in_force}件，逐件标注效力状态。",
    "制发行政规范性文件{issued}件、废止{repealed}件，目前有效{in_force}件，清单已在网站公布。",
    "行政规范性文件全年制发{issued}件，清理废止{repealed}件，现行有效的{in_force}件集中展示。",
)
_REQUESTS = (
    "依申请公开方面，本年新收政府信息公开申请{new}件，上年结转{carried_in}件，办结{closed}件，结转下年度{open}件。",
    "全年新收政府信息公开申请{new}件，连同上年结转{carried_in}件，共办结{closed}件，结转下年度{open}件，登记、审核、办理、答复、归档各环节留痕。",
    "申请办理情况：新收政府信息公开申请{new}件，上年结转{carried_in}件；已办结{closed}件，结转下年度{open}件，答复前均作内容审核。",
)
_SUPPORT = (
    "监督保障上，组织培训{sessions}场，{attendees}人次参加，主要领导听取汇报两次。",
    "全年培训{sessions}场，到会{attendees}人次；公开审查与发文流程合并，先审后发。",
    "举办业务培训{sessions}场，参加{attendees}人次，对巡查指出的问题建立台账逐项改。",
    "开展培训{sessions}场、{attendees}人次，并把公开情况列入科室年度评议。",
)
_NO_TRAINING = "本年没有组织专题培训，业务学习以跟班和自学为主，这一点需要改进。"
_PROBLEMS = (
    "一是{a}的信息分散，查找不便；二是{c}的解读形式偏少。下一步将合并栏目入口，并为新文件配图解。",
    "存在的不足：{b}类内容更新间隔偏长，个别台账归档不够及时。改进办法是明确专人按周核对，季度通报。",
    "主要问题是经办人员变动后衔接不紧，{d}的目录调整有时滞后。今后交接时同步移交公开清单，清单变化随时改目录。",
    "对照要求，{c}的公开深度还不够，回应{a}方面的关切用时偏长。拟建立五个工作日内回应的提醒机制。",
    "不足之处在于{d}公开内容专业性强、群众看不懂，{b}的便民提示不多。计划编写问答，逐条配示例。",
)
_OTHER = (
    "本年度未收取政府信息公开信息处理费。没有其他需要报告的事项。",
    "按照规定，本单位全年没有收取信息处理费；其他事项无。",
    "信息处理费收取情况：本年度收取0元。无其他需要报告的事项。",
)


def narrative(
    place: int, year: int, name: str, unit: Characteristics, tables: Mapping[str, Table], activities: Mapping[str, int]
) -> dict[str, str]:
    """The three texts of a submission, with the figures of its own tables and activities.

    `place` is the unit's position in the registry, from 0, which chooses the sentences; `name` is how the unit
    calls itself in a report.
    """
    requests, normative = tables["requests"], tables["proactive_disclosure"]["normative_documents"]
    a, b, c, d = (unit.matters[(place + n) % len(unit.matters)] for n in range(4))
    words = {
        "year": year,
        "name": name,
        **{"a": a, "b": b, "c": c, "d": d},
        "portal": activities["portal_items"],
        "media": activities["new_media_items"],
        "sessions": activities["training_sessions"],
        "attendees": activities["training_attendees"],
        **normative,
        "new": requests["new_requests"]["total"],
        "carried_in": requests["carried_in"]["total"],
        "closed": requests["outcome_total"]["total"],
        "open": requests["carried_out"]["total"],
    }
    overview = [
        _turn(_OPENING, place).format(**words),
        unit.highlight,
        _turn(_DISCLOSURE, place).format(**words),
        _turn(_DOCUMENTS, place).format(**words),
        _turn(_REQUESTS, place // 2).format(**words),
        _disputes(tables["disputes"]),
        _turn(_SUPPORT, place // 3).format(**words) if activities["training_sessions"] else _NO_TRAINING,
    ]
    return {
        "overview": "".join(overview),
        "problems": _turn(_PROBLEMS, place + place // 5).format(**words),
        "other_matters": _turn(_OTHER, place),
    }


def _disputes(table: Table) -> str:
    """The sentence about disputes: counts as table four has them."""
    reconsiderations = table["reconsideration"]["total"]
    lawsuits = table["litigation_direct"]["total"] + table["litigation_after_reconsideration"]["total"]
    if not reconsiderations and not lawsuits:
        return "全年没有因政府信息公开引发的行政复议和行政诉讼。"
    corrected = sum(row["corrected"] for row in table.values())
    outcome = "均未被纠正" if not corrected else f"其中被纠正{corrected}件"
    return f"因政府信息公开引发行政复议{reconsiderations}件、行政诉讼{lawsuits}件，{outcome}。"


def _turn(variants: Sequence[str], place: int) -> str:
    return variants[place % len(variants)]
