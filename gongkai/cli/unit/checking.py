"""`gongkai check`: the pipeline's verdict on one file, in the terminal or as JSON; nothing is stored."""

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing
from dataclasses import asdict, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from expectations.gx_library import load_engine
from gongkai.cli.unit.checking_report import edited_by_the_office, judge_edited_report
from gongkai.errors import CallError, UnknownUnit
from gongkai.findings import AFTER_ACCEPTANCE, Finding
from gongkai.national_format import for_year
from gongkai.profile import Profile, load_profile
from gongkai.reporting.shared.words import at, coercion_words, counted, hint_of, not_applied, without_asking
from gongkai.settings import Settings
from gongkai.submission.form import REFUSED, Reading, ReceivedFile
from gongkai.submission.inbox import received_files
from gongkai.submission.inbox.formats import OFFICE_FOLDER
from gongkai.submission.inbox.named_unit import identified
from gongkai.submission.inbox.office_files import is_office_input
from gongkai.submission.verdict import Status, Verdict

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from expectations.context import Context
    from gongkai.warehouse.records import YearState

_BEFORE_SENDING = "自查时不核对截止日期。"
_NO_WAREHOUSE = "没有指明数据库，不能与其他单位和以前报送的材料比较。"


def check_file(
    file: Path,
    year: int | None,
    profile: Path | None,
    warehouse: str | None,
    as_json: bool,
    html: Path | None = None,
    unit: str | None = None,
    as_of: datetime | None = None,
) -> int:
    """Reads and validates one file as the pipeline would at a moment; `html` also gets the result as a page.

    `unit` checks it as if it lay in that unit's folder: for a file that names no unit, such as a published report.

    Returns:
        0 acceptable, 3 not acceptable.
    """
    if not file.is_file():
        raise CallError(f"文件不存在：{file}。")
    with closing(_AtHand(profile, warehouse, as_of)) as at_hand:
        loaded = at_hand.profile(year)
        if unit is not None and loaded.unit(unit) is None:
            raise UnknownUnit(f"名录中没有单位 {unit}。请核对 --unit。")
        received = received_files.received(file, loaded, at_hand.moment, year)
        reading = _read_while_loading(replace(received, folder=unit), year)
        if unit is None and is_office_input(reading):
            return _office(received, loaded, year, at_hand.moment.year - 1, as_json, html)
        if unit is None and reading.kind != REFUSED and edited_by_the_office(received, loaded):
            return _edited(received, loaded, year, at_hand, as_json, html)
        if year is None:
            year = reading.submission.year if reading.submission else at_hand.moment.year - 1
            loaded = at_hand.profile(year)
        reading = identified(reading, loaded.units)
        context, known = at_hand.surroundings(year, loaded)

    from expectations.roles import judge_alone

    verdict = judge_alone(reading, context, known).verdict
    if as_json:
        click.echo(json.dumps(_document(reading, year, verdict), ensure_ascii=False, indent=1))
    else:
        click.echo("\n".join([*_text(verdict, year), *_received_before(reading, known)]))
    if html:
        from gongkai.reporting.receipt.self_check import write_check_page

        write_check_page(reading.file, verdict, loaded, year, at_hand.moment, html)
    return 0 if verdict.status is Status.ACCEPTED else 3


def _office(file: ReceivedFile, loaded: Profile, year: int | None, last: int, as_json: bool, html: Path | None) -> int:
    """The same of a file of the office's own."""
    from gongkai.cli.unit.checking_office import judge_office_file

    if html:
        raise CallError("办公室自己的录入没有自查网页；去掉 --html，在终端查看，或用 --json。")
    verdict, of = judge_office_file(file, loaded, year, last)
    said = _document(Reading(file, None), of, verdict) | {"unit": OFFICE_FOLDER}
    click.echo(json.dumps(said, ensure_ascii=False, indent=1) if as_json else "\n".join(_text(verdict, of)))
    return 0 if verdict.status is Status.ACCEPTED else 3


def _edited(
    file: ReceivedFile, loaded: Profile, year: int | None, at_hand: "_AtHand", as_json: bool, html: Path | None
) -> int:
    """The same of the district's report as the office edited it: what `gongkai adopt` would find, adopted by nobody."""
    verdict, of = judge_edited_report(file, loaded, year, at_hand.moment, at_hand.engine, html)
    said = _document(Reading(file, None), of, verdict) | {"unit": OFFICE_FOLDER}
    lines = [
        f"这是{of}年度{loaded.district.says('全区报告')}的修改稿，不是单位的报送，已与数据逐项核对：",
        *_text(verdict, of),
    ]
    click.echo(json.dumps(said, ensure_ascii=False, indent=1) if as_json else "\n".join(lines))
    return 0 if verdict.status is Status.ACCEPTED else 3


