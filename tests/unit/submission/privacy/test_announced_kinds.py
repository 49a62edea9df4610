"""What the words around a number make of it: a person's papers, an office's contact, or another thing's number."""

import pytest

from gongkai.submission.privacy.personal_data import by_rule, mask

CHILD, ADULT, MOBILE = "440199201505120033", "11010519491231002X", "13800000000"


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("持护照E00000000的外籍人员", "持护照〔已屏蔽：护照号码〕的外籍人员"),
        ("护照号码：EA0000000", "护照号码：〔已屏蔽：护照号码〕"),
        ("持E00000000号护照", "持〔已屏蔽：护照号码〕号护照"),
        ("港澳通行证H00000000持有人", "港澳通行证〔已屏蔽：通行证号码〕持有人"),
        ("回乡证号：M0000000000", "回乡证号：〔已屏蔽：通行证号码〕"),
        ("台胞证00000000持有人", "台胞证〔已屏蔽：通行证号码〕持有人"),
        ("香港身份证A000000(3)", "香港身份证〔已屏蔽：通行证号码〕"),
        ("军官证军字第0000000号", "军官证〔已屏蔽：军官证等证件号码〕号"),
        ("军官证（南字第0000000号）", "军官证（〔已屏蔽：军官证等证件号码〕号）"),
        ("士兵证0000000", "士兵证〔已屏蔽：军官证等证件号码〕"),
        ("车牌粤A00000的处罚记录", "车牌〔已屏蔽：车牌号码〕的处罚记录"),
        ("驾驶粤A·00000超速", "驾驶〔已屏蔽：车牌号码〕超速"),
        ("车主沪AD00000", "车主〔已屏蔽：车牌号码〕"),
        ("微信号shili_88反映", "微信号〔已屏蔽：微信号〕反映"),
        ("微信：shiliren", "微信：〔已屏蔽：微信号〕"),
        ("QQ：10000反映", "QQ：〔已屏蔽：QQ号码〕反映"),
        ("账号6200000000000000000000开户", "账号〔已屏蔽：银行账号〕开户"),
        ("家住示例路12号3栋502室的住户", "家住〔已屏蔽：住址〕的住户"),
        ("住址：示例村3组12号", "住址：〔已屏蔽：住址〕"),
        ("身份证号：110105194912310021", "身份证号：〔已屏蔽：身份证号码〕"),  # the check digit is wrong
        ("身份证110105/19491231/0021", "身份证〔已屏蔽：身份证号码〕"),
        (f"{ADULT[:17]}X{MOBILE}", "〔已屏蔽：身份证号码〕〔已屏蔽：手机号码〕"),
        (f"{MOBILE}{MOBILE}", "〔已屏蔽：手机号码〕〔已屏蔽：手机号码〕"),
        (f"致电{MOBILE}号机主", "致电〔已屏蔽：手机号码〕号机主"),
        ("申请人邮箱example@example.invalid", "申请人邮箱〔已屏蔽：电子邮箱〕"),
    ],
)
def test_what_is_announced_as_a_persons_is_certain(text: str, masked: str) -> None:
    assert mask(text)[0] == masked


@pytest.mark.parametrize("before", ["学生", "其孙", "身份证号：", "幼儿"])
def test_a_childs_number_is_certain_beside_words_about_people(before: str) -> None:
    assert mask(f"{before}{CHILD}入学")[1] == ("身份证号码",)


