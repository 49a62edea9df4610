"""Names beside 申请人: masked where they certainly are names, and nothing else is taken for one."""

import pytest

from gongkai.submission.privacy.column_labels import label_of
from gongkai.submission.privacy.personal_data import mask


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
        "申请人名称：王示例",
        "申请人是王示例",
        "申请人“王示例”",
        "申请人——王示例",
        "申请人1：王示例",
        "申请人（自然人）：王示例",
        "申请人：\n王示例",
        "申请人：王　样",
        "申请人：王示例、李样",
        "申请人：王示例，李样",
        "申请人：王示例和李样要求公开",
        "申请人王示例、李样、张示例",
        "申请人：王示例等3人",
        "申请人王示例等三人",
        "申请人：王示例不服",
        "申请人王示例要求公开征地批文",
        "申请人：郝示例",
        "申请者：王示例",
        "当事人：王示例",
        "原告：王示例",
        "第三人（王示例）",
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
        "申请人：高样提出",  # begins as other words do
        "申请人：于示例",
        "申请人：关示例",
        "申请人：金龙鱼",  # an article
        "申请人：John Smith要求公开",
        "申请人为 Maria de la Cruz",
        "申请人：扎西顿珠",
        "村民李秀英房屋征收补偿协议",
        "村民李秀英、王建国承包地确权",
        "业主高强投诉物业",
        "当事人王秀英的处罚决定书",
    ],
)
def test_what_may_be_a_name_is_masked_for_the_office_to_say(text: str) -> None:
    masked, kinds = mask(text)
    assert kinds == ("疑似申请人姓名",)
    assert masked != text


@pytest.mark.parametrize(
    "text",
    [
        "申请人：买买提·艾力要求公开",
        "村民阿依古丽•吐尔逊宅基地审批",
        "李秀英，女，1962年5月12日出生，患示例症",
        "王建国（男，68岁）养老金发放",
    ],
)
def test_a_name_of_another_shape_or_a_person_described_is_certain(text: str) -> None:
    assert "申请人姓名" in mask(text)[1]


def test_who_is_described_is_masked_with_birthday_and_illness() -> None:
    assert mask("李秀英，女，1962年5月12日出生，患示例症")[0] == (
        "〔已屏蔽：申请人姓名〕，女，〔已屏蔽：出生日期〕出生，患〔已屏蔽：健康状况〕"
    )


@pytest.mark.parametrize("text", ["张三", "安置补偿；李秀英", "李秀英反映邻居违建", "王建国与邻居的纠纷"])
def test_in_a_case_a_name_that_stands_apart_is_a_question(text: str) -> None:
    assert mask(text, of_people=True)[1] == ("疑似申请人姓名",)
    assert mask(text) == (text, ())


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
        "申请人：何人",
        "申请人：江苏人",
        "申请人：余姚人",
        "申请人：华侨",
        "申请人：成年人",
        "申请人：商户",
        "申请人：管理人",
        "申请人：于某",
        "申请人：叶家村",
        "申请人：王家庄",
        "申请人 王女士",
        "申请人：陈先生",
        "申请人：IBM",
        "申请人：ABC Trading Co., Ltd.",
        "申请人：碧桂园·凤凰城业主委员会",
        "村民代表会议记录",
        "村民高度关注的问题",
        "居民金融服务",
        "居民黄金周出行",
        "国家住房保障政策",
        "申请人是单位",
        "申请人陆续提出申请",
        "申请人郑重要求公开",
        "申请人孙子要求公开",
        "第三人：征求意见",
        "当事人：陈述、申辩",
        "第三人：高新企业",
        "第三人王示例",  # nothing says that it is no other word
        "联系人：王示例",  # an office's own
        "局长王示例",
    ],
)
def test_other_words_are_left_alone(text: str) -> None:
    assert mask(text) == (text, ())


@pytest.mark.parametrize("text", ["张示例", "李样", "欧阳示例", " 尹样 "])
def test_a_bare_name_is_no_code_for_an_applicant(text: str) -> None:
    assert mask(text, "code") == ("〔已屏蔽：申请人姓名〕", ("申请人姓名",))
    assert mask(text) == (text, ()), "elsewhere two characters are a word"


@pytest.mark.parametrize(
    "text", ["甲", "A-001", "申请人1", "张某", "李某某", "自然人3", "某公司", "周边居民", "任何人"]
)
def test_a_code_is_left_alone(text: str) -> None:
    assert mask(text, "code") == (text, ())


@pytest.mark.parametrize(
    "text", ["申请人姓名", "姓 名", "身份证号", "联系电话", "地址", "applicantName", "phoneNumber", "id_no"]
)
def test_a_column_that_no_list_of_cases_may_have(text: str) -> None:
    assert label_of(text).personal


@pytest.mark.parametrize("text", ["申请人", "申请人名称", "当事人", "applicant"])
def test_a_column_where_what_stands_below_decides(text: str) -> None:
    assert label_of(text) == (False, True)


@pytest.mark.parametrize("text", ["网址", "承办人", "经办人", "联系人", "申请人类型", "备注", "channel"])
def test_any_other_column_is_only_unknown(text: str) -> None:
    assert label_of(text) == (False, False)
