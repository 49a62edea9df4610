"""`gongkai demo`: writes the demonstration year and runs the whole job on it, both rounds.

The year before is taken in first, because the figures carry over from it. The first round's outputs stay in
`OUT/first-round/<year>/`, the corrected final ones in `OUT/<year>/`.
"""

import shutil
from datetime import datetime
from pathlib import Path

import click

from gongkai.cli.year.running import run_flow, setting
from gongkai.cli.year.temporary_server import prefect_server
from gongkai.demonstration import inboxes
from gongkai.demonstration.districts import generate_districts
from gongkai.demonstration.moments import FIRST_YEAR
from gongkai.demonstration.rehearsal import Rehearsal
from gongkai.demonstration.year import YEAR
from gongkai.errors import CallError
from gongkai.file_access import refuse_unusable
from gongkai.profile import load_profile
from gongkai.profile.examination import season

_MARK = ".gongkai-demo"
_OF_A_REHEARSAL = ["演练不发邮件：演示数据不发往名册里真实的地址。每种邮件的样子见经办手册“邮件”。"]


def run_demo(out: Path, profile: Path | None = None, year: int | None = None) -> int:
    """Writes and runs the demonstration; a folder that an earlier demonstration filled is emptied first.

    Args:
        out: the folder.
        profile: of a district that rehearses with its own units; None for the invented district.
        year: the report year that it rehearses; None for the one that is collected now or next.

    Returns:
        0 when the second round leaves nobody out, as it is made to; else 3, like any run.

    Raises:
        CallError: the folder holds something else, or the year cannot be rehearsed.
    """
    if year is not None and profile is None:
        raise CallError("--year 用于以本区的配置演练，请同时写 --profile。")
    if year is not None and year < FIRST_YEAR:
        raise CallError(f"编造的数据按 {FIRST_YEAR} 年起的表式填写，只能演练该年度及以后的，现为 {year}。")
    rehearsal = _rehearsal(profile, year) if profile else None
    prepare(out)
    made = inboxes.generate(out / "input", rehearsal=rehearsal)
    url = f"sqlite:///{(out / 'warehouse.sqlite').resolve()}"

    moments, shown = made.moments, made.moments.year

    def run(of: int, inbox: Path, into: Path, as_of: datetime, stages: list[str]) -> int:
        return run_flow(year=of, inbox=inbox, out=into, profile=made.profile, warehouse=url, as_of=as_of, stages=stages)

    with prefect_server() as ready, setting("GONGKAI_SOURCES", ""):  # one for all three runs; nothing real comes in
        ready()
        click.echo(f"{shown - 1} 年度数据入库（供结转核对）……")
        run(shown - 1, made.inbox_before, out, moments.last_year, ["merge"])
        click.echo(f"{shown} 年度第一轮……")
        run(shown, made.first_round, out / "first-round", moments.first_round, [])
        click.echo(f"{shown} 年度第二轮（补报更正后）……")
        code = run(shown, made.second_round, out, moments.second_round, [])
    first = next(iter(moments.profile.assessed(shown)), None)
    code_shown = first.code if first and rehearsal else "T01"
    click.echo("\n".join([*_guide(out, shown, code_shown), "", *(_OF_A_REHEARSAL if rehearsal else _mail_guide(out))]))
    return code


def _rehearsal(folder: Path, asked: int | None) -> Rehearsal:
    profile = load_profile(folder)
    today = datetime.now(profile.district.zone).date()
    rehearsal = Rehearsal(folder, season(profile, today) if asked is None else asked)
    if unknown := "、".join(f"calendar/{year}.csv" for year in rehearsal.unknown):
        click.echo(f"放假安排还没有录入（{unknown}），演练只按法定节假日计算；正式收件之前请补上。")
    return rehearsal


def prepare(out: Path) -> None:
    """Empties the folder of an earlier demonstration, and refuses any other that is not empty.

    Raises:
        CallError: it holds something else.
    """
    refuse_unusable(out)
    if out.is_dir() and any(out.iterdir()):
        if not (out / _MARK).is_file():
            raise CallError(f"目录 {out} 不是空的。请用 --out 指定一个空目录。")
        shutil.rmtree(out)
    out.mkdir(parents=True, exist_ok=True)
    (out / _MARK).touch()


def _guide(out: Path, year: int, unit: str) -> list[str]:
    shown = {
        "看板": f"{year}/board.html",
        "核对结果": f"{year}/findings/index.html（每个单位另有一页）",
        "全区报告": f"{year}/report/report.html（另有 docx、pdf、json）",
        "评分表": f"{year}/scorecards/{unit}/scorecard.html（每个单位一份，另有 pdf、json）",
        "回执": f"{year}/receipts/{unit}.html",
        "第一轮的退回回执": f"first-round/{year}/receipts/",
    }
    return ["可以查看：", *(f"  {name:　<9}{out / path}" for name, path in shown.items())]


def _mail_guide(out: Path) -> list[str]:
    """How to see the mails: a demonstration sends none, and its commands send to this machine alone."""
    return [
        "演示没有发出任何邮件。要看邮件的收和发，在另一个窗口启动本机的邮件服务器和邮箱（不转发）：",
        "  make mail-server",
        "照它写出的设置好（export …），然后：",
        f"  gongkai notify  --year {YEAR} --out {out}      （--dry-run 只列出；演示数据只发往本机）",
        f"  gongkai issue   --year {YEAR} --out {out} --by 姓名 --reason 演示",
        f"  gongkai deliver --year {YEAR} --out {out}",
        "从报送有误到送达的一整轮，见经办手册“邮件”。",
    ]


def write_districts(out: Path, number: int) -> int:
    """Writes the folder of an invented city, ready for `gongkai city run`; nothing is run.

    Raises:
        CallError: the folder holds something else.
    """
    prepare(out)
    generate_districts(out, number)
    moment = inboxes.AS_OF_SECOND_ROUND.isoformat()
    click.echo(f"已写出 {number} 个区县和全市的配置、收件：{out}")
    click.echo(f"下一步：gongkai city run --year {YEAR} --districts {out} --out <目录> --as-of {moment}")
    return 0
