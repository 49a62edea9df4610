"""The pages for everybody: axe-core finds nothing serious, and a phone of 390 points reads every table.

Every page that a run and the commands beside it write. Run by `make test-browser`.
"""

from pathlib import Path

import axe_core_python
import pytest

from gongkai.cli import main
from gongkai.demonstration import inboxes
from tests.browser.chromium import browser
from tests.flows.conftest import District

pytestmark = pytest.mark.browser

AXE = (Path(axe_core_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
FOUND = """axe.run(document, {resultTypes: ['violations']}).then(run => run.violations
    .filter(one => ['serious', 'critical'].includes(one.impact))
    .map(one => [one.id, one.nodes[0].html.slice(0, 200)]))"""
NARROW = """[...document.querySelectorAll('td, th')].filter(cell => cell.innerText.trim().length > 3
    && cell.clientWidth < 30 && cell.clientHeight > 60
    && ![cell, ...cell.children].some(one => getComputedStyle(one).writingMode.includes('vertical'))).length"""
PATIENCE = 300  # text.html of the provenance holds every figure with every unit: 20,000 elements for axe to walk


@pytest.fixture(scope="module")
def pages(made, tmp_path_factory):
    """Every page of a year with returned units, and of the commands that write a page besides."""
    folder = tmp_path_factory.mktemp("pages")
    district = District(folder, made, made.profile)
    district.run(2020, made.inbox_2020, inboxes.AS_OF_2020, stages=["merge"])
    district.run(2021, made.first_round, inboxes.AS_OF_FIRST_ROUND)
    profile = ("--profile", str(made.profile))
    for command in (
        ("template", "--year", "2021", "--out", str(folder / "templates"), "--units", "T01", *profile),
        ("scheme", "explain", "--out", str(folder / "scheme.html"), *profile),
    ):
        with pytest.raises(SystemExit) as ended:
            main(list(command))
        assert ended.value.code in (0, None)
    found = sorted(path for path in folder.rglob("*.html") if "first-round" not in path.parts)
    assert len(found) > 120
    return folder, found


@pytest.fixture(scope="module")
def page(tmp_path_factory):
    with browser(tmp_path_factory.mktemp("chromium")) as opened:
        yield opened


@pytest.mark.parametrize("width", [390, 1360])
def test_every_page_is_for_everybody_at_a_desk_and_on_a_phone(pages, page, width):
    folder, found = pages
    page.size(width, 900)
    wrong = {}
    for path in found:
        page.go("about:blank")
        page.wait("location.href === 'about:blank'")
        page.go(path.as_uri())
        page.wait("location.href.startsWith('file') && document.readyState === 'complete'")
        page.value(AXE + "; true")
        too_wide = page.value(
            "Math.max(0, document.documentElement.scrollWidth - document.documentElement.clientWidth)"
        )
        said = page.value(FOUND, PATIENCE), too_wide, page.value(NARROW)
        if any(said):
            wrong[str(path.relative_to(folder))] = said
    assert wrong == {}
