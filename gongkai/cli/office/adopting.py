"""`gongkai adopt`: an edited district report, compared figure by figure, adopted or refused with every difference."""

import json
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

import click

from expectations.wording import rule_wording
from gongkai.errors import CallError
from gongkai.reporting.outbox.adopting import AdoptionOutcome, adopt
from gongkai.reporting.outbox.report_act import Act
from gongkai.reporting.report.adoption.comparison import read_confirmations

_SHOWN = 50  # differences told one by one; the file holds all


def adopt_report(
    file: Path, year: int, out: Path, by: str, confirm: Path | None, warehouse: str | None, as_of: datetime | None
) -> int:
    """Compares FILE with the draft; 3 where a figure differs or waits for a person."""
    say = partial(click.echo, err=True)
    act = Act(year=year, out=out, by=by, wordings=rule_wording, say=say, warehouse=warehouse, at=as_of)
    confirmed = read_confirmations(_json(confirm), act.by) if confirm else {}
    outcome = adopt(act, file.name, _bytes(file), confirmed)
    result = file.with_name(f"{file.stem}.adopt.json")
    document = {
        "year": year,
        "file": file.name,
        **outcome.comparison.to_json(),
        "adopted": outcome.adoption is not None,
    }
    result.write_text(json.dumps(document, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    if outcome.adoption is None:
        _tell(outcome, file, result)
        return 3
    confirmed_words = f"，{len(outcome.comparison.open)} 处由人确认" if outcome.comparison.open else ""
    click.echo(
        f"{year} 年度报告已采用修改稿 {file.name}（第 {outcome.adoption.number} 次）：核对数字 "
        f"{outcome.comparison.compared} 处，全部一致{confirmed_words}。此后 Word、网页和 PDF 均为此文字，尚须审定。"
    )
    if outcome.gone:
        click.echo(f"送审稿中有 {len(outcome.gone)} 句不在修改稿中（删去或改写的；如有人另改一份，请核对）：")
        for sentence in outcome.gone[:_SHOWN]:
            click.echo(f"· {sentence}")
    return 0


def _tell(outcome: AdoptionOutcome, file: Path, result: Path) -> None:
    found = outcome.comparison
    click.echo(
        f"{file.name} 没有采用：{len(found.differences)} 处与数据不一致，{len(found.unconfirmed)} 处须由人确认。"
    )
    for difference in found.differences[:_SHOWN]:
        click.echo(f"✕ {difference.words}")
    for one in found.unconfirmed[:_SHOWN]:
        click.echo(f"? {one.words}")
    if found.differences:
        click.echo("请在修改稿中改正（受锁定的数字请从送审稿 report.docx 复制），再运行 gongkai adopt。")
    if found.unconfirmed:
        click.echo(f"须由人确认的，请逐项核实，在 {result} 的 confirmed_by 写上姓名，再加 --confirm {result} 运行。")
    click.echo(f"核对结果：{result}")


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise CallError(f"不能读取 {path}：{error.strerror}。") from error


def _json(path: Path) -> Any:
    try:
        return json.loads(_bytes(path))
    except ValueError as error:
        raise CallError(f"{path} 不是 JSON：{error}。") from error
