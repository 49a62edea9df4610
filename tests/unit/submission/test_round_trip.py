"""Whatever a submission says, both forms say it unchanged: JSON → JSON and JSON → workbook → read."""

import json
from datetime import date
from typing import Any, cast

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from gongkai.national_format import NationalFormat, for_year
from gongkai.profile import load_profile
from gongkai.submission.fields import Field, FieldGroup, groups, lists
from gongkai.submission.form import Submission
from gongkai.submission.readers.json_writer import submission_to_json
from gongkai.submission.template.writer import workbook_bytes

TEXTS = st.text(min_size=1, max_size=60) | st.sampled_from(
    [
        "=1+1",
        "#REF!",
        "_x0041_",
        "007",
        "１３８",
        "a\r\nb",
        "\x00x",
        "'引号",
        "@SUM(A1)",
        "+86",
        "2021-03-01",
        "1.0",
        "无",
    ]
)
COUNTS = st.integers(0, 10**15 - 1) | st.sampled_from([None, "", "/", "——", "3件", "１２", "1,234", 3.5, True, -3])
AMOUNTS = st.decimals(0, 10**14, places=6, allow_nan=False).map(str) | st.sampled_from(
    ["0.092", "0.10", "不适用", None]
)


def values(field: Field, form: NationalFormat) -> st.SearchStrategy[Any]:
    choices = list(field.choices_in(form))
    return {
        "text": TEXTS,
        "date": st.dates(date(1000, 1, 1)).map(date.isoformat),
        "integer": COUNTS,
        "decimal": AMOUNTS,
        "boolean": st.booleans(),
        "choice": st.sampled_from(choices or [""]),
        "choices": st.lists(st.sampled_from(choices or [""]), unique=True),
    }[field.type] | st.none()


def part(group: FieldGroup, form: NationalFormat) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries({}, optional={key: values(field, form) for key, field in group.fields.items()})


@st.composite
def contents(draw: st.DrawFn) -> tuple[int, dict[str, Any], dict[str, Any]]:
    """A year, national cells by where, and the other parts of a document."""
    year = draw(st.sampled_from([2019, 2020, 2021, 2025]))
    form = for_year(year)
    specs = draw(st.lists(st.sampled_from(form.cells), max_size=12))
    cells = {spec.where: draw(AMOUNTS if spec.value_type == "decimal" else COUNTS) for spec in specs}
    parts = {
        "authority": TEXTS,
        "prepared_by": TEXTS,
        "reason": TEXTS,
        "prepared_on": st.dates().map(date.isoformat),
        "tables": st.sampled_from([None, {"requests": {}}]),
        **{key: part(group, form) for key, group in groups().items()},
        **{key: st.lists(part(group, form), max_size=3) for key, group in lists().items()},
    }
    return year, cells, draw(st.fixed_dictionaries({}, optional=parts))


def through_workbook(desk: Any, submission: Submission) -> Submission:
    unit = load_profile().unit("T01")
    assert unit is not None
    reading = desk.read_bytes(workbook_bytes(submission, load_profile(), unit, submission.year))
    assert reading.submission is not None, reading.issues
    assert not [issue for issue in reading.issues if issue.rule == "UNKNOWN-KEY"]
    return cast(Submission, reading.submission)


def through_json(desk: Any, submission: Submission) -> Submission:
    return cast(Submission, desk.read_document(json.loads(json.dumps(submission_to_json(submission)))).submission)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(contents())
@example((2021, {}, {"register": [{}, {"case_no": "2"}]}))
@example((2021, {}, {"register": [], "documents": None, "interpretations": [{"forms": []}]}))
@example((2021, {}, {"narrative": {"overview": "长" * 20_000}}))
@example((2019, {"proactive_disclosure.government_procurement.amount_yuan": "123456789012345.0000000001"}, {}))
@example((2021, {}, {"tables": None}))
def test_any_submission_survives_both_forms(desk: Any, content: tuple[int, dict[str, Any], dict[str, Any]]) -> None:
    year, cells, parts = content
    document = desk.document(year)
    for where, value in cells.items():
        table, row, column = where.split(".")
        document["tables"][table][row][column] = value
    submission = desk.read_document(document | parts).submission
    assert submission is not None
    assert through_json(desk, submission).content() == submission.content()
    assert through_workbook(desk, submission).content() == submission.content()


def test_the_two_forms_agree_on_what_needed_a_second_look(desk: Any) -> None:
    content = desk.document(activities={"portal_items": "1,255", "report_url": 7})
    content["tables"]["requests"]["granted"]["total"] = "１１"
    from_json = desk.read_document(content)
    assert {c.where: c.value for c in from_json.coercions} == {
        "requests.granted.total": 11,
        "activities.portal_items": 1255,
        "activities.report_url": "7",
    }
    assert through_workbook(desk, from_json.submission).content() == from_json.submission.content()
