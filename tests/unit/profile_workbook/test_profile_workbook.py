"""A profile goes into a workbook and back: nothing is lost, only differences are written, a mistake has its cell."""

from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gongkai.errors import CallError, ProfileError
from gongkai.profile import load_profile
from gongkai.profile.starting import begin, examples
from gongkai.profile_workbook.changing import Changes, changes_of, put, try_out
from gongkai.profile_workbook.profile_rows import content_of
from gongkai.profile_workbook.reading_back import read_workbook
from gongkai.profile_workbook.writing import workbook_bytes

YEAR = 2027
Edit = Callable[[openpyxl.Workbook], None]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    begin(tmp_path / "profile", "authority")
    return tmp_path / "profile"


_KNOWN: dict[tuple[bytes, ...], bytes] = {}


def _written(folder: Path, content: tuple[bytes, ...]) -> bytes:
    """The workbook of a profile: equal files give an equal one, so it is written once."""
    if content not in _KNOWN:
        _KNOWN[content] = workbook_bytes(folder, YEAR)
    return _KNOWN[content]


def edited(folder: Path, edit: Edit) -> Path:
    """The workbook after somebody worked in it."""
    path = folder.parent / "配置.xlsx"
    path.write_bytes(_written(folder, tuple(file.read_bytes() for file in sorted(folder.rglob("*")) if file.is_file())))
    book = openpyxl.load_workbook(path)
    edit(book)
    book.save(path)
    return path


def changed(folder: Path, edit: Edit) -> Changes:
    read = read_workbook(edited(folder, edit), folder)
    assert read.problems == []
    return changes_of(folder, content_of(folder, YEAR), read)


def problems(folder: Path, edit: Edit) -> str:
    return "\n".join(read_workbook(edited(folder, edit), folder).problems)


def cell(sheet: str, address: str, value: str | None) -> Edit:
    def write(book: openpyxl.Workbook) -> None:
        book[sheet][address] = value

    return write


@pytest.mark.parametrize("example", examples())
def test_what_nobody_touched_changes_nothing(example: str, tmp_path: Path) -> None:
    begin(tmp_path / "profile", example)
    changes = changed(tmp_path / "profile", lambda _: None)
    assert (list(changes), changes.texts) == ([], {})


def test_a_unit_is_added_another_renamed_and_every_comment_stays(folder: Path) -> None:
    def edit(book: openpyxl.Workbook) -> None:
        sheet = book["单位"]
        sheet["B4"] = "区发展改革局"
        for column, value in zip("ABCDE", ("D18", "区数据局", "部门", "部门", "区数据局"), strict=True):
            sheet[f"{column}{sheet.max_row + (column == 'A')}"] = value

    before = (folder / "units.yaml").read_text(encoding="utf-8").splitlines()
    changes = changed(folder, edit)
    assert changes[0] == "单位 D01：名称 区发展和改革局 → 区发展改革局"
    assert changes[1].startswith("单位 D18：新增（区数据局）")
    profile = put(folder, changes)
    assert profile.unit("D18") is not None
    after = (folder / "units.yaml").read_text(encoding="utf-8").splitlines()
    assert [line for line in after if line.startswith("#")] == [line for line in before if line.startswith("#")]
    assert len(set(before) - set(after)) == 1  # the renamed line


def test_what_people_type_in_full_width_or_without_its_zero_is_read(folder: Path) -> None:
    def edit(book: openpyxl.Workbook) -> None:
        book["单位"]["G4"], book["单位"]["F5"] = "ｄ０１＠example.gov.cn", 9

    put(folder, changed(folder, edit))
    first, second, *_ = load_profile(folder).units
    assert (first.contact_email, second.areas) == ("d01@example.gov.cn", ("09",))


def test_a_sheet_is_known_by_its_headings_not_by_its_name_or_place(folder: Path) -> None:
    def edit(book: openpyxl.Workbook) -> None:
        book["单位"].title = "各单位"
        book.move_sheet("各单位", 4)
        book["各单位"].insert_cols(1)

    assert list(changed(folder, edit)) == []


def test_next_years_days_become_its_calendar_file(folder: Path) -> None:
    def edit(book: openpyxl.Workbook) -> None:
        sheet = book["工作日"]
        sheet.cell(sheet.max_row + 1, 1).value = "无调休"

    changes = changed(folder, edit)
    assert list(changes.texts) == ["calendar/2027.csv"]
    assert put(folder, changes).working_days().knows(YEAR)


