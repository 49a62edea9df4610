"""What is added to `lists.yaml` reaches every form, and is not missed in a template that was handed out before."""

import copy
import csv
import io
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Any

import pytest

from gongkai.errors import ConfigurationError
from gongkai.profile import Profile
from gongkai.reporting.receipt.changed_cells import change_lines
from gongkai.submission import fields
from gongkai.submission.changes import compare
from gongkai.submission.fields import template_version
from gongkai.submission.readers.csv_reader import read_csv
from gongkai.submission.readers.json_writer import submission_to_json
from gongkai.submission.template import writer
from gongkai.submission.template.names import version_of
from gongkai.submission.template.writer import workbook_bytes
from gongkai.submission.workbook import lists as list_reader

NEXT = template_version() + 1
CACHES = (fields.lists, fields.groups, list_reader._by_label)
VISITS = {
    "label": "走访记录",
    "sheet": "走访记录",
    "note": "每行一次走访。",
    "id": "number",
    "since": NEXT,
    "fields": {
        "number": {"label": "走访编号", "type": "text", "required": True},
        "visited_on": {"label": "走访日期", "type": "date"},
    },
}
VISIT = {"number": "Z-1", "visited_on": "2021-05-06"}


@pytest.fixture
def of_version(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[Callable[[dict[str, Any]], None]], None]]:
    """Edits what `lists.yaml` says, as the next version."""
    before = copy.deepcopy(fields._data())

    def edit(change: Callable[[dict[str, Any]], None]) -> None:
        data = copy.deepcopy(before) | {"template_version": NEXT}
        change(data)
        monkeypatch.setattr(fields, "_data", lambda: data)
        forget()

    yield edit
    monkeypatch.undo()
    forget()


def forget() -> None:
    for cache in CACHES:
        cache.cache_clear()


def with_visits(data: dict[str, Any]) -> None:
    data["lists"]["visits"] = copy.deepcopy(VISITS)


def with_a_column(data: dict[str, Any]) -> None:
    data["lists"]["documents"]["fields"]["pages"] = {"label": "页数", "type": "integer", "since": NEXT}
    data["groups"]["activities"]["fields"]["visits_made"] = {
        "label": "走访",
        "type": "integer",
        "unit": "次",
        "since": NEXT,
    }


@pytest.fixture
def issued(profile: Profile, monkeypatch: pytest.MonkeyPatch) -> Callable[..., bytes]:
    """A workbook as it was handed out in a version of the template, filled or blank."""

    def make(version: int, submission: Any = None, year: int = 2021) -> bytes:
        unit = profile.unit("T01")
        assert unit is not None
        with monkeypatch.context() as patch:
            patch.setattr(writer, "template_version", lambda: version)
            return workbook_bytes(submission, profile, unit, year)

    return make


def missed(reading: Any) -> list[str]:
    return [issue.where for issue in reading.issues if issue.rule == "SHAPE"]


@pytest.mark.parametrize("change", [with_visits, with_a_column], ids=["list", "column"])
class TestSomethingAdded:
    @pytest.mark.parametrize("version", [1, 2, NEXT])
    def test_is_missed_in_no_template_that_was_handed_out(
        self, change: Any, version: int, of_version: Any, issued: Any, desk: Any
    ) -> None:
        of_version(change)
        reading = desk.read_bytes(issued(version))
        assert (reading.template, missed(reading)) == (f"gongkai/workbook/{version}", [])

    def test_is_missed_in_a_template_that_has_it_when_it_was_taken_out(
        self, change: Any, of_version: Any, issued: Any, desk: Any
    ) -> None:
        of_version(change)

        def take_out(book: Any) -> None:
            for name in ("visits__header", "activities__visits_made"):
                book.defined_names.pop(name, None)
            if change is with_a_column:
                desk.put(book, "documents__header", None)

        reading = desk.read_bytes(desk.edited(issued(NEXT), take_out))
        wanted = {"visits"} if change is with_visits else {"activities", "documents.number"}
        assert wanted == set(missed(reading))


def test_a_new_list_reaches_json_workbook_csv_and_the_receipts_changes(of_version: Any, issued: Any, desk: Any) -> None:
    of_version(with_visits)
    said = desk.submission(visits=[VISIT])
    assert submission_to_json(said)["visits"] == [VISIT]
    assert desk.read_bytes(issued(NEXT, said)).submission.content() == said.content()

    page = io.StringIO()
    csv.writer(page).writerows([["单位", "T01"], ["年度", "2021"], ["走访编号", "走访日期"], list(VISIT.values())])
    parsed = read_csv(replace(desk.received, name="T01/visits.csv"), page.getvalue().encode())
    assert not parsed.issues
    assert [record["number"] for record in parsed.submission.records("visits")] == ["Z-1"]

    changes = compare(said, desk.submission(visits=[VISIT | {"visited_on": "2021-05-07"}]))
    (line,) = change_lines(changes, 2021)
    assert "走访记录" in str(line)
    assert "2021-05-07" in str(line)


def test_a_list_is_asked_in_its_years_only(of_version: Any, issued: Any, desk: Any) -> None:
    def since_2022(data: Mapping[str, Any]) -> None:
        data["lists"]["visits"] = copy.deepcopy(VISITS) | {"from_year": 2022}

    of_version(since_2022)
    assert "visits" not in fields.lists_asked(2021)
    assert "visits" in fields.lists_asked(2022)
    assert [missed(desk.read_bytes(issued(NEXT, year=year))) for year in (2021, 2022)] == [[], []]
    assert "visits" in desk.submission(visits=[VISIT]).reported  # what is said all the same is read


@pytest.mark.parametrize(
    ("field", "why"),
    [
        ({"label": "页数", "type": "integer", "since": NEXT + 1}, "大于 template_version"),
        ({"label": "页数", "type": "integer", "since": NEXT, "required": True}, "不能 required"),
        ({"label": "页数", "type": "integer", "from_year": 2022, "required": True}, "不能 required"),
    ],
)
def test_what_no_template_could_satisfy_is_refused_when_it_is_loaded(of_version: Any, field: Any, why: str) -> None:
    of_version(lambda data: data["lists"]["documents"]["fields"].update(pages=field))
    with pytest.raises(ConfigurationError, match=why):
        fields.lists()


def test_a_version_that_nobody_handed_out_is_no_version() -> None:
    newest = template_version()
    assert [version_of(f"gongkai/workbook/{n}") for n in (0, 1, newest, newest + 1)] == [None, 1, newest, None]
    assert [version_of(said) for said in (None, 1, "gongkai/workbook/", "gongkai/workbook/01")] == [None] * 4
