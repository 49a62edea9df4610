"""What a submission says: the national tables' cells, and one table for each list and group of `lists.yaml`.

The tables of lists and groups are built from `lists.yaml`, where a field is defined once; a field that is added
there needs a migration, and the test that compares models with migrations says so.
"""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from sqlalchemy import JSON, Boolean, Column, Date, ForeignKey, Integer, String, Table, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.types import TypeEngine

from gongkai.submission.fields import FieldGroup, groups, lists
from gongkai.submission.form import State
from gongkai.warehouse.models.base import Base, ExactNumber, Words
from gongkai.warehouse.models.intake_tables import one_of

OWN_COLUMNS = ("revision_id", "position", "sheet", "first_cell", "layout")


class NationalCell(Base):
    """One cell of a national table; `position` keeps the order of the form, `raw` the text as it stood."""

    __tablename__ = "national_cell"
    __table_args__ = (
        UniqueConstraint("revision_id", "table", "row", "column"),
        one_of("state", tuple(State)),
    )

    revision_id: Mapped[int] = mapped_column(ForeignKey("revision.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    table: Mapped[str] = mapped_column(String(64))
    row: Mapped[str] = mapped_column(String(64))
    column: Mapped[str] = mapped_column(String(64))
    value: Mapped[Decimal | None] = mapped_column(ExactNumber)
    state: Mapped[str] = mapped_column(String(16))
    sheet: Mapped[str | None] = mapped_column(Words)
    cell: Mapped[str | None] = mapped_column(String(16))
    raw: Mapped[str | None] = mapped_column(Words)


class ReportBelowRow(Base):
    """What a district's report says beside its figures, where it is a unit's submission: `submission.report_below`."""

    __tablename__ = "report_below"

    revision_id: Mapped[int] = mapped_column(ForeignKey("revision.id"), primary_key=True)
    content: Mapped[str] = mapped_column(Words)


def _column_type(field_type: str) -> TypeEngine[Any]:
    match field_type:
        case "integer" | "decimal":
            return ExactNumber()  # a fraction in an integer field is kept: rule INTEGER speaks about it
        case "date":
            return Date()
        case "boolean":
            return Boolean()
        case "choices":
            return JSON(none_as_null=True)
        case _:
            return Words()


def _table(prefix: str, group: FieldGroup) -> Table:
    return Table(
        f"{prefix}_{group.key}",
        Base.metadata,
        Column("revision_id", ForeignKey("revision.id"), primary_key=True),
        Column("position", Integer, primary_key=True, autoincrement=False),
        *(Column(field.key, _column_type(field.type)) for field in group.fields.values()),
        Column("sheet", Words),
        Column("first_cell", String(16)),
        # [[field, cell, raw, sheet], …] in the order of the file, trailing nulls left out: where each field stood
        Column("layout", JSON, nullable=False),
    )


FIELD_TABLES: Mapping[str, Table] = {
    **{group.key: _table("group", group) for group in groups().values()},
    **{group.key: _table("list", group) for group in lists().values()},
}
"""Key of a group or list → its table. A group is a list of one row."""