def test_deadlines_weights_and_rules_switched_off(folder: Path) -> None:
    def edit(book: openpyxl.Workbook) -> None:
        book["本区"]["B12"] = "1月20日"
        book["考核分值"]["C4"], book["考核分值"]["C5"] = 11, 7
        book["停用规则"]["A4"], book["停用规则"]["B4"] = "CATALOGUE-STALE", "目录由市里统一维护"

    profile = put(folder, changed(folder, edit))
    assert profile.cycle.soft.day == 20
    assert [str(i.weight["department"]) for i in profile.scheme.indicators[:2]] == ["11", "7"]
    assert profile.rules.off[0].rule == "CATALOGUE-STALE"


def test_the_floors_of_the_grades_and_the_points_of_an_award(folder: Path) -> None:
    def edit(book: openpyxl.Workbook) -> None:
        sheet = book["本区"]
        rows = {str(row[0].value): row[1] for row in sheet.iter_rows()}
        rows["等次：优秀"].value, rows["加分：国家级"].value, rows["加分上限"].value = 92, "2.5", 6

    changes = changed(folder, edit)
    assert [str(one) for one in changes] == ["等次：优秀：90 → 92", "加分：国家级：2 → 2.5", "加分上限：5 → 6"]
    scheme = put(folder, changes).scheme
    assert (str(scheme.bands[0].at_least), str(scheme.bonus[0].points), str(scheme.bonus_cap)) == ("92", "2.5", "6")
    assert "四舍五入" in (folder / "scheme.yaml").read_text(encoding="utf-8")  # comments stay


@pytest.mark.parametrize(
    ("sheet", "address", "value", "says"),
    [
        ("单位", "A5", "D01", "“单位”表 A5：代码 D01 与第 4 行重复，请改正，或删去其中一行"),
        ("单位", "L6", "Z99", "“单位”表 L6：承接单位代码应为现有或撤并前的单位代码（没有 Z99）"),
        ("单位", "M4", "区发展和改革局", "“单位”表 M4：申请由谁统计 是本单位自己的机关"),
        ("本区", "B13", "1月20日", "“本区”表 B13：全区公布期限 1月20日 早于单位报送期限 1月31日"),
        ("本区", "B17", "95", "“本区”表 B17：等次：良好 95 应低于等次：优秀 90"),
        ("工作日", "A4", "2026年1月1日", "“工作日”表 A4：日期 2026-01-01 不在 2027 年"),
        ("工作日", "B4", "是", "“工作日”表 B4：2027-01-01 是元旦，法定节假日不能是上班日"),
        ("考核分值", "C4", "99", "“考核分值”表 C3：部门各项分值合计为 189，应为 100"),
        ("单位", "A5", "一号", "“单位”表 A5：代码应为大写字母开头的代码，例如 T01（现为“一号”）"),
        ("单位", "C6", "街道", "组别应为部门、领域外机关、镇街、政务公开主管部门（现为“街道”）"),
        ("单位", "G7", "d04 at example", "“单位”表 G7：邮件地址应为一个完整的地址"),
        ("单位", "F7", "31", "没有 31"),
        ("单位", "B8", None, "“单位”表 B8：名称没有填写"),
        ("单位", "J8", "去年", "起始年度应为四位年份"),
        ("本区", "B12", "2月30日", "单位报送期限应为每年都有的一天"),
        ("考核分值", "C4", "十分", "应为数字（现为“十分”）"),
        ("工作日", "A4", "元旦", "日期应为年月日，例如 2027-01-01（现为“元旦”）"),
    ],
)
def test_a_mistake_is_told_with_sheet_cell_value_and_way_out(
    folder: Path, sheet: str, address: str, value: str | None, says: str
) -> None:
    assert says in problems(folder, cell(sheet, address, value))


def test_a_rule_that_is_none_or_has_to_stay_is_told(folder: Path) -> None:
    def edit(book: openpyxl.Workbook) -> None:
        book["停用规则"]["A4"], book["停用规则"]["B4"] = "YOY-CARY", "本区不用"

    refused = {"YOY-CARY": "没有规则 YOY-CARY"}
    found = read_workbook(edited(folder, edit), folder, refused.get).problems
    assert found == ["“停用规则”表 A4：没有规则 YOY-CARY。"]


