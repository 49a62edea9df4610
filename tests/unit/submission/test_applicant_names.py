"""Names beside 申请人: masked where they certainly are names, and nothing else is taken for one."""

import pytest

from gongkai.submission.personal_data import mask


@pytest.mark.parametrize(
    "text",
    ["申请人：王示例", "申请人姓名：李样", "申请人（张示例）要求公开", "申请人:陈示例，来电询问", "申请人：刘样先生"],
)
def test_a_name_is_masked(text: str) -> None:
    masked, kinds = mask(text)
    assert kinds == ("申请人姓名",)
    assert "示例" not in masked
    assert "样" not in masked


@pytest.mark.parametrize(
    "text",
    [
        "申请人：自然人",
        "申请人：张某",
        "申请人（李某某）",
        "申请人要求公开征地批文",
        "申请人张贴的公告",
        "申请人：周边居民",
        "申请人：林业公司",
        "申请人：金属材料有限公司",
        "申请人：",
        "申请人（个人）",
    ],
)
def test_other_words_are_left_alone(text: str) -> None:
    assert mask(text) == (text, ())
