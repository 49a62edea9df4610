"""What the workbook of a profile holds: its sheets, their columns, and where each value stands in the profile's files.

A sheet is found again by its headings, whatever its name has become. How a column's text becomes a value is its kind;
see `values`.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a sheet.

    Attributes:
        key: the key in the YAML file.
        heading: as printed.
        kind: text, code, codes, area, areas, names, year, mail, yes, group, level, points, whole, day or postcode.
        needed: whether a row without it is a mistake.
        width: in characters.
        note: a word over the heading.
        told_only: it is written for people and never read back.
    """

    key: str
    heading: str
    kind: str = "text"
    needed: bool = False
    width: float = 16.0
    note: str = ""
    told_only: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A sheet with one row an entry."""

    name: str
    columns: tuple[Column, ...]
    note: str
    id: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One value of the sheet 本区: `path` is that in its file, an entry of a list by its number."""

    file: str
    path: tuple[str | int, ...]
    heading: str
    kind: str = "text"
    needed: bool = True
    note: str = ""


DISTRICT_SHEET = "本区"
DISTRICT = (
    Line("district.yaml", ("name",), "区（市）名称", note="印在每份材料的抬头"),
    Line("district.yaml", ("office_name",), "政务公开主管部门"),
    Line("district.yaml", ("government_name",), "区（市）人民政府"),
    Line("district.yaml", ("contact", "department"), "联系科室"),
    Line("district.yaml", ("contact", "phone"), "联系电话"),
    Line("district.yaml", ("contact", "email"), "联系邮箱", "mail"),
    Line("district.yaml", ("contact", "address"), "联系地址", needed=False, note="可不填"),
    Line("district.yaml", ("contact", "postcode"), "邮政编码", "postcode", needed=False, note="6 位数字，可不填"),
    Line("cycle.yaml", ("soft",), "单位报送期限", "day", note="下一年的几月几日，例如 1月31日"),
    Line("cycle.yaml", ("hard",), "全区公布期限", "day", note="例如 3月31日；此后不再收件"),
    Line("cycle.yaml", ("appeal_working_days",), "申诉工作日", "whole", needed=False, note="不填即 5"),
    Line("cycle.yaml", ("rectify",), "整改期限", "day", needed=False, note="扣分事项的整改期限，不填即 9月30日"),
)

UNITS = Table(
    "单位",
    (
        Column("code", "代码", "code", needed=True, width=10),
        Column("name", "名称", needed=True, width=24),
        Column("kind", "组别", "group", needed=True, width=26, note="下拉选择"),
        Column("level", "层级", "level", needed=True, width=10, note="下拉选择"),
        Column("authority", "所属机关", needed=True, width=28),
        Column("areas", "负责领域", "areas", width=30, note="几个的用、隔开，如 07、08"),
        Column("contact_email", "邮件地址", "mail", width=28),
        Column("aliases", "别称", "names", width=20, note="几个的用、隔开"),
        Column("former_names", "曾用名", "names", width=20, note="几个的用、隔开"),
        Column("from_year", "起始年度", "year", width=10),
        Column("to_year", "终止年度", "year", width=10),
        Column("succeeds", "承接单位代码", "codes", width=14, note="合并、分设时填"),
        Column("requests_counted_by", "申请由谁统计", width=22, note="由上级统计的才填"),
        Column("carries_tables", "填三张表", "yes", width=10, note="不填即是"),
    ),
    "一行一个单位，次序就是各种清单的次序。删去一行，这个单位就不再报送：以前报送过的，请改填终止年度。",
    id="code",
)
AREAS = Table(
    "领域",
    (Column("number", "编号", "area", needed=True, width=8), Column("name", "名称", needed=True, width=30)),
    "试点领域。本区没有的可以删去。",
    id="number",
)
DAYS = Table(
    "工作日",
    (
        Column("day", "日期", "date", needed=True, width=14),
        Column("works", "是否上班", "yes", needed=True, width=10),
        Column("name", "说明", width=24, told_only=True),
    ),
    "按国务院办公厅的放假通知填：放假的工作日填“否”，因调休上班的周末填“是”；全年没有调休的，日期一栏写“无调休”。",
    id="day",
)
SWITCHED_OFF = Table(
    "停用规则",
    (
        Column("rule", "规则编号", needed=True, width=24),
        Column("reason", "理由", needed=True, width=60, note="回执上会照印"),
    ),
    "本区不适用的核对规则，见规则清单。没有的不填。",
    id="rule",
)
WEIGHTS_SHEET = "考核分值"
WEIGHTS_NOTE = "各组的分值，每组合计应为 100；不考核的留空。"
CODE, LABEL = Column("code", "指标", width=10), Column("label", "指标名称", width=34)
