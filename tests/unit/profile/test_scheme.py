"""The assessment scheme as configuration: the default one number by number, and what is refused."""

import inspect
from decimal import Decimal

import pytest

from gongkai.assessment import measures
from gongkai.assessment.measures import MEASURES as IMPLEMENTED
from gongkai.errors import ProfileError
from gongkai.profile import load_profile
from gongkai.profile.measures import MEASURES

# code: (weight of areas, weight of towns, who decides, label), as agreed for 2021
AGREED = {
    "A1": (10, 10, "auto", "及时公开率"),
    "A2": (8, 8, "patrol", "栏目覆盖与更新"),
    "A3": (4, 2, "mixed", "规范性文件要素与有效性标注"),
    "A4": (3, 3, "auto", "预决算公开"),
    "A5": (0, 2, "inspector", "村居公示栏"),
    "B1": (6, 4, "auto", "解读率"),
    "B2": (4, 2, "auto", "解读同步"),
    "B3": (2, 1, "auto", "多形式解读"),
    "B4": (3, 3, "auto", "回应时限"),
    "C1": (8, 8, "auto", "依申请按期办结"),
    "C2": (4, 4, "inspector", "答复规范抽查"),
    "C3": (5, 5, "auto", "复议诉讼纠错"),
    "C4": (1, 1, "auto", "平均用时"),
    "C5": (2, 2, "auto", "台账完整"),
    "D1": (5, 4, "patrol", "网站新媒体巡查"),
    "D2": (3, 7, "inspector", "政务公开专区"),
    "D3": (2, 4, "mixed", "指南与电话畅通"),
    "E1": (4, 4, "auto", "标准目录覆盖"),
    "E2": (3, 3, "auto", "目录动态调整"),
    "E3": (3, 3, "inspector", "目录落实抽查"),
    "F1": (5, 5, "auto", "年报质量"),
    "F2": (2, 2, "mixed", "机构人员制度"),
    "F3": (2, 2, "auto", "培训"),
    "F4": (1, 1, "inspector", "保密审查留痕"),
    "G1": (6, 6, "auto", "整改率"),
    "G2": (2, 2, "auto", "不复发"),
    "G3": (2, 2, "inspector", "上年要点回头看"),
}
# code: measure of each part with its limits
THRESHOLDS = {
    "A1": {"working_days": 20},
    "A4": {"days": 20},
    "B2": {"working_days": 3},
    "B3": {"forms": 2},
    "B4": {"working_days": 5},
    "D3": {"days": 365},
    "E2": {"working_days": 20},
    "F2": {"of": 4},
    "F3": {"sessions": 1},
}
TAKEN = {
    "C1": {"requests_overdue": "3"},
    "C3": {"reconsiderations_corrected": "2", "litigations_corrected": "3"},
    "D1": {"inspection_problems": "0.5"},
    "F1": {
        "report_errors": "1",
        "report_unexplained_queries": "0.5",
        "report_late": "2",
        "report_return_rounds": "1",
    },
}


@pytest.fixture
def scheme(default_profile):
    return default_profile.scheme


class TestDefault:
    def test_indicators_weights_sources_and_labels(self, scheme):
        found = {i.code: (i.weight["area"], i.weight["town"], i.source, i.label) for i in scheme.indicators}
        assert found == AGREED
        assert all(i.level == i.code[0] for i in scheme.indicators)

    @pytest.mark.parametrize("group", ["area", "town"])
    def test_weights_add_up_to_a_hundred(self, scheme, group):
        assert sum(i.weight[group] for i in scheme.indicators) == 100

    def test_thresholds(self, scheme):
        found = {i.code: {k: v for part in i.parts for k, v in part.limits.items()} for i in scheme.indicators}
        assert {code: limits for code, limits in found.items() if limits} == THRESHOLDS

    def test_points_taken_a_case(self, scheme):
        found = {i.code: {d.measure: d.points for d in i.deductions} for i in scheme.indicators if i.deductions}
        assert found == {c: {m: Decimal(p) for m, p in taken.items()} for c, taken in TAKEN.items()}

    def test_average_reply_time_runs_from_twenty_days_to_eight(self, scheme):
        scale = next(i for i in scheme.indicators if i.code == "C4").parts[0].scale
        assert (scale.zero_at, scale.full_at) == (20, 8)

    def test_guide_and_telephone_and_training_carry_half_each(self, scheme):
        shares = {i.code: [p.share for p in i.parts] for i in scheme.indicators if len(i.parts) > 1}
        assert shares == {"D3": [Decimal("0.5")] * 2, "F3": [Decimal("0.5")] * 2}

    def test_patrols_are_averaged_by_month(self, scheme):
        assert next(i for i in scheme.indicators if i.code == "A2").parts[0].measure == "inspection_passed_monthly"

    def test_total(self, scheme):
        assert [(b.at_least, b.grade) for b in scheme.bands] == [
            (90, "优秀"),
            (80, "良好"),
            (60, "合格"),
            (0, "不合格"),
        ]
        assert (scheme.bonus_cap, scheme.penalty_cap, scheme.decimal_places) == (5, 10, 2)
        assert scheme.rank_within == ("area", "town")
        assert scheme.vetoes == ("泄密或重大违规公开", "03-31前未公布年报", "数据造假", "拒不履行复议决定或判决")

    def test_bonus_and_penalty(self, scheme):
        assert [(a.level or a.what, a.points) for a in scheme.bonus] == [
            ("national", 2),
            ("provincial", 1),
            ("city", Decimal("0.5")),
            ("解读案例获评优秀", Decimal("0.5")),
            ("解读案例获评良好", Decimal("0.3")),
        ]
        assert [(a.what, a.points) for a in scheme.penalty] == [
            ("市级通报批评", 2),
            ("省级通报批评", 3),
            ("国家级通报批评", 5),
            ("数据失实", 5),
        ]


