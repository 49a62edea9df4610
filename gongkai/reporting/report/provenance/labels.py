"""What the figure at a path is called and counted in, for people.

Cells, activities and rates are called as everywhere (`submission.references`); the facts that only sentences name are
called here.
"""

from collections.abc import Mapping

from gongkai.national_format import for_year
from gongkai.reporting.report.words.figure_paths import DIFFERENCE, PERCENT
from gongkai.submission.fields import groups, lists
from gongkai.submission.references import OFFICE, known_references

FACTS = "facts."
_COUNTED_IN = {"average_reply_working_days": "个工作日", "reply_shortening_percent": "%"}

_LABELS: Mapping[str, str] = {
    "requests_refused": "不予公开的申请",
    "requests_unavailable": "无法提供的申请",
    "requests_unprocessed": "不予处理的申请",
    "requests_closed_otherwise": "其他处理的申请",
    "channels": "收到的申请",
    "litigations": "行政诉讼",
    "litigations_corrected": "行政诉讼中被纠正",
    "disputes_corrected": "行政复议和行政诉讼中被纠正",
    "disputes_pending": "行政复议和行政诉讼中尚未审结",
    "cases_overdue": "逾期办结的申请",
    "cases_open_late": "到期未办结的申请",
    "cases_archived": "已归档的办结申请",
    "cases_step_by_step": "五个环节日期齐全的办结申请",
    "fees_in_register_yuan": "台账登记的信息处理费（元）",
    "fees_reported_by": "报送信息处理费的单位",
    "guides_updated": "年内更新公开指南的单位",
    "portal_items_of_all": "各报送单位在门户网站公开的信息合计",
    "normative_in_gazette": "公报刊载的行政规范性文件",
    "papers": "公开的政府和办公室文件",
    "papers_in_time": "按期公开的政府和办公室文件",
    "interpretations": "政策解读",
    "interpretation_ratings": "获评等次的政策解读",
    "awarded_interpretations": "获评的政策解读案例",
    "responses": "回应社会关切",
    "responses_answered": "已答复的社会关切",
    "catalogue_items": "标准目录的公开事项",
    "catalogue_units": "编制标准目录的单位",
    "catalogue_changes": "标准目录的动态调整",
    "units_counted": "计入数据的单位",
    "units_expected": "应报送的单位",
    "units_waiting": "数据未纳入的单位",
    "units_inspected": "被考核的单位",
    "units_told": "已反馈评分表的单位",
    "areas": "试点领域",
    "towns": "镇街",
    "problems_found": "检查发现的问题",
    "criticisms": "通报扣分和一票否决",
    "rectifications": "下发的整改事项",
    "rectifications_closed": "已办结的整改事项",
    "rectifications_open": "尚未办结的整改事项",
    "rectifications_in_time": "按期办结的整改事项",
    "rectifications_recurred": "出现反复的整改事项",
    "looked_back": "开展“回头看”的整改事项",
    "patrol_checked": "网上巡查的项次",
    "patrol_passed": "网上巡查合格的项次",
    "visits_checked": "实地检查和抽查的项次",
}
_CHANGES = {"added": "新增", "changed": "调整", "removed": "取消"}


def label_of(path: str, year: int) -> str:
    """What the figure at a path is called in a report year."""
    if (known := known_references(year).get(path)) is not None:
        return known
    if path.startswith(OFFICE):
        return f"本级：{label_of(path.removeprefix(OFFICE), year)}"
    for ending, word in ((DIFFERENCE, "比上年增减"), (PERCENT, "比上年增减（%）")):
        if path.endswith(ending):
            return f"{label_of(path.removesuffix(ending), year)}，{word}"
    name, _, kind = path.removeprefix(FACTS).partition(".")
    if name.startswith("published_"):
        return f"本年公开的{_choices('documents', 'kind')[name.removeprefix('published_')]}"
    return _LABELS.get(name, name) + (f"（{_kind_word(name, kind)}）" if kind else "")


def counted_in(path: str, year: int) -> str:
    """件, 万元, %; empty where nothing says so."""
    bare, national_format = path.removeprefix(OFFICE), for_year(year)
    if bare.endswith(PERCENT) or bare.endswith("_percent"):
        return "%"
    bare = bare.removesuffix(DIFFERENCE)
    if national_format.has(bare):
        return national_format.spec(bare).unit
    head, _, key = bare.partition(".")
    if head == "activities":
        return groups()["activities"].fields[key].unit or ""
    return _COUNTED_IN.get(key, "件") if head == "indicators" else ""


def _kind_word(name: str, kind: str) -> str:
    known = {
        "channels": _choices("register", "channel"),
        "interpretations": _choices("interpretations", "forms"),
        "catalogue_changes": _CHANGES,
    }
    return known.get(name, {}).get(kind, kind)


def _choices(group: str, field: str) -> Mapping[str, str]:
    choices = lists()[group].fields[field].choices
    return choices if isinstance(choices, Mapping) else {}
