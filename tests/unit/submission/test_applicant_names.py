"""Names beside 申请人: masked where they certainly are names, and nothing else is taken for one."""

import pytest

from gongkai.submission.personal_data import mask


@pytest.mark.parametrize(
    "text",
    [
        "申请人：王示例",
        "申请人姓名：李样",
        "申请人（张示例）要求公开",
        "申请人:陈示例，来电询问",
        "申请人：刘样先生",
        "申请人张示例，要求公开征地批文",
        "申请人王样",
        "申请人姓名 王示例",
        "申请人 李样",
        "申请人为张示例",
        "申请人：尹示例",
        "申请人：欧阳示例",
        "申请人欧阳样，来函",
        "李样（申请人）要求公开",
        "申请人：李示例的申请",
        "申请人：高样提出",
    ],
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
        "申请人曾提出，应公开",
        "申请人许可，",
        "申请人陈述，",
        "由申请人张贴。",
        "申请人任选，",
        "申请人范围",
        "申请人：高校",
        "申请人：顾客",
        "申请人：石井镇",
        "申请人：梅花镇",
        "申请人张姓，",
        "申请人：单位",
        "申请人：公司",
        "申请人：全体村民",
        "申请人 电话咨询",
        "申请人要求（申请人）补正",
    ],
)
def test_other_words_are_left_alone(text: str) -> None:
    assert mask(text) == (text, ())


@pytest.mark.parametrize("text", ["张示例", "李样", "欧阳示例", " 尹样 "])
def test_a_bare_name_is_no_code_for_an_applicant(text: str) -> None:
    assert mask(text, "code") == ("〔已屏蔽：申请人姓名〕", ("申请人姓名",))
    assert mask(text) == (text, ()), "elsewhere two characters are a word"


@pytest.mark.parametrize("text", ["甲", "A-001", "申请人1", "张某", "李某某", "自然人3", "某公司", "周边居民"])
def test_a_code_is_left_alone(text: str) -> None:
    assert mask(text, "code") == (text, ())
