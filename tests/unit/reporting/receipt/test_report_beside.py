"""What a receipt says of a published report beside the submission: compared as far as it was read, never further."""

from datetime import UTC, datetime
from types import SimpleNamespace

import pytest

from gongkai.national_format import for_year
from gongkai.reporting.receipt.other_files import also_sent
from gongkai.submission.form import Cell, State, Submission
from gongkai.submission.verdict import Status
from gongkai.warehouse.records import PublishedReport, UnitYear

EVERY = for_year(2021).cells


@pytest.mark.parametrize(
    ("read", "said"),
    [
        (len(EVERY), "已与第 1 次报送的数字逐格核对"),
        (7, f"已与第 1 次报送的数字核对了读出的 7 格（共 {len(EVERY)} 格，其余没有读出）"),
        (0, "没有读出其中的数字，未与第 1 次报送核对"),
    ],
)
def test_only_what_was_read_is_said_to_be_compared(make: SimpleNamespace, read: int, said: str) -> None:
    cells = tuple(
        Cell(spec.table, spec.row, spec.column, 0 if at < read else None, State.VALUE if at < read else State.BLANK)
        for at, spec in enumerate(EVERY)
    )
    report = PublishedReport(
        "T01/报告.pdf",
        "0" * 64,
        datetime(2022, 1, 20, tzinfo=UTC),
        Submission("T01", 2021, cells),
        Status.ACCEPTED,
        (),
        1,
    )
    state = make.state()
    (line,) = also_sent(UnitYear(state.profile.units[0], (), published=(report,)), state).published
    assert said in line.words
