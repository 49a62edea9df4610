"""Six scorecards as pictures, to be looked at when the card changes: `make cards`, after `make demo`.

The best and the worst of the demonstration, and four that it has not: vetoed, everything not applicable, the longest
texts, a tiny base. Each as PDF pages, as HTML at 390 px, and both in grey. Needs `chromium` and `pdftoppm` on the PATH;
never run by a test, and nothing of it is kept in the repository.
"""

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

from PIL import Image

from gongkai.assessment.assess import assess_year
from gongkai.assessment.scorecard import Measured, PointsLost, Scorecard
from gongkai.demonstration.inboxes import AS_OF_SECOND_ROUND
from gongkai.demonstration.year import YEAR
from gongkai.reporting.scorecard.writer import write_scorecard
from gongkai.warehouse.engine import opened
from gongkai.warehouse.queries import load_year
from gongkai.warehouse.records import YearState

_DPI = 80
_LONG = "该单位主动公开栏目中有多项内容未按标准目录的要求逐项更新，涉及来源变更后未及时同步的情形" * 3
_PHONE = ("--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--window-size=390,6000")


def main(demonstration: Path, out: Path) -> None:
    """Writes OUT/<name>/: the card's four forms, page-<n>.png, phone.png, and each once more in grey."""
    with tempfile.TemporaryDirectory() as folder:  # a copy: opening an older warehouse would upgrade it in its place
        copy = shutil.copy(demonstration / "warehouse.sqlite", folder)
        with opened(f"sqlite:///{copy}") as engine:
            state = load_year(engine, YEAR, AS_OF_SECOND_ROUND)
    for name, card in _six(state):
        _pictures(write_scorecard(card, state, out / name), out / name)
        sys.stdout.write(f"{name}: {card.unit} {card.total}\n")


def _six(state: YearState) -> Iterator[tuple[str, Scorecard]]:
    scored = sorted(
        (card for card in assess_year(state).scorecards if card.total is not None), key=lambda card: card.total or 0
    )
    worst, middle, best = scored[0], scored[len(scored) // 2], scored[-1]
    yield "best", best
    yield "worst", worst
    veto = "发生泄密：机密文件刊登在门户网站（示例文号〔2022〕7号）"
    yield "vetoed", replace(worst, grade="不合格", vetoes=(veto,), next_grade=None)  # as `scoring` has it
    yield "nothing-applies", _without_lines(middle)
    yield "longest", _longest(worst)
    yield "tiny-base", _tiny(middle)


def _without_lines(card: Scorecard) -> Scorecard:
    lines = tuple(
        replace(line, score=None, applicable=False, deductions=(), measured=Measured(), note="本年度声明为无")
        for line in card.indicators
    )
    return replace(card, indicators=lines, total=None, rank=None, grade="未评定", next_grade=None, rectification=())


def _longest(card: Scorecard) -> Scorecard:
    lost = tuple(PointsLost(Decimal("0.10"), f"{_LONG}（第 {n} 处）", in_total=Decimal("0.10")) for n in range(1, 21))
    lines = tuple(replace(line, label=line.label * 3, deductions=(*line.deductions, *lost)) for line in card.indicators)
    return replace(card, name=card.name * 4, indicators=lines)


def _tiny(card: Scorecard) -> Scorecard:
    """One case measured, no line with five peers: what a unit of a small group reads."""
    one = Measured(Decimal(1), Decimal(1), Decimal(1))
    lines = tuple(
        replace(line, measured=one if line.applicable else line.measured, peer_median=None, peer_quartiles=None)
        for line in card.indicators
    )
    return replace(card, indicators=lines, group_size=2, rank=1, peer_median_total=None)


def _pictures(forms: list[Path], folder: Path) -> None:
    pdf, html = (next(form for form in forms if form.suffix == suffix) for suffix in (".pdf", ".html"))
    for command in (
        ["pdftoppm", "-r", str(_DPI), "-png", str(pdf), str(folder / "page")],
        ["chromium", *_PHONE, f"--screenshot={folder / 'phone.png'}", html.resolve().as_uri()],
    ):
        subprocess.run(command, check=True, capture_output=True, timeout=120)  # noqa: S603  # own calls
    for shot in sorted(folder.glob("*.png")):
        Image.open(shot).convert("L").save(shot.with_name(f"grey-{shot.name}"))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
