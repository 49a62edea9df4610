"""The reader's score over the nine published cases: cells read right, cells flagged, cells wrong. Wrong must be zero.

Every case is printed as Word, web page and PDF, in sound and clumsy forms, and read back; `pytest -s` shows the counts.
"""

import sys
from collections import Counter
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from gongkai.reporting.report.grid import Grid
from gongkai.submission.form import Reading, ReceivedFile, State
from gongkai.submission.published import read_published
from tests.golden.published.build import Case, cases
from tests.golden.published_reader import render

FORMS: dict[str, Callable[[Grid], list[Grid]]] = {
    "sound": render.sound,
    "misprinted": render.misprinted,
    "spaced": render.spaced,
    "one_row": render.one_row,
    "split": render.split,
    "separate": render.separate,
    "broken": render.broken,
}
SUFFICES = ("docx", "html", "pdf")
# Writing and reading Word and PDF takes a hundred times as long as a web page, where all nine stand in every form.
WRITTEN_CLUMSILY = ("002", "015", "017")


def read(data: bytes, unit: str = "T01") -> Reading:
    as_of = datetime(2024, 1, 15, tzinfo=ZoneInfo("Asia/Shanghai"))
    return read_published(ReceivedFile(Path("a"), f"{unit}/a", unit, "0" * 64, len(data), as_of), data)


def score(case: Case, printed: dict[str, str], reading: Reading) -> Counter[str]:
    """Each printed figure is right, flagged (not read, and something is said) or wrong; a blank must stay a blank."""
    submission = reading.submission
    assert submission is not None
    assert submission.year == case.year
    counted: Counter[str] = Counter()
    for where, text in printed.items():
        cell = submission.by_where.get(where)
        if cell is None or cell.state is State.UNREADABLE:
            counted["flagged" if reading.issues or cell else "silent"] += 1
        elif cell.state is State.BLANK:
            counted["wrong" if text else "right"] += 1
        else:
            counted["right" if text and str(cell.value) == _plain(text) else "wrong"] += 1
            assert cell.origin.sheet, where
            assert cell.origin.cell, where
    return counted


def _plain(text: str) -> str:
    return text.rstrip("0").rstrip(".") if "." in text else text


@pytest.mark.parametrize("suffix", SUFFICES)
@pytest.mark.parametrize("form", sorted(FORMS))
def test_no_figure_is_read_wrong_and_every_certain_one_is_read(form: str, suffix: str) -> None:
    total: Counter[str] = Counter()
    for case in cases():
        if form != "sound" and suffix != "html" and case.number not in WRITTEN_CLUMSILY:
            continue
        printed = render.figures(case)
        data = render.WRITERS[suffix](render.view(case, printed, FORMS[form]))
        reading = read(data)
        found = score(case, printed, reading)
        gone = 14 if form in ("one_row", "broken") and case.year >= 2021 else 0
        assert found["wrong"] == found["silent"] == 0, (case.name, found)
        assert found["flagged"] == gone, (case.name, [i for i in reading.issues if i.rule == "PUBLISHED-UNREAD"])
        for key, words in render.WORDS.items():
            assert reading.submission is not None
            assert reading.submission.value(f"narrative.{key}").startswith(words), case.name
        total += found
    sys.stdout.write(f"{form} {suffix}: {total['right']} right, {total['flagged']} flagged, {total['wrong']} wrong\n")
