"""The shared look: nobody's text is markup, nothing is fetched, the same input gives the same bytes."""

import io
import re
import shutil
import time
import zipfile
from collections import deque
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from jinja2 import UndefinedError
from pypdf import PdfReader

from gongkai.profile import load_profile
from gongkai.reporting.style import Page, compile_pdf, counts, day, figure, moment, pdf, render, repack, signed
from gongkai.reporting.style.html import css_string, reachable

AS_OF = datetime(2022, 2, 20, 9, 5, tzinfo=UTC)
PLACE = load_profile().district
HOSTILE = "<script>alert(1)</script> #set *粗* $x$ @ref } */ \\ \" '"


def page(**values: Any) -> Page:
    given = {"title": "样张", "place": PLACE, "year": 2021, "as_of": AS_OF, "basis": "abcdef012345" * 5, **values}
    return Page(**given)


def test_foot_says_district_year_unit_version_moment_and_twelve_digits_of_the_basis() -> None:
    foot = page(unit="A01 重大建设项目", version="第 2 版").foot

    assert (
        foot == "示例区 · 2021 年度 · A01 重大建设项目 · 样张 · 第 2 版 · 数据截至 2022-02-20 09:05 · 依据 abcdef012345"
    )


@pytest.mark.parametrize(("demonstration", "times"), [(True, 1), (False, 0)])
def test_only_demonstration_data_say_so_in_the_head(demonstration: bool, times: int) -> None:
    html = render("base.html", page(place=PLACE.model_copy(update={"demonstration": demonstration})))

    assert html.count('<p class="banner" role="note">演示数据，不代表任何真实单位</p>') == times


def test_page_needs_no_script_and_no_network() -> None:
    html = render("base.html", page())

    assert "<script" not in html
    assert "http" not in html
    assert "url(" not in html


def test_hostile_unit_name_stays_text_in_html_and_in_the_page_margin() -> None:
    html = render("base.html", page(unit=HOSTILE))

    assert "<script>" not in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html
    assert css_string('a"}</style>区') == '"a\\22 \\7d \\3c \\2f style\\3e 区"'


def test_missing_name_in_a_template_is_an_error() -> None:
    with pytest.raises(UndefinedError):
        render("scorecard.html", page())


@pytest.mark.parametrize(
    ("printed", "wanted"),
    [
        (figure(0), "0"),
        (figure(None), "未报"),
        (figure(1234), "1,234"),
        (figure(Decimal("0.0920")), "0.0920"),
        (counts(7, 8), "7/8"),
        (counts(Decimal("7.0"), None), "7"),
        (signed(Decimal("-0.50")), "−0.50"),
        (signed(Decimal("2.00")), "+2.00"),
        (signed(Decimal(0)), "0"),
        (day(AS_OF.date()), "2022年2月20日"),
        (moment(AS_OF), "2022-02-20 09:05"),
    ],
)
def test_figures_are_printed_one_way(printed: str, wanted: str) -> None:
    assert printed == wanted


def test_no_counts_print_nothing() -> None:
    assert counts(None, None) is None


BARE = '#import "prelude.typ": *\n#let paper(data) = { show: document.with(data); data.words.join(parbreak()) }\n'


@pytest.fixture
def bare(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A template that prints the words it is given."""
    shutil.copy(pdf._templates() / "prelude.typ", tmp_path)
    (tmp_path / "bare.typ").write_text(BARE)
    monkeypatch.setattr(pdf, "_templates", lambda: tmp_path)
    monkeypatch.setattr(pdf, "_IDLE", deque())
    return "bare.typ"


def test_pdf_has_the_same_bytes_twice_and_its_date_from_as_of(bare: str) -> None:
    place = PLACE.model_copy(update={"demonstration": True})
    data = {"page": page(unit=HOSTILE, place=place).to_json(), "words": ["一", "二"]}

    first, second = (compile_pdf(bare, data, AS_OF) for _ in range(2))

    assert first == second
    reader = PdfReader(io.BytesIO(first))
    assert reader.metadata is not None
    assert reader.metadata["/CreationDate"] == "D:20220220000000Z"


def test_nobody_s_text_ends_the_string_that_carries_it(bare: str) -> None:
    words = [HOSTILE, '")) + panic("', "\\", '\\"', "\\u{41}", "#import", "行\u2028末", "末尾\\"]

    made = compile_pdf(bare, {"page": page(unit=HOSTILE).to_json(), "words": words}, AS_OF)

    printed = re.sub(r"\s", "", PdfReader(io.BytesIO(made)).pages[0].extract_text())
    assert [word for word in words if re.sub(r"\s", "", word) not in printed] == []


def test_two_papers_one_after_the_other_are_as_each_would_be_alone(bare: str) -> None:
    def data(unit: str) -> dict[str, Any]:
        return {"page": page(unit=unit).to_json(), "words": ["同一句话", unit]}

    together = [compile_pdf(bare, data(unit), AS_OF) for unit in ("甲单位", "乙单位")]
    pdf._IDLE.clear()

    assert compile_pdf(bare, data("乙单位"), AS_OF) == together[1]
    assert "乙单位" in PdfReader(io.BytesIO(together[1])).pages[0].extract_text()
    assert "甲单位" not in PdfReader(io.BytesIO(together[1])).pages[0].extract_text()


def test_repacked_archive_forgets_clock_and_compression() -> None:
    def written(level: int) -> bytes:
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED, compresslevel=level) as archive:
            member = zipfile.ZipInfo("a.xml", time.gmtime(1_600_000_000 + level * 10_000)[:6])
            archive.writestr(member, b"x" * 500, zipfile.ZIP_DEFLATED)
        return packed.getvalue()

    assert written(1) != written(9)
    assert repack(written(1)) == repack(written(9))
    with zipfile.ZipFile(io.BytesIO(repack(written(9)))) as archive:
        assert archive.read("a.xml") == b"x" * 500


def test_every_table_stands_in_a_region_that_the_keyboard_reaches_named_by_what_is_over_it() -> None:
    html = reachable(
        "<h2>全部 <small>“单位”</small></h2><table><tr><td>1</td></tr></table><table><caption>表二</caption></table>"
    )
    regions = re.findall(r'<div class="scroll" role="region" tabindex="0" aria-label="([^"]*)"><table>', html)
    assert regions == ["全部 “单位”", "表二"]
    assert html.count("</table></div>") == 2


def test_a_table_that_has_its_region_gets_no_second_one() -> None:
    html = '<div class="scroll" role="region" tabindex="0" aria-label="表三">\n<table class="x"></table></div>'
    assert reachable(html) == html
