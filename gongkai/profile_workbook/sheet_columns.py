"""What the workbook of a profile holds: its sheets, their columns, and where each value stands in the profile's files.

A sheet is found again by its headings, whatever its name has become. How a column's text becomes a value is its kind;
see `values`.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SheetColumn:
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
class EntrySheet:
    """A sheet with one row an entry."""

    name: str
    columns: tuple[SheetColumn, ...]
    note: str
    id: str = ""


@dataclass(frozen=True, slots=True)
class DistrictValue:
    """One value of the sheet 本区: `path` is that in its file, an entry of a list by its number."""

    file: str
    path: tuple[str | int, ...]
    heading: str
    kind: str = "text"
    needed: bool = True
    note: str = ""


DISTRICT_SHEET = "本区"
DISTRICT = (
    DistrictValue("district.yaml", ("name",), "区（市）名称", note="印在每份材料的抬头"),
    DistrictValue("district.yaml", ("office_name",), "政务公开主管部门"),
    DistrictValue("district.yaml", ("government_name",), "区（市）人民政府"),
    DistrictValue("district.yaml", ("contact", "department"), "联系科室"),
    DistrictValue("district.yaml", ("contact", "phone"), "联系电话"),
    DistrictValue("district.yaml", ("contact", "email"), "联系邮箱", "mail"),
    DistrictValue("district.yaml", ("contact", "address"), "联系地址", needed=False, note="可不填"),
    DistrictValue(
        "district.yaml", ("contact", "postcode"), "邮政编码", "postcode", needed=False, note="6 位数字，可不填"
    ),
    DistrictValue("cycle.yaml", ("soft",), "单位报送期限", "day", note="下一年的几月几日，例如 1月31日"),
    DistrictValue("cycle.yaml", ("hard",), "全区公布期限", "day", note="例如 3月31日；此后不再收件"),
    DistrictValue("cycle.yaml", ("appeal_working_days",), "申诉工作日", "whole", needed=False, note="不填即 5"),
    DistrictValue(
        "cycle.yaml", ("rectify",), "整改期限", "day", needed=False, note="扣分事项的整改期限，不填即 9月30日"
    ),
)

UNITS = EntrySheet(
    "单位",
    (
        SheetColumn("code", "代码", "code", needed=True, width=10),
        SheetColumn("name", "名称", needed=True, width=24),
        SheetColumn("kind", "组别", "group", needed=True, width=26, note="下拉选择"),
        SheetColumn("level", "层级", "level", needed=True, width=10, note="下拉选择"),
        SheetColumn("authority", "所属机关", needed=True, width=28),
        SheetColumn("areas", "负责领域", "areas", width=30, note="几个的用、隔开，如 07、08"),
        SheetColumn("contact_email", "邮件地址", "mail", width=28),
        SheetColumn("aliases", "别称", "names", width=20, note="几个的用、隔开"),
        SheetColumn("former_names", "曾用名", "names", width=20, note="几个的用、隔开"),
        SheetColumn("from_year", "起始年度", "year", width=10),
        SheetColumn("to_year", "终止年度", "year", width=10),
        SheetColumn("succeeds", "承接单位代码", "codes", width=14, note="合并、分设时填"),
        SheetColumn("requests_counted_by", "申请由谁统计", width=22, note="由上级统计的才填"),
        SheetColumn("carries_tables", "填三张表", "yes", width=10, note="不填即是"),
    ),
    "一行一个单位，次序就是各种清单的次序。删去一行，这个单位就不再报送：以前报送过的，请改填终止年度。",
    id="code",
)
AREAS = EntrySheet(
    "领域",
    (SheetColumn("number", "编号", "area", needed=True, width=8), SheetColumn("name", "名称", needed=True, width=30)),
    "试点领域。本区没有的可以删去。",
    id="number",
)
DAYS = EntrySheet(
    "工作日",
    (
        SheetColumn("day", "日期", "date", needed=True, width=14),
        SheetColumn("works", "是否上班", "yes", needed=True, width=10),
        SheetColumn("name", "说明", width=24, told_only=True),
    ),
    "按国务院办公厅的放假通知填：放假的工作日填“否”，因调休上班的周末填“是”；全年没有调休的，日期一栏写“无调休”。",
    id="day",
)
SWITCHED_OFF = EntrySheet(
    "停用规则",
    (
        SheetColumn("rule", "规则编号", needed=True, width=24),
        SheetColumn("reason", "理由", needed=True, width=60, note="回执上会照印"),
    ),
    "本区不适用的核对规则，见规则清单。没有的不填。",
    id="rule",
)
WEIGHTS_SHEET = "考核分值"
WEIGHTS_NOTE = "各组的分值，每组合计应为 100；不考核的留空。"
CODE, LABEL = SheetColumn("code", "指标", width=10), SheetColumn("label", "指标名称", width=34)
