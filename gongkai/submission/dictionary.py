"""The data dictionary (数据字典) for people: every table, list and field, from the formats and `lists.yaml` alone.

    python -m gongkai.submission.dictionary > docs/data_dictionary.md

A test compares the page with what this writes. Nothing is explained here that the data does not say.
"""

import sys
from collections.abc import Iterator

from gongkai.national_format import NationalFormat, known_formats
from gongkai.submission.fields import Field, FieldGroup, groups, lists, template_version

_TYPES = {
    "text": "文字",
    "date": "日期",
    "integer": "整数",
    "decimal": "小数",
    "boolean": "是／否",
    "choice": "单选",
    "choices": "多选",
}
_BY_FORMAT = {"outcomes": "表三的办理结果", "applicant_types": "表三的申请人类型"}


def dictionary() -> str:
    """The page as Markdown."""
    return "\n".join(_lines()) + "\n"


def _lines() -> Iterator[str]:
    yield from ("# 数据字典", "")
    yield "本页由 `python -m gongkai.submission.dictionary` 从 `gongkai/national_format/` 和"
    yield "`gongkai/submission/lists.yaml` 生成，请勿手工修改。JSON 和 CSV 的写法见 [contract.md](contract.md)。"
    yield f"现行填报模板为第 {template_version()} 版；“自”一栏是该项首次列入的模板版本，"
    yield "此前发出的模板没有这一项，不算缺报。"
    for national_format in known_formats():
        yield from _tables(national_format)
    for title, found in (("单项数据和文字", groups()), ("清单", lists())):
        yield from ("", f"## {title}")
        for group in found.values():
            yield from _group(group)


def _tables(national_format: NationalFormat) -> Iterator[str]:
    yield from ("", f"## {national_format.title}", "")
    yield f"格式 `{national_format.format_id}`，{national_format.document_no}。"
    for table in national_format.tables.values():
        yield from ("", f"### `{table.key}` {table.label} {table.caption}", "")
        yield from ("| 键 | 行 | 列 | 类型 | 单位 |", "| --- | --- | --- | --- | --- |")
        for cell in table.cells():
            kind = _TYPES[cell.value_type] + ("，可为负" if cell.may_be_negative else "")
            yield f"| `{cell.where}` | {cell.row_label} | {cell.column_label} | {kind} | {cell.unit} |"


def _group(group: FieldGroup) -> Iterator[str]:
    yield from ("", f"### `{group.key}` {group.label}", "")
    said = [group.note or "", f"工作表：{group.sheet}。" if group.sheet else ""]
    said += [f"标识字段：`{group.id}`。" if group.id else "", _years(group)]
    if any(said):
        yield from ("".join(said), "")
    yield from ("| 字段 | 名称 | 类型 | 必填 | 取值 | 自 |", "| --- | --- | --- | --- | --- | --- |")
    for field in group.fields.values():
        kind = _TYPES[field.type] + (f"（{field.unit}）" if field.unit else "")
        required = "是" if field.required else ""
        values = _choices(field) + _years(field)
        yield f"| `{field.key}` | {field.label} | {kind} | {required} | {values} | 第 {field.since} 版 |"


def _choices(field: Field) -> str:
    if isinstance(field.choices, str):
        return _BY_FORMAT[field.choices]
    return "、".join(f"`{key}` {label}" for key, label in (field.choices or {}).items())


def _years(one: Field | FieldGroup) -> str:
    """The report years that ask it, where these are not all."""
    if one.from_year is None and one.to_year is None:
        return ""
    first = f"{one.from_year} 年度起" if one.from_year else ""
    return f"（{first}{f'至 {one.to_year} 年度止' if one.to_year else ''}）"


if __name__ == "__main__":
    sys.stdout.write(dictionary())