class _AtHand:
    """What a check may ask beside the file: a moment, a profile, and a warehouse where one is named."""

    def __init__(self, profile: Path | None, warehouse: str | None, as_of: datetime | None) -> None:
        self._named = profile or Settings().profile
        self._loaded = load_profile(self._named)
        self.moment = self._loaded.local(as_of) if as_of else datetime.now(self._loaded.district.zone)
        self._held = ExitStack()
        self.engine: Engine | None = None
        if warehouse:
            from gongkai.warehouse.engine import looked_at

            self.engine = self._held.enter_context(looked_at(warehouse))

    def close(self) -> None:
        """Lets go of the warehouse."""
        self._held.close()

    def profile(self, year: int | None) -> Profile:
        """The profile that is named, else the one of the warehouse's last run (of the year, if it has one)."""
        if self._named or self.engine is None:
            return self._loaded
        from gongkai.warehouse.queries import last_profile

        return last_profile(self.engine, self.moment, year) or last_profile(self.engine, self.moment) or self._loaded

    def surroundings(self, year: int, profile: Profile) -> tuple["Context", "YearState | None"]:
        """The context of a check, and the year as the warehouse knows it."""
        if self.engine is None:
            from expectations.context import Context

            set_aside = _set_aside(year, with_others=False)
            return Context(year=year, profile=profile, as_of=self.moment, set_aside=set_aside), None
        from expectations.gathering import gather_context
        from gongkai.warehouse.queries import load_year

        known = load_year(self.engine, year, self.moment, profile)
        return gather_context(known, set_aside=_set_aside(year, with_others=True)), known


def _set_aside(year: int, with_others: bool) -> dict[str, str]:
    """What a sender's own check leaves out: the deadline is for the office to judge, others may not be at hand."""
    from expectations.catalogue import load_catalogue

    alone = () if with_others else (rule.id for rule in load_catalogue().in_force(year) if rule.needs_warehouse)
    return {"INTAKE-CLOSED": _BEFORE_SENDING, **dict.fromkeys(alone, _NO_WAREHOUSE)}


def _read_while_loading(file: ReceivedFile, year: int | None) -> Reading:
    """Reads in the reading process while this one loads Great Expectations, which takes the longest."""
    with ThreadPoolExecutor(1) as beside:
        reading = beside.submit(received_files.read, file, year)
        load_engine()
        return reading.result()


def _document(reading: Reading, year: int, verdict: Verdict) -> dict[str, object]:
    return {
        "unit": reading.submission.unit if reading.submission else None,
        "year": year,
        "file": reading.file.name,
        "sha256": reading.file.sha256,
        "status": verdict.status.value,
        "findings": [finding.to_json() for finding in verdict.findings],
        "coercions": [coercion.to_json() for coercion in verdict.coercions],
        "rules_not_applied": [{"rule": n.rule, "reason": n.reason} for n in verdict.rules_not_applied],
        "profile_rules": [asdict(change) for change in verdict.profile_rules],
        "text": asdict(verdict.text),
    }


def _text(verdict: Verdict, year: int) -> list[str]:
    lines = [f"结论：{verdict.status.foretold}（{counted(verdict)}）"]
    for finding in verdict.findings:
        asked = " ".join(part for part in (finding.message, hint_of(finding, finding.message)) if part)
        said = asked if finding.settled_by is None else without_asking(finding.message)
        head = f"{finding.severity.sign} {finding.severity.word}{_settled(finding)}"
        lines.append(f"{head} {said}{at(finding.sheet, finding.cell)}  {finding.rule}")
    lines += [f"读取时作了换算：{coercion_words(one, for_year(year))}" for one in verdict.coercions]
    for line in not_applied(verdict):
        lines.append(f"未能核验：{line.reason}（{line.rules}）")
    lines += [
        f"本区门槛 {c.rule}：{c.what} {c.value} {c.unit}（一般为 {c.regular} {c.unit}）：{c.reason}。"
        for c in verdict.profile_rules
    ]
    return lines


def _received_before(reading: Reading, known: "YearState | None") -> Iterator[str]:
    """Says that the very file is a revision already: what stands above is then what a run says of it."""
    standing = known.find(reading.addressee) if known else None
    for revision in standing.revisions if standing else ():
        if revision.sha256 == reading.file.sha256:
            yield f"这份文件已作为第 {revision.number} 次报送收到。"


def _settled(finding: Finding) -> str:
    if finding.kept:
        return f"（{AFTER_ACCEPTANCE}）"
    if finding.waived_by:
        return "（已豁免）"
    if finding.explained_in:
        return f"（已说明，沿用第 {finding.explained_in} 次报送）"
    return "（已说明）" if finding.reason else ""
