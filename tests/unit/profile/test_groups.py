"""Groups of units are the profile's: a weight or a name makes one, and a misspelling of either is refused."""

import pytest

from gongkai.errors import ProfileError
from gongkai.profile import load_profile


def weigh(content, group):
    for indicator in content["indicators"]:
        indicator["weight"][group] = indicator["weight"]["area"]


def test_a_group_of_the_schemes_weights_is_a_kind(folder, edit):
    edit("scheme.yaml", lambda content: weigh(content, "bureau"))
    edit("units.yaml", lambda content: content["units"][0].update(kind="bureau"))
    edit("district.yaml", lambda content: content.update(kinds={"bureau": "部门"}))
    profile = load_profile(folder)
    assert profile.units[0] in profile.assessed(2021)
    assert [profile.kind_name(kind) for kind in ("bureau", "area", "town", "office")] == [
        "部门", "试点领域", "镇街", "政务公开主管部门",
    ]  # fmt: skip


def test_a_group_may_have_a_chinese_key_and_no_other_name(folder, edit):
    edit("scheme.yaml", lambda content: weigh(content, "直属机构"))
    edit("units.yaml", lambda content: content["units"][0].update(kind="直属机构"))
    assert load_profile(folder).kind_name("直属机构") == "直属机构"


def test_a_kind_may_be_named_without_being_weighed(folder, edit):
    edit("district.yaml", lambda content: content.update(kinds={"observer": "列席单位"}))
    edit("units.yaml", lambda content: content["units"][0].update(kind="observer"))
    assert load_profile(folder).units[0].kind == "observer"


@pytest.mark.parametrize(
    ("name", "change", "why"),
    [
        ("units.yaml", lambda c: c["units"][0].update(kind="buraeu"), "单位 A01 的 kind 应为 .* 之一（现为 'buraeu'）"),
        ("scheme.yaml", lambda c: weigh(c, "buraeu"), "没有 buraeu 这类考核对象"),
        ("scheme.yaml", lambda c: weigh(c, "office"), "office 是政务公开主管部门自己"),
        ("district.yaml", lambda c: c.update(kinds={"bureau": ""}), "kinds.bureau：不能为空"),
    ],
)
def test_a_group_that_cannot_be_meant_is_refused(folder, edit, name, change, why):
    edit(name, change)
    with pytest.raises(ProfileError, match=why):
        load_profile(folder)
