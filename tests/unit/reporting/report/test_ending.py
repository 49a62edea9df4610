"""What stays together before the signature: enough lines for a page, few enough for the page before."""

import pytest

from gongkai.reporting.report.ending import ending_of

LINE = "字" * 25  # with its indent one line
HEADING = "六、其他需要报告的事项"


@pytest.mark.parametrize(
    ("texts", "ending"),
    [
        ([], (0, False)),
        ([LINE], (1, False)),
        ([LINE * 20, HEADING, LINE * 2, LINE * 2], (3, True)),  # five lines: the long one leads to them
        ([LINE * 20, HEADING, LINE * 2, LINE * 3], (3, False)),
        ([LINE * 4, LINE * 5], (2, False)),
        ([LINE, LINE * 4, LINE * 5], (2, False)),
        ([LINE * 5, LINE * 5], (1, True)),
        ([LINE * 30], (0, True)),  # nothing is kept whole: its last lines go with the signature
        (["a" * 50, "a" * 51], (2, False)),  # half as wide
    ],
)
def test_some_lines_are_kept_with_the_signature(texts: list[str], ending: tuple[int, bool]) -> None:
    assert ending_of(texts) == ending
