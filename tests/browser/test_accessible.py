"""The pages for everybody: axe-core finds nothing serious, and a phone of 390 points reads every table.

Run by `make test-browser`.
"""

from pathlib import Path

import axe_core_python
import pytest

from gongkai.demonstration import inboxes
from tests.bench import straight
from tests.browser.chromium import browser

pytestmark = pytest.mark.browser

AXE = (Path(axe_core_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
FOUND = """axe.run(document, {resultTypes: ['violations']}).then(run => run.violations
    .filter(one => ['serious', 'critical'].includes(one.impact))
    .map(one => [one.id, one.nodes[0].html.slice(0, 200)]))"""
NARROW = """[...document.querySelectorAll('td, th')].filter(cell => cell.innerText.trim().length > 3
    && cell.clientWidth < 30 && cell.clientHeight > 60
    && ![cell, ...cell.children].some(one => getComputedStyle(one).writingMode.includes('vertical'))).length"""
PAGES = (
    "board.html",
    "findings/index.html",
    "findings/A15.html",
    "receipts/A15.html",
    "scorecards/A08/scorecard.html",
    "report/report.html",
    "report/public.html",
    "report/provenance/disputes.html",
)


@pytest.fixture(scope="module")
def folder(made, tmp_path_factory):
    made = inboxes.generate(tmp_path_factory.mktemp("input"))
    out = tmp_path_factory.mktemp("pages")
    straight.main(made.first_round, out, made.profile, inboxes.AS_OF_FIRST_ROUND)
    return out / "2021"


@pytest.fixture(scope="module")
def page(tmp_path_factory):
    with browser(tmp_path_factory.mktemp("chromium")) as opened:
        yield opened


@pytest.mark.parametrize("width", [390, 1360])
@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_for_everybody_at_a_desk_and_on_a_phone(folder, page, name, width):
    page.size(width, 900)
    page.go("about:blank")
    page.wait("location.href === 'about:blank'")
    page.go((folder / name).as_uri())
    page.wait("location.href.startsWith('file') && document.readyState === 'complete'")
    page.value(AXE + "; true")
    assert page.value(FOUND) == []
    assert page.value("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0
    assert page.value(NARROW) == 0
