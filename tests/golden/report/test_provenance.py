"""Every figure of the report leads to what was submitted: sums add up, cases are as many, nothing personal shows."""

import json
import re
from decimal import Decimal
from typing import Any

import pytest

from gongkai.national_format import for_year
from gongkai.reporting.report.provenance.printed_figures import read_printed
from gongkai.reporting.report.provenance.tracer import Tracer

CELLS = [spec.where for spec in for_year(2021).cells]
OF_CASES = [where for where in CELLS if where.startswith(("requests.", "disputes."))]


@pytest.fixture(scope="module")
def tracer(demonstration: Any) -> Tracer:
    return Tracer(demonstration.report)


@pytest.fixture(scope="module")
def every(tracer: Tracer) -> Any:
    return {path: tracer.trace(path) for path in tracer.figures}


def test_every_figure_of_the_text_and_the_tables_can_be_followed_and_is_the_printed_one(
    demonstration: Any, every: Any
) -> None:
    view = demonstration.view
    parts = [*view.preface, *(part for section in view.sections for part in section.parts)]
    printed = [(p.path, p.text) for part in parts for one in part.paragraphs for p in one.pieces if p.path]
    printed += [item for section in view.sections if section.grid for item in section.grid.figures().items()]
    assert len(printed) > 250
    assert [(path, text) for path, text in printed if path not in every or every[path].value != text] == []


def test_what_the_units_gave_adds_up_to_the_figure(every: Any) -> None:
    for where in CELLS:
        given = sum(Decimal(str(source.value)) for source in every[where].sources)
        assert str(given) == every[where].value or Decimal(every[where].value) == given, where


def test_a_figure_of_tables_three_and_four_counts_as_many_cases(every: Any) -> None:
    assert [where for where in OF_CASES if len(every[where].cases) != int(every[where].value)] == []


def test_a_rate_names_its_cases_and_what_it_is_computed_from(every: Any) -> None:
    average = every["indicators.average_reply_working_days"]
    used = [case.used for case in average.cases]
    assert average.value == f"{Decimal(sum(used)) / len(used):.2f}" == "7.29"
    assert {case.unit for case in average.cases} == {source.unit for source in average.sources}
    shortening = every["indicators.reply_shortening_percent"]
    assert [part.path for part in shortening.parts] == ["indicators.average_reply_working_days"]


def test_the_office_alone_gives_the_offices_figure(every: Any) -> None:
    own = every["office.requests.new_requests.total"]
    assert [source.unit for source in own.sources] == ["OFFICE"]
    assert {case.unit for case in own.cases} == {"OFFICE"}


def test_a_figure_is_found_by_its_path_by_a_facts_name_and_by_what_is_printed(tracer: Tracer) -> None:
    assert tracer.found("7.29") == ["indicators.average_reply_working_days"]
    assert tracer.found("７.29个工作日") == ["indicators.average_reply_working_days"]
    assert tracer.found("requests.granted.total") == ["requests.granted.total"]
    assert tracer.found("cases_overdue") == ["facts.cases_overdue"]
    assert tracer.found("7.291") == []
    assert tracer.nearest("requests.granted.totl")[0] == "requests.granted.total"


def test_every_figure_is_called_something_in_chinese(every: Any) -> None:
    assert [path for path, one in every.items() if not re.search("[一-鿿]{2}", one.label)] == []
    assert [path for path, one in every.items() if re.search("[a-z_]{4}", one.label)] == []


def test_no_request_is_told_apart_by_what_was_asked_or_by_whom(demonstration: Any, every: Any) -> None:
    said = json.dumps([one.to_json() for one in every.values()], ensure_ascii=False)
    cases = [case for made in demonstration.submissions.values() for case in made.get("register", ())]
    asked = {case["subject"] for case in cases if case.get("subject")}
    assert asked
    assert [subject for subject in asked if subject in said] == []
    assert '"applicant_ref"' not in said


@pytest.mark.parametrize(
    ("copied", "number"), [("10,582件", "10582"), ("63.55%", "63.55"), ("－１", "-1"), ("三", None), ("1.2.3", None)]
)
def test_a_number_is_read_as_people_copy_it(copied: str, number: str | None) -> None:
    assert read_printed(copied) == (Decimal(number) if number else None)
