"""What states a figure of table two, and what only looks like one: the definition at the head of `documents`."""

import pytest

from gongkai.profile import Unit
from gongkai.submission.narrative import Names, own_names, read

BUREAU = Names(2024, ("区民政局",))
UNIT = Unit(code="OFFICE", name="区政府办公室", kind="office", level="district", authority="区政府办公室")
OFFICE = Names(2024, own_names(UNIT))
T = "proactive_disclosure."
MADE, REPEALED, VALID = "normative_documents.issued", "normative_documents.repealed", "normative_documents.in_force"
LICENCES, PENALTIES = "administrative_licences.decisions", "administrative_penalties.decisions"
COMPULSION, FEES = "administrative_compulsion.decisions", "administrative_fees.amount_wan_yuan"


def figures(text: str, names: Names = BUREAU) -> dict[str, str]:
    """Words → the first cell of table two that a claim of the text means."""
    return {c.words: c.means[0].removeprefix(T) for c in read(text, names) if c.means and T in c.means[0]}


@pytest.mark.parametrize(
    ("text", "stated"),
    [
        ("制发规范性文件3篇，失效及废止2件", {"3篇": MADE, "2件": REPEALED}),
        ("主动公开政策文件170件，其中包含行政规范性文件3件、人事任免文件24件", {"3件": MADE}),
        ("公开重大行政决策事项16个，各类政策文件37件，公开行政规范性文件3件", {"3件": MADE}),
        ("在区政府门户网站公开各类文件113件，其中规范性文件42件", {"42件": MADE}),
        (
            "主动公开政府规章2件，规范性文件49件，废止规章1件",
            {"2件": "rules.issued", "49件": MADE, "1件": "rules.repealed"},
        ),
        (
            "本年度未新增有效规范性文件，未产生废止失效文件",
            {"未新增有效规范性文件": VALID, "未产生废止失效文件": REPEALED},
        ),
        ("全年办结行政许可事项40件，下达行政处罚决定书9份", {"40件": LICENCES, "9份": PENALTIES}),
        ("主动公开办理行政许可40件，行政处罚9件，行政强制2件", {"40件": LICENCES, "9件": PENALTIES, "2件": COMPULSION}),
        (
            "行政许可、行政处罚、行政强制决定数量分别为40宗、9宗和2宗；行政事业性收费总金额3.5万元",
            {"40宗": LICENCES, "9宗": PENALTIES, "2宗": COMPULSION, "3.5万元": FEES},
        ),
        ("本年度内行政处罚处理决定数量39件", {"39件": PENALTIES}),
        ("行政处罚本年处理决定数量803条，行政强制数量无", {"803条": PENALTIES, "0件": COMPULSION}),
        ("作出行政处罚1宗；未作出行政强制和行政征收", {"1宗": PENALTIES, "未作出行政强制和行政征收": COMPULSION}),
        ("作出694宗行政许可，其中3宗为学校设立", {"694宗": LICENCES}),
        ("公开行政规范性文件2件，行政许可40件，行政处罚9件", {"2件": MADE, "40件": LICENCES, "9件": PENALTIES}),
        (
            "会同区司法局清理。清理废止失效规范性文件共4件，公开现行有效性规范性文件25件",
            {"4件": REPEALED, "25件": VALID},
        ),
        ("集中公开历年现行有效行政规范性文件108件电子文本", {"108件": VALID}),
        ("2024年发布12件行政规范性文件", {"12件": MADE}),
        ("我局未出台规范性文件和重要政策措施", {"未出台规范性文件": MADE}),
        ("目前，没有行政事业性收费项目", {"没有行政事业性收费项目": FEES}),
        (
            "我局未制发、废止、修改行政规范性文件，现行有效行政规范性文件7个",
            {"未制发、废止行政规范性文件": f"{MADE} + {T}{REPEALED}", "7个": VALID},
        ),
        ("通过网站公开信息33条，其中通过网站公开规范性文件8个", {"8个": MADE}),
    ],
)
def test_what_states_a_figure_of_table_two(text: str, stated: dict[str, str]) -> None:
    assert figures(text) == stated


@pytest.mark.parametrize(
    "text",
    [
        "主动公开信息143条，其中行政规范性文件9条、政策解读12篇",
        "公开政策解读12件，其中规范性文件3件",
        "转发上级文件25件，其中规范性文件3件",
        "主动公开政府信息96条，其中行政许可方面65条、行政处罚方面4条",
        "我局共有行政许可事项120项，行政许可85项",
        "开展规范性文件清理，废止3件、失效2件",
        "新制定行政规范性文件2件，修订1件",
        "集中公开现行有效的规范性文件，涉及以本局名义印发的规范性文件12件",
        "收到规范性文件审查申请12件，其中规范性文件3件",
        "主动公开文件50件，其中行政许可40件、行政处罚5件",
        "出台规范性文件和政策措施12件",
    ],
)
def test_what_only_looks_like_one(text: str) -> None:
    assert figures(text) == {}


def test_a_part_of_what_was_made_is_no_count_of_its_own() -> None:
    assert figures("制定规范性文件5件，其中公开规范性文件3件") == {"5件": MADE}


@pytest.mark.parametrize(
    "both", ["区政府和区政府办公室", "区政府、区府办", "区政府（含区政府办公室）", "区人民政府及其办公室"]
)
def test_an_office_reports_its_government_s_documents_with_its_own(both: str) -> None:
    assert figures(f"主动公开{both}行政规范性文件42件", OFFICE) == {"42件": MADE}
    assert figures(f"主动公开{both}行政规范性文件42件") == {}


def test_documents_told_by_maker_are_parts() -> None:
    assert figures("主动公开区政府规范性文件4件、其他文件18件", OFFICE) == {"4件": MADE}
    assert figures("发布区政府规范性文件2件、区政府办公室规范性文件1件", OFFICE) == {}
