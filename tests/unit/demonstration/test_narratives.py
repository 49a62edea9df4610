"""The demonstration's narratives and the narrative rules: right as they are, and every changed figure is found."""

import re
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from expectations.frames.narrative import narrative_frame
from expectations.frames.shapes import SubmissionUnderCheck
from expectations.ruleset import RuleSet
from gongkai.profile.rules import RuleSettings

RECEIVED_AT = datetime(2022, 1, 20, 9, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
FIGURE = re.compile(r"\d+(?=件|条|场|人次|元)")
BOUND_IN_EVERY_TEXT = 8


@pytest.fixture(scope="module")
def entries(submissions, default_profile):
    units = {unit.code: unit for unit in default_profile.units}
    return [
        SubmissionUnderCheck(n, submissions[code], units[code], RECEIVED_AT)
        for n, code in enumerate(sorted(submissions))
    ]


def found(entry, days):
    """Cells of the findings, and how many claims were read."""
    frame = narrative_frame.build([entry], days, RuleSet(RuleSettings()))
    wrong = [m.describe().cells for row in frame.rows for m in row.measured.values() if m.left != m.right]
    return wrong, len(frame.rows)


def with_text(entry, text):
    cells = (
        cell._replace(value=text) if (cell.table, cell.column) == ("narrative", "overview") else cell
        for cell in entry.submission.cells
    )
    return replace(entry, submission=replace(entry.submission, cells=tuple(cells)))


def test_no_narrative_of_the_demonstration_year_raises_anything(entries, default_profile):
    days = default_profile.working_days()
    assert {entry.unit.code: found(entry, days)[0] for entry in entries if found(entry, days)[0]} == {}
    bound = [found(entry, days)[1] for entry in entries if entry.unit.kind != "office"]  # its figures are references
    assert min(bound) >= BOUND_IN_EVERY_TEXT


def test_a_changed_figure_is_found_wherever_it_is_bound(entries, default_profile):
    days = default_profile.working_days()
    for entry in entries:
        text = entry.submission.value("narrative.overview")
        bound = [
            one.claim
            for field, one in narrative_frame.said_in(entry)
            if field == "overview"
            and one.claim is not None
            and one.claim.kind == "figure"
            and FIGURE.match(one.claim.words)
        ]
        caught = []
        for place in FIGURE.finditer(text):
            changed = text[: place.start()] + str(int(place[0]) + 7) + text[place.end() :]
            wrong, _ = found(with_text(entry, changed), days)
            caught += [cells for cells in wrong[:1] if wrong]
        assert len(caught) >= len(bound), entry.unit.code  # a wrong figure may be bound where the right one need not be
        in_order = iter(caught)
        for claim in bound:
            meant = claim.means[0].split(" + ")[0].rpartition(".")[0].removesuffix("_*")
            assert any(meant in cells[1] for cells in in_order), (entry.unit.code, claim.words)
