"""Web pages: innermost tables, spans, hidden and doubtful text, the encodings of old portals."""

import pytest

from gongkai.submission.form import State
from gongkai.submission.published.html_source import is_html, printed_html
from gongkai.submission.published.printed import PrintedTable
from tests.unit.submission.published.conftest import disputes, fifteen, page, read

UPHELD = "disputes.reconsideration.upheld"


def test_a_page_in_gb18030_inside_layout_tables_is_read() -> None:
    data = page(
        f"<table><tr><td>导航</td><td><p>四、政府信息公开行政复议、行政诉讼情况</p>{disputes(fifteen())}</td></tr></table>"
    )
    submission = read(data.decode().encode("gb18030")).submission
    assert submission is not None
    assert [submission.value(f"disputes.litigation_direct.{key}") for key in ("upheld", "total")] == [5, 9]
    assert submission.by_where[UPHELD].origin[:2] == ("第 1 个表", "4行1格")


def test_scripts_and_hidden_text_are_not_read() -> None:
    report = printed_html(page("<script>var a='<p>五、</p>'</script><p style='display: none'>隐藏</p><p>可见</p>"))
    assert report.parts[1:] == ("可见",)


def test_text_between_tables_keeps_its_order() -> None:
    parts = printed_html(page("前<table><tr><td>1</td></tr></table>中<table><tr><td>2</td></tr></table>后")).parts
    assert [p if isinstance(p, str) else p.cells[0].text for p in parts[1:]] == ["前", "1", "中", "2", "后"]


@pytest.mark.parametrize(
    "cell", ["<td>5<sup>1</sup></td>", "<td><del>5</del>6</td>", "<td>5<br>6</td>", "<td>5 6</td>"]
)
def test_a_figure_beside_something_else_is_kept_as_text_and_is_no_number(cell: str) -> None:
    submission = read(page(disputes(fifteen(c0=cell)))).submission
    assert submission is not None
    assert submission.by_where[UPHELD].state is State.UNREADABLE
    assert submission.value("disputes.reconsideration.corrected") == 1


@pytest.mark.parametrize(
    "cell",
    [
        "<td><span style='text-decoration: line-through'>1</span>5</td>",
        "<td style='text-decoration-line:line-through'>5</td>",
        "<td>5<span style='vertical-align:super'>1</span></td>",
        "<td>5<span style='vertical-align: 3.0pt'>1</span></td>",
        "<td>5<span style='mso-text-raise:3.0pt'>1</span></td>",
        "<td>5<i style='position:relative;top:-4px'>1</i></td>",
        "<td>5<span class='note x'>1</span></td>",
        "<td>5<em>1</em></td>",
        "<td>5<span class=gone>1</span></td>",
        "<td>5<small>1</small></td>",
        "<td><ruby>5<rt>1</rt></ruby></td>",
        "<td><math><msup><mi>5</mi><mn>2</mn></msup></math></td>",
    ],
)
def test_a_figure_that_styles_set_apart_is_no_number(cell: str) -> None:
    rules = "<style>@media print{.a .note{vertical-align:super}} em{vertical-align:sub}.gone{display:none}</style>"
    submission = read(page(rules + disputes(fifteen(c0=cell)))).submission
    assert submission is not None
    assert submission.by_where[UPHELD].state is State.UNREADABLE


@pytest.mark.parametrize(
    "cell",
    [
        "<td style='vertical-align:top'>5</td>",
        "<td><small>5</small></td>",
        "<td><span style='position:relative;top:2px'>5</span></td>",
        "<td><span style='vertical-align:middle'>5</span></td>",
        "<td>5<span style='display:none'>1</span></td>",
        "<td>5<span style='font-size:0'>1</span></td>",
        "<td>5<svg><text>1</text></svg></td>",
        "<td style='font-size:0.9em'>5</td>",
    ],
)
def test_looks_that_set_no_figure_apart_are_no_matter(cell: str) -> None:
    submission = read(page("<style>.td{text-decoration:none}</style>" + disputes(fifteen(c0=cell)))).submission
    assert submission is not None
    assert submission.value(UPHELD) == 5


@pytest.mark.parametrize("cell", ["<td></td>", "<td>&nbsp;</td>"])
def test_an_empty_cell_stays_blank(cell: str) -> None:
    submission = read(page(disputes(fifteen(c0=cell)))).submission
    assert submission is not None
    assert submission.by_where[UPHELD].state is State.BLANK


def test_a_row_that_a_longer_span_pushed_aside_reaches_beyond_the_table() -> None:
    table = printed_html(
        page("<table><tr><td rowspan=2>a</td><td>b</td></tr><tr><td>c</td><td>d</td></tr></table>")
    ).parts[1]
    assert isinstance(table, PrintedTable)
    assert [line.whole for line in table.lines(1)] == [False, True]


def test_what_is_no_page_is_none() -> None:
    assert is_html(b"\xef\xbb\xbf <!DOCTYPE html><html>")
    assert not is_html(b'{"schema": "<html>"}')
    assert not is_html(b"<?xml version='1.0'?><svg/>")
