"""Personal data that is found later: masked in everything that is kept of a submission, at once.

A reader masks before anything is stored. What an earlier edition of the search let in stands in the warehouse, also
where the file is gone from the inbox and in years that are closed; so a new edition looks through what is stored. Only
words are masked: no figure, no verdict and no state changes.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, RowMapping, select, update

from gongkai.submission.fields import FieldGroup, groups, lists
from gongkai.submission.privacy.personal_data import People, mask
from gongkai.warehouse import models
from gongkai.warehouse.models import FIELD_TABLES
from gongkai.warehouse.rows.submission_rows import among

Masked = Mapping[tuple[int, str], int]
"""Report year and unit → how many values were masked."""


def mask_later_found(connection: Connection) -> Masked:
    """Looks through everything that submissions say, in a writing transaction; returns what was masked."""
    found = Counter[int]()
    for group in (*groups().values(), *lists().values()):
        _mask_fields(connection, group, found)
    found.update(row["revision_id"] for row in _mask_rows(connection, models.NationalCell.__table__, ("raw",)))
    found.update(row["id"] for row in _mask_rows(connection, models.RevisionRow.__table__, ("file", "reason")))
    if found:
        _mask_what_was_said(connection, found)
    return dict(sorted((_counted(connection, found) + _mask_beside(connection)).items()))


def _mask_fields(connection: Connection, group: FieldGroup, found: Counter[int]) -> None:
    """The texts of one list or group, and the texts as they were typed beside each place."""
    table = FIELD_TABLES[group.key]
    people = {key: field.people or getattr(group, "people", False) for key, field in group.fields.items()}
    texts = [key for key, field in group.fields.items() if field.type == "text"]
    for row in connection.execute(select(table)).mappings().all():
        changed = _changed(row, texts, people.get)
        layout = [_masked_place(place, people) for place in row["layout"]]
        if layout != row["layout"]:
            changed["layout"] = layout
        if changed:
            which = (table.c.revision_id == row["revision_id"], table.c.position == row["position"])
            connection.execute(update(table).where(*which).values(changed))
            found[row["revision_id"]] += len(changed)


def _masked_place(place: list[Any], people: Mapping[str, People]) -> list[Any]:
    """`[field, cell, raw, sheet]`, its raw text masked."""
    if len(place) < 3 or not isinstance(place[2], str):
        return place
    return [*place[:2], mask(place[2], people.get(place[0], False))[0], *place[3:]]


def _mask_rows(connection: Connection, table: Any, texts: Sequence[str]) -> list[RowMapping]:
    """Texts of a table; returns the rows in which something was masked."""
    rows = [(row, _changed(row, texts, lambda _: False)) for row in connection.execute(select(table)).mappings()]
    for row, changed in rows:
        if changed:
            which = [column == row[column.name] for column in table.primary_key]
            connection.execute(update(table).where(*which).values(changed))
    return [row for row, changed in rows if changed]


def _mask_beside(connection: Connection) -> Counter[tuple[int, str]]:
    """The names of files beside the submissions, and what the office entered."""
    found = Counter[tuple[int, str]]()
    for model in (models.RepeatedFileRow, models.PublishedReportRow, models.FileBesideRow):
        found.update((row["year"], row["unit"]) for row in _mask_rows(connection, model.__table__, ("file",)))
    found.update(_mask_appeals(connection))
    stored, verdict = models.StoredFileRow, models.VerdictRow
    found.update((row["year"], row["role"]) for row in _mask_rows(connection, stored.__table__, ("name",)))
    for row in connection.execute(select(stored.id, stored.form).where(stored.form.is_not(None))).all():
        if (form := _deeply(row.form)) != row.form:
            connection.execute(update(stored).where(stored.id == row.id).values(form=form))
    years = select(verdict.id, stored.year).join(stored, stored.id == verdict.stored_file_id)
    of_year = {row.id: row.year for row in connection.execute(years)}
    entered = _mask_rows(connection, models.InspectionEntryRow.__table__, ("reason", "evidence"))
    found.update((of_year[row["verdict_id"]], row["unit"]) for row in entered)
    return found


def _mask_appeals(connection: Connection) -> Iterator[tuple[int, str]]:
    """The files that only appeal: their names, who prepared them, and what they object."""
    table: Any = models.AppealFileRow.__table__
    for row in connection.execute(select(table)).mappings().all():
        changed = _changed(row, ("file", "by"), lambda _: False)
        if (appeals := _deeply(row["appeals"])) != row["appeals"]:
            changed["appeals"] = appeals
        if changed:
            connection.execute(update(table).where(table.c.id == row["id"]).values(changed))
            yield row["year"], row["unit"]


def _mask_what_was_said(connection: Connection, found: Counter[int]) -> None:
    """Findings and readings of the revisions in which something was masked: they quote what stood there."""
    verdict: Any = models.VerdictRow.__table__
    finding: Any = models.FindingRow.__table__
    mine = verdict.c.revision_id.in_(among(list(found)))
    for row in connection.execute(select(verdict.c.id, verdict.c.coercions).where(mine)).all():
        if (coercions := _deeply(row.coercions)) != row.coercions:
            connection.execute(update(verdict).where(verdict.c.id == row.id).values(coercions=coercions))
    said = select(finding).where(finding.c.verdict_id.in_(select(verdict.c.id).where(mine)))
    for told in connection.execute(said).mappings().all():
        keys = ("message", "hint", "observed", "expected")
        changed = {key: new for key in keys if (new := _deeply(told[key])) != told[key]}
        if changed:
            which = (finding.c.verdict_id == told["verdict_id"], finding.c.position == told["position"])
            connection.execute(update(finding).where(*which).values(changed))


def _changed(row: RowMapping, texts: Iterable[str], people: Callable[[str], People | None]) -> dict[str, Any]:
    """The texts of a row that hold something, masked."""
    masked = {key: mask(row[key], people(key) or False)[0] for key in texts if isinstance(row[key], str)}
    return {key: text for key, text in masked.items() if text != row[key]}


def _deeply(said: Any) -> Any:
    """A JSON value with every text in it masked."""
    match said:
        case str():
            return mask(said)[0]
        case list():
            return [_deeply(one) for one in said]
        case dict():
            return {key: _deeply(one) for key, one in said.items()}
        case _:
            return said


def _counted(connection: Connection, found: Counter[int]) -> Counter[tuple[int, str]]:
    """Marks the revisions, so that what is made of them is made again, and counts by year and unit."""
    table = models.RevisionRow
    by_unit = Counter[tuple[int, str]]()
    rows = connection.execute(
        select(table.id, table.year, table.unit, table.masked).where(table.id.in_(among(list(found))))
    ).all()
    for row in rows:
        connection.execute(update(table).where(table.id == row.id).values(masked=row.masked + found[row.id]))
        by_unit[row.year, row.unit] += found[row.id]
    return by_unit
