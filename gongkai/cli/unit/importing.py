"""`gongkai import`: a published or drafted annual report becomes a submission in the JSON form.

Prints what was read and what was not. What was not read is not in the JSON: nothing is guessed, nothing is filled in.
"""

import json
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import click

from gongkai.errors import CallError, UnknownUnit
from gongkai.findings import Severity
from gongkai.national_format import for_year
from gongkai.profile import Profile, load_profile
from gongkai.reporting.shared.words import coercion_words
from gongkai.settings import Settings
from gongkai.submission.form import UNIT_CODE, Cell, Reading, ReceivedFile, State, Submission
from gongkai.submission.inbox import received_files
from gongkai.submission.inbox.named_unit import identified
from gongkai.submission.places import cell_label
from gongkai.submission.published import looks_published, printed_report, read_published, report_title, report_year
from gongkai.submission.published.addressee import named_in_title
from gongkai.submission.readers.json_writer import submission_to_json

_NO_UNIT = "UNKNOWN"
_UNREAD = "PUBLISHED-UNREAD"


def import_file(file: Path, out: Path, unit: str | None, year: int | None, profile: Path | None) -> int:
    """Reads one report and writes its JSON.

    Returns:
        0 all of the report was read, 3 something was not.
    """
    if not file.is_file():
        raise CallError(f"文件不存在：{file}。")
    if unit is not None and not UNIT_CODE.fullmatch(unit):
        raise CallError(f"“{unit}”不是单位代码：应为大写字母开头的字母、数字。")
    if out.resolve() == file.resolve():
        raise CallError("--out 与要读取的文件是同一个文件，原件不能覆盖。")
    loaded = load_profile(profile or Settings().profile)
    received = received_files.received(file, loaded, datetime.now(loaded.district.zone))
    reading = _read(received, unit, year, loaded)
    submission = reading.submission
    if submission is None:
        raise CallError(_refusal(reading))
    if unit is not None and submission.unit != unit:
        raise UnknownUnit(f"文件内的单位代码是 {submission.unit}，与 --unit {unit} 不一致。请核对。")
    if year is not None and submission.year != year:
        raise CallError(f"文件内的年度是 {submission.year}，与 --year {year} 不一致。请核对。")
    text = json.dumps(submission_to_json(submission), ensure_ascii=False, indent=1)
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_text(text + "\n", encoding="utf-8", newline="\n")
    click.echo("\n".join(_said(reading, submission, out)))
    return 3 if _unread(reading, submission) else 0


def _read(received: ReceivedFile, unit: str | None, year: int | None, profile: Profile) -> Reading:
    data = received_files.contents(received)
    if not isinstance(data, bytes) or not looks_published(data):
        return identified(received_files.read(received), profile.units)
    report = printed_report(data)
    if report is not None:
        said = report_year(report)
        if year is not None and said is not None and said != year:
            raise CallError(f"报告写的年度是 {said}，与 --year {year} 不一致。请核对。")
        unit = unit or named_in_title(report_title(report), profile.units) or _NO_UNIT
    return read_published(replace(received, folder=None), data, unit or _NO_UNIT, year)


def _refusal(reading: Reading) -> str:
    from expectations.results import issue_finding

    messages = [issue_finding(issue, for_year(2021)).message for issue in reading.issues]
    return "\n".join(messages) or "文件无法读取。"


def _unread(reading: Reading, submission: Submission) -> list[str]:
    """What of the report is not in the JSON, in the order of the report."""
    from expectations.results import issue_finding

    national_format = for_year(submission.year)
    said = [issue_finding(i, national_format).message for i in reading.issues if i.rule == _UNREAD]
    said += [
        f"{cell_label(national_format.spec(where))}：“{cell.origin.raw}”不能确定为数字"
        f"（{cell.origin.sheet} {cell.origin.cell}）。"
        for where, cell in submission.by_where.items()
        if cell.state is State.UNREADABLE and national_format.has(where)
    ]
    return said


def _said(reading: Reading, submission: Submission, out: Path) -> list[str]:
    from expectations.results import issue_finding

    national_format = for_year(submission.year)
    lines = [f"已读取 {submission.year} 年度报告，写入 {out}"]
    for table in national_format.tables:
        specs = [spec for spec in national_format.cells if spec.table == table]
        cells = [cell for spec in specs if (cell := submission.by_where.get(spec.where))]
        values = sum(cell.state is State.VALUE for cell in cells)
        lines.append(
            f"  {specs[0].table_label}：规定 {len(specs)} 格，读出 {values} 格，空白或不适用 {_empty(cells)} 格"
        )
    words = [key for key in ("overview", "problems", "other_matters") if submission.value(f"narrative.{key}")]
    lines.append(f"  文字：读出 {len(words)} 部分（共 3 部分）")
    if submission.unit == _NO_UNIT:
        lines.append(f"单位代码：报告中没有，暂写作 {_NO_UNIT}。请用 --unit 写明后重新导入。")
    lines += [f"换算 {coercion_words(c, national_format)}" for c in reading.coercions]
    notices = [i for i in reading.issues if i.rule != _UNREAD]
    lines += [f"{Severity.NOTICE.word} {issue_finding(issue, national_format).message}" for issue in notices]
    lines += [f"未读出 {message}" for message in _unread(reading, submission)]
    return lines


def _empty(cells: list[Cell]) -> int:
    return sum(cell.state in (State.BLANK, State.NOT_APPLICABLE) for cell in cells)