@pytest.mark.parametrize(
    ("edit", "says"),
    [
        (lambda book: book["单位"].merge_cells("H4:H6"), "“单位”表 H4:H6 是合并单元格"),
        (lambda book: book["单位"].merge_cells("A5:B5"), "“单位”表 A5:B5 是合并单元格（现为“D02”）"),
        (lambda book: book["单位"].delete_cols(7), "“单位”表缺少“邮件地址”一栏，请从原表补上。"),
        (lambda book: book["考核分值"].delete_cols(3), "“考核分值”表缺少“department　部门”一栏"),
        (lambda book: book.copy_worksheet(book["单位"]), "“单位”、“单位 Copy”是同样的表，请只留一张。"),
    ],
)
def test_what_would_empty_cells_in_silence_is_a_mistake(folder: Path, edit: Edit, says: str) -> None:
    found = problems(folder, edit)
    assert says in found
    assert "没有填写" not in found


def test_a_column_of_their_own_is_noted_and_changes_nothing(folder: Path) -> None:
    def edit(book: openpyxl.Workbook) -> None:
        book["单位"]["O3"], book["单位"]["O4"] = "备注", "新来的"
        book["单位"].merge_cells("A1:N1")  # a title over the table harms nobody

    read = read_workbook(edited(folder, edit), folder)
    assert (read.problems, read.notes) == ([], ["“单位”表 O3：不认识的一栏“备注”，没有采用。"])
    assert list(changed(folder, edit)) == []


def test_all_mistakes_at_once_and_nothing_half_written(folder: Path) -> None:
    def edit(book: openpyxl.Workbook) -> None:
        book["单位"]["G7"], book["单位"]["D9"] = "无", "科室"
        book["单位"].delete_cols(5)

    found = problems(folder, edit)
    assert ("F7" in found, "D9" in found, "“单位”表缺少“所属机关”一栏" in found) == (True, True, True)


def test_what_would_be_no_profile_changes_no_file(folder: Path) -> None:
    before = {path.name: path.read_bytes() for path in folder.glob("*.yaml")}
    changes = changed(folder, cell("本区", "B12", "1月20日"))
    changes.texts["rules.yaml"] = "of: []\n"
    for attempt in (try_out, put):
        with pytest.raises(ProfileError, match=f"{folder}/rules.yaml 有误") as told:
            attempt(folder, changes)
        assert "是否应为 off" in str(told.value)
    assert {path.name: path.read_bytes() for path in folder.glob("*.yaml")} == before
    assert not (folder / "calendar").exists()


def test_what_is_no_workbook_is_said(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "x.xlsx").write_bytes(b"PK not really")
    with pytest.raises(CallError, match="打不开"):
        read_workbook(tmp_path / "x.xlsx", folder)


NAMES = st.text("甲乙丙丁戊街道镇局区", min_size=1, max_size=8)


@settings(max_examples=4, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    units=st.lists(
        st.fixed_dictionaries(
            {
                "name": NAMES,
                "areas": st.lists(st.integers(1, 26).map("{:02d}".format), max_size=3, unique=True),
                "aliases": st.lists(NAMES, max_size=2, unique=True),
                "from_year": st.none() | st.integers(2019, 2030),
                "carries_tables": st.booleans(),
                "former_names": st.lists(NAMES, max_size=2, unique=True),
                "to_year": st.none() | st.integers(2030, 2040),
                "succeeds": st.lists(st.sampled_from(["X00", "X01"]), max_size=2, unique=True),
                "requests_counted_by": st.none() | st.just("市某局"),
                "contact_email": st.none() | st.just("a@example.gov.cn"),
            }
        ),
        min_size=1,
        max_size=5,
    )
)
def test_any_registry_survives_the_round_trip(folder: Path, units: list[dict[str, object]]) -> None:
    import yaml

    content = yaml.safe_load((folder / "units.yaml").read_text(encoding="utf-8"))
    listed = [
        {"code": f"X{n:02d}", "kind": "department", "level": "department", "authority": "某局"}
        | {key: value for key, value in unit.items() if value not in (None, [])}
        for n, unit in enumerate(units)
    ]
    towns = [unit for unit in content["units"] if unit["kind"] in ("town", "outside", "office")]
    (folder / "units.yaml").write_text(
        yaml.safe_dump({"areas": content["areas"], "units": listed + towns}, allow_unicode=True), encoding="utf-8"
    )
    assert list(changed(folder, lambda _: None)) == []