@pytest.mark.parametrize(
    "text",
    [
        "监督邮箱：example@example.invalid",
        "投诉举报邮箱example@example.invalid",
        "意见征集邮箱为example@example.invalid",
        f"监督电话{MOBILE}",
        f"政务公开咨询电话：{MOBILE}",
        "办公电话：020-60000000",
        "办公地址：示例路12号行政中心3栋502室",
        "政务咨询QQ群10000",
        "微信公众号：shili_2021",
        "官方微信：shili_fabu1",
        "缴费账号：6200000000000000000（区财政局非税专户）",
        f"流水号{MOBILE}",
        f"受理编号：{MOBILE}",
        f"公文编号 {MOBILE}",
        f"第{MOBILE}号",
        "个体工商户注册号440199600123456",
        "注销企业440199600123456",
        "档案号4111111111111111",
        f"https://example.invalid/view?id={MOBILE}",
        f"见example.invalid/xxgk/{MOBILE}.shtml",
        "护照办理流程",
        "车牌摇号政策",
        "苏A级景区名单",
        "微信小程序上线",
        "人民路12号3栋房屋安全鉴定报告",
        "公务用车管理情况",
    ],
)
@pytest.mark.parametrize("of_people", [True, False])
def test_what_is_announced_as_another_things_is_left_alone(text: str, of_people: bool) -> None:
    assert mask(text, of_people) == (text, ())


@pytest.mark.parametrize(
    "text",
    [
        "档案号：110105194912310029",  # by its check digit a person's
        "https://example.invalid/doc/110105194912310029.html",
        "要求公开粤A00000的记录",
        "440199600123456的档案",
    ],
)
def test_where_only_the_digits_speak_it_is_a_question(text: str) -> None:
    assert [*by_rule(mask(text.replace("110105194912310029", ADULT))[1])] == ["PERSONAL-SUSPECT"]


@pytest.mark.parametrize("text", ["H00000000的出入境记录", "E00000000的签发记录"])
def test_a_shape_of_papers_is_a_question_only_where_people_are_spoken_of(text: str) -> None:
    assert [*by_rule(mask(text, of_people=True)[1])] == ["PERSONAL-SUSPECT"]
    assert mask(text) == (text, ())


def test_what_is_certain_and_what_is_not_are_two_rules() -> None:
    assert by_rule(("手机号码", "疑似车牌号码", "微信号")) == {
        "PERSONAL-DATA": ("手机号码", "微信号"),
        "PERSONAL-SUSPECT": ("疑似车牌号码",),
    }


@pytest.mark.parametrize(
    "text",
    [
        "身份证（尾数模糊）110105194912310021",  # a wrong check digit, other words between
        "残疾证号11010519491231002X43",  # with category and grade behind it
        "11\ufe0f0105\u318019491231\u3164002X",
        "退役军人优待证编号3201000000000",
        "手机号一三八零零零零零零零零",
        "电话幺三八〇〇〇〇〇〇〇〇",
        "企鹅号（QQ）：100000001",
        "电子邮箱：someone@example.invalid（申请人）",
        "座机0516-80000000（申请人家中）",
        "村民张小花多次来电要求公开名单",
        "村民小组长张小花申请公开承包合同",
        "委托代理人张小花律师提交申请",
        "申请人 张 小 花 来信",
        "申请人：张某花（化名，真名张小花）",
        "死者张小花之妻申请公开事故报告",
        "户主张小花名下的宅基地",
        "患者家属张小花申请公开鉴定材料",
        "业主代表张小花请求公开维修资金",
    ],
)
def test_further_ways_to_say_who_somebody_is_are_found(text: str) -> None:
    masked, kinds = mask(text)
    assert kinds
    assert "张小花" not in masked
    assert "张 小 花" not in masked


@pytest.mark.parametrize(
    "text",
    [
        "开户行：区财政局非税账户，账号10112345678901234",
        "村民小组长会议培训3次",
        "代理人制度改革",
        "真名实姓网络实名制宣传",
        "死者家属安抚工作预案",
        "一二三四五六七八九十项措施",
        "联系人：王科长",
        "名下企业信息变更",
        "律师参与行政复议120人次",
    ],
)
def test_words_that_stand_beside_them_are_nobody(text: str) -> None:
    assert mask(text) == (text, ())


def test_the_telephone_of_an_office_s_own_contact_is_at_most_a_question() -> None:
    assert mask("联系人：区政府办公室王科长，电话0512-60000000")[1] == ("疑似固定电话",)