def test_every_declared_measure_has_its_function_and_every_function_is_declared():
    assert {name: measure.__name__ for name, measure in IMPLEMENTED.items()} == {name: name for name in MEASURES}
    families = [module for module in vars(measures).values() if getattr(module, "__package__", "") == measures.__name__]
    written = {
        name
        for family in families
        for name, function in vars(family).items()
        if inspect.isfunction(function) and function.__module__ == family.__name__ and not name.startswith("_")
        if [name.lstrip("_") for name in inspect.signature(function).parameters] == ["subject", "asked"]
    }
    assert written == set(MEASURES)


def only(content, code):
    return next(i for i in content["indicators"] if i["code"] == code)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (
            lambda c: only(c, "A1")["parts"][0].update(measure="documents"),
            "指标 A1：parts 第 1 项：没有名为 documents 的测量方法，",
        ),
        (lambda c: only(c, "A1")["parts"][0].pop("limits"), "测量方法 documents_on_time 的 limits 应为 working_days"),
        (lambda c: only(c, "A3")["parts"][0].update(limits={"days": 3}), "limits 应为 （不需要）"),
        (
            lambda c: only(c, "A1")["parts"][0]["limits"].update(working_days=0),
            "指标 A1：parts 第 1 项 limits.working_days：应不小于 1",
        ),
        (
            lambda c: only(c, "C1")["parts"][0].update(measure="requests_overdue"),
            "requests_overdue 只能用于 deductions",
        ),
        (lambda c: only(c, "C1")["deductions"][0].update(measure="register_complete"), "register_complete 不是计件的"),
        (lambda c: only(c, "C4")["parts"][0].pop("scale"), "average_reply_working_days 需要 scale"),
        (lambda c: only(c, "C4")["parts"][0]["scale"].update(full_at="20"), "zero_at 与 full_at 不能相同"),
        (
            lambda c: only(c, "C5")["parts"][0].update(scale={"zero_at": 0, "full_at": 1}),
            "register_complete 不能用 scale",
        ),
        (lambda c: only(c, "C1")["parts"][0].update(share="0"), "share：应大于 0"),
        (lambda c: only(c, "A1")["weight"].update(town="-1"), "weight.town：应不小于 0"),
        (lambda c: only(c, "A1")["weight"].update(twon="1"), "twon 各指标的 weight 合计为 1（是否应为 town）"),
        (lambda c: only(c, "A1")["weight"].update(town="1.005"), "指标 A1：weight：小数位数超过 decimal_places（2）"),
        (lambda c: only(c, "C3").pop("deductions"), "指标 C3 既没有 parts 也没有 deductions"),
        (lambda c: only(c, "A2").update(code="A1"), "指标 A1：代码 A1 重复"),
        (lambda c: only(c, "A2").update(level="Z"), "指标 A2：level Z 未在 levels 中登记"),
        (lambda c: c["bands"].reverse(), "bands：应从高到低排列"),
        (lambda c: c.update(bands=[]), "bands：至少要有一档"),
        (lambda c: c.update(rank_within=["street"]), "没有 street 这类考核对象"),
        (lambda c: c.update(late_publication_veto="迟了"), "late_publication_veto：未在 vetoes 中登记"),
        (lambda c: c.update(bonus_cap="NaN"), "bonus_cap：应为数字（现为 'NaN'）"),
        (lambda c: c.update(bonus_cap="五"), "bonus_cap：应为数字（现为 '五'）"),
    ],
)
def test_a_scheme_is_refused_when_it_is_read(edit, change, message):
    folder = edit("scheme.yaml", change)
    with pytest.raises(ProfileError) as caught:
        load_profile(folder)
    assert "scheme.yaml" in str(caught.value)
    assert message in str(caught.value)
