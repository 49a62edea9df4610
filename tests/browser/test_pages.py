"""The pages in a real Chromium: no script, no network, within the paper.

Run by `make test-browser`; needs `chromium` (or `chromium-browser`, `google-chrome`) on the PATH.
"""

import re
import shutil
import subprocess
import unicodedata
from pathlib import Path

import pypdf
import pytest

from gongkai.demonstration import inboxes
from tests.bench import straight

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def chromium(tmp_path_factory):
    program = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    assert program, "make test-browser needs a Chromium on the PATH"
    home = tmp_path_factory.mktemp("chromium")
    quiet = ["--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]

    def run(*arguments: str) -> str:
        command = [program, *quiet, f"--user-data-dir={home}", *arguments]
        return subprocess.run(command, capture_output=True, text=True, check=True, timeout=120).stdout

    return run


@pytest.fixture(scope="module")
def pages(made, tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("pages")
    straight.main(made.first_round, folder, made.profile, inboxes.AS_OF_FIRST_ROUND)
    return folder / "2021"


@pytest.mark.parametrize(
    "page", ["board.html", "receipts/A15.html", "scorecards/A08/scorecard.html", "findings/index.html"]
)
def test_a_page_asks_for_nothing_but_itself(pages, page):
    html = (pages / page).read_text(encoding="utf-8")
    assert "<script" not in html
    assert not re.findall(r"""(?:src|href)=["']?https?:|url\(|@import""", html)


def test_the_board_says_first_who_is_not_accepted(chromium, pages):
    dom = chromium("--dump-dom", (pages / "board.html").as_uri())
    assert dom.index("退回修改") < dom.index("全部单位")
    assert "演示数据" in dom


@pytest.mark.parametrize(
    ("page", "most"), [("receipts/A15.html", 1), ("receipts/A07.html", 2), ("receipts/A09.html", 2), ("board.html", 2)]
)
def test_a_page_prints_on_a4_within_its_pages(chromium, pages, tmp_path, page, most):
    printed = tmp_path / "page.pdf"
    chromium(f"--print-to-pdf={printed}", "--no-pdf-header-footer", (pages / page).as_uri())
    document = pypdf.PdfReader(printed)
    assert len(document.pages) <= most
    width, height = (float(side) for side in document.pages[0].mediabox[2:])
    assert (round(width), round(height)) == (595, 842)


def test_the_findings_page_filters_without_a_script_and_prints_what_it_shows(chromium, pages, tmp_path):
    """Somebody chooses 疑点 and A15: what is of another severity or another unit is gone, on paper too."""
    html = (pages / "findings/index.html").read_text(encoding="utf-8")
    for choice in ("s-query", "u-A15"):
        html = html.replace(f'<option value="{choice}">', f'<option value="{choice}" selected>')
    (tmp_path / "chosen.html").write_text(html, encoding="utf-8")

    def printed(page):
        chromium(f"--print-to-pdf={tmp_path / 'page.pdf'}", "--no-pdf-header-footer", page.as_uri())
        document = pypdf.PdfReader(tmp_path / "page.pdf")
        assert document.pages[0].mediabox.width > document.pages[0].mediabox.height
        text = unicodedata.normalize("NFKC", "".join(page.extract_text() for page in document.pages))
        return "".join(text.split()).rpartition("逐条")[2]

    everything = printed(pages / "findings/index.html")
    assert "A15公共文化服务" in everything
    assert "A09国有土地" in everything
    assert "DOC-COUNT" in everything
    assert "RULES-ZERO" in everything
    chosen = printed(tmp_path / "chosen.html")
    assert "A15公共文化服务" in chosen
    assert "DOC-COUNT" in chosen
    assert "A09国有土地" not in chosen
    assert "RULES-ZERO" not in chosen
