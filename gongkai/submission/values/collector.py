"""What every reader shares: collecting cells, coercions and issues of one file into a `Submission`.

A reader walks its file and calls `national`, `group_field` or `list_field` for each thing it meets; the
collector types the value, keeps its origin, and notes what a rule will speak about. Nothing is dropped.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from functools import lru_cache
from typing import Any, NamedTuple

from gongkai.findings import Coercion, ReadingIssue, Scalar
from gongkai.national_format import CellSpec, NationalFormat
from gongkai.submission.fields import Field, FieldGroup, groups, lists
from gongkai.submission.form import Cell, Origin, State
from gongkai.submission.privacy.personal_data import People, by_rule, kinds_in
from gongkai.submission.values.choices import squeezed
from gongkai.submission.values.doubtful_cells import Broken
from gongkai.submission.values.numbers import Read
from gongkai.submission.values.typed_values import Hints, expected_form, printable, read_value

_VALUE = State.VALUE  # looking a member up in its enumeration costs more than all else that is done with a field
_REPEATED, _REMEMBERED = frozenset((str, int, date, datetime)), 20_000


class _Known(NamedTuple):
    """What a field wants, and what was read for fields that want the same: each date and word is read once."""

    choices: Mapping[str, str]
    hints: Hints
    reads: dict[Any, Read]


class Collector:
    """Collects one file's cells in the order of the form.

    Attributes:
        cells, coercions, issues: what was collected so far.
    """

    def __init__(self, national_format: NationalFormat, year: int | None = None) -> None:
        """`year` is the report year, in which the days of a list lie that are written without one."""
        self.format = national_format
        self.cells: list[Cell] = []
        self.coercions: list[Coercion] = []
        self.issues: list[ReadingIssue] = []
        self._known: dict[tuple[str, str], _Known] = {}
        alike: dict[tuple[Any, ...], dict[Any, Read]] = {}
        for group in (*lists().values(), *groups().values()):
            for field in group.fields.values():
                choices = field.choices_in(national_format)
                words = {squeezed(word): key for word, key in field.aliases.items()}
                in_list, coded = group.key in lists(), field.suggested in ("areas", "indicators")
                hints = Hints(field.unit, year if in_list else None, words, field.digits, coded)
                wants = (
                    field.type,
                    field.people,
                    field.unit,
                    hints.year,
                    field.digits,
                    hints.named,
                    *choices.items(),
                    *words.items(),
                )
                self._known[group.key, field.key] = _Known(choices, hints, alike.setdefault(wants, {}))

    def national(self, spec: CellSpec, raw: Any, origin: Origin = Origin()) -> None:
        """A cell of a national table. An empty one is kept as BLANK; unreadable ones become NOT-A-NUMBER later."""
        read, origin = read_value(raw, spec.value_type, hints=Hints(spec.unit)), _named(origin)
        self._note(read, spec.where, origin)
        if _stale(raw):
            self.issue("FORMULA-STALE", spec.where, origin, read.raw)
        self.cells.append(Cell(spec.table, spec.row, spec.column, read.value, read.state, _with_raw(origin, read)))

    def group_field(self, group: str, field: Field, raw: Any, origin: Origin = Origin()) -> None:
        """One figure of `activities` or text of `narrative`."""
        self._field(group, "-", f"{group}.{field.key}", field, raw, origin)

    def list_field(
        self, name: str, position: int, label: str, field: Field, raw: Any, origin: Origin = Origin()
    ) -> None:
        """One field of a list's row; `label` is the row's id, else its position, as findings name it."""
        self._field(name, str(position), f"{name}[{label}].{field.key}", field, raw, origin)

    def record_label(self, group: FieldGroup, position: int, raw: Any) -> str:
        """How findings name a list's row: by what stands in its identifying field, else by its position."""
        read = self._read(group.key, group.fields[group.id], raw) if group.id else None
        return str(position) if read is None or read.value is None else str(read.value or position)

    def harmless(self) -> set[Any]:
        """The values of fields that were read and hold no personal data: nobody need look at them again."""
        every = {id(known.reads): known.reads for known in self._known.values()}
        return {raw for reads in every.values() for raw, read in reads.items() if not read.personal}

    def head(self, key: str, label: str, field_type: str, raw: Any, origin: Origin = Origin()) -> Any:
        """One of the submission's own fields (authority, prepared_by …); returns its value, None when it has none."""
        read, origin = read_value(raw, field_type), _named(origin)
        self._note(read, key, origin)
        if read.state is State.UNREADABLE:
            rule = _unread(raw, field_type)
            self.issue(rule, key, origin, read.raw, expected_form(field_type), label=label)
        return read.value

    def unused(
        self, where: str, raw: Any, origin: Origin = Origin(), place: str | None = None, people: People = False
    ) -> None:
        """What is not kept is looked through all the same: a file that carries personal data anywhere is sent back.

        Args:
            where: the place, as far as it has a name.
            raw: a value, or JSON of any depth.
            origin: sheet and cell, in a workbook.
            place: what a clerk calls it, where sheet and cell do not say.
            people: whether it stands in a list of cases; `code` where it says who somebody is.
        """
        self.personal(where, kinds_in((raw, where), people), origin, place)

    def personal(self, where: str, found: Sequence[str], origin: Origin = Origin(), place: str | None = None) -> None:
        """Notes the kinds of personal data found at a place, if there are any."""
        if not found:
            return
        if place is None and origin.sheet:
            place = f"工作表“{_named(origin).sheet}”" + (f"的 {origin.cell} 单元格" if origin.cell else "的名称")
        known = {"place": place} if place and where == "-" else {}
        for rule, kinds in by_rule(found).items():
            self.issue(rule, where, origin, "、".join(kinds), **known)

    def issue(
        self,
        rule: str,
        where: str = "-",
        origin: Origin = Origin(),
        observed: Scalar = None,
        expected: Scalar = None,
        **values: Scalar,
    ) -> None:
        """Notes something a rule speaks about. Place and observed text may come from the file: they are masked."""
        self.issues.append(
            ReadingIssue(
                rule=rule,
                where=printable(where),
                sheet=_named(origin).sheet or None,
                cell=origin.cell,
                observed=printable(observed) if isinstance(observed, str) else observed,
                expected=expected,
                values=values,
            )
        )

    def coercion(self, where: str, origin: Origin, raw: str, value: Scalar, why: str) -> None:
        """Notes a reading that was not the plain value."""
        sheet = _named(origin).sheet
        self.coercions.append(Coercion(where=where, sheet=sheet, cell=origin.cell, raw=raw, value=value, why=why))

    def _field(self, table: str, row: str, where: str, field: Field, raw: Any, origin: Origin) -> None:
        read = self._read(table, field, raw)
        if origin.sheet is not None:
            origin = _named(origin)
        if read.why is not None or read.personal:
            self._note(read, where, origin)
        if read.state is _VALUE:
            self.cells.append(Cell(table, row, field.key, read.value, _VALUE, _with_raw(origin, read)))
        elif read.state is State.NOT_APPLICABLE:
            why = "不适用，按未填读取"
            self.coercion(where, origin, read.raw or "", None, why)
        elif read.state is State.UNREADABLE:
            rule = _unread(raw, field.type, decisive=field.required or field.decisive)
            self.issue(
                rule,
                where,
                origin,
                read.raw,
                expected_form(field.type, self._known[table, field.key].choices),
                label=field.label,
            )

    def _read(self, table: str, field: Field, raw: Any) -> Read:
        choices, hints, reads = self._known[table, field.key]
        if type(raw) not in _REPEATED:
            return read_value(raw, field.type, choices, field.people, hints)
        read = reads.get(raw)
        if read is None:
            read = read_value(raw, field.type, choices, field.people, hints)
            if len(reads) < _REMEMBERED:
                reads[raw] = read
        return read

    def _note(self, read: Read, where: str, origin: Origin) -> None:
        self.personal(where, read.personal, origin)
        if read.why:
            self.coercion(where, origin, read.raw or "", read.value, read.why)


def _stale(raw: Any) -> bool:
    return isinstance(raw, Broken) and raw.stale


def _unread(raw: Any, field_type: str, *, decisive: bool = False) -> str:
    """The rule that speaks of a value without a certain reading.

    A date that may be missing does not send a file back when it is wrong: it is missing then, and said to be.
    """
    if _stale(raw):
        return "FORMULA-STALE"
    if field_type in ("integer", "decimal"):
        return "NOT-A-NUMBER"
    return "DATE-UNREAD" if field_type == "date" and not decisive else "SHAPE"


@lru_cache(256)
def _shown(sheet: str) -> str:
    return printable(sheet)


def _named(origin: Origin) -> Origin:
    """The origin as it may be kept: a sheet's name is a text of the file too."""
    shown = _shown(origin.sheet) if origin.sheet else origin.sheet
    return origin if shown == origin.sheet else origin._replace(sheet=shown)


def _with_raw(origin: Origin, read: Read) -> Origin:
    return origin._replace(raw=read.raw) if read.raw is not None else origin
