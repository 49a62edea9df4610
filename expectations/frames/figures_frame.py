"""The `figures` frame: cells of the tables against the lists behind them, against last year and against peers.

One row a cell of table two and four and of the total column of table three, one a narrative text, one for all
activity figures (`activity_checks`) and one a figure that may be broken down (`broken_down_totals`). Small counts are
guarded: a jump counts only outside an exact interval, never as a percentage of two cases.
"""

from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import partial
from itertools import groupby
from math import comb
from statistics import median_high, median_low

from expectations.frames import activity_checks, broken_down_totals, dates, texts
from expectations.frames.lists import stock
from expectations.frames.narrative import text_references
from expectations.frames.shapes import (
    Checked,
    ComparedValues,
    Facts,
    Frame,
    NotEvaluated,
    Number,
    SubmissionUnderCheck,
    apart,
    describe_measured,
)
from expectations.ruleset import RuleSet
from gongkai.national_format import CellSpec
from gongkai.national_format.figures import (
    DISPUTES,
    FEES_WAN_YUAN,
    NEW_REQUESTS,
    NORMATIVE_DOCUMENTS,
    NORMATIVE_IN_FORCE,
    OUTCOME_TOTAL,
    RECONSIDERATIONS,
    REQUESTS,
)
from gongkai.submission.form import Origin, Record
from gongkai.submission.places import cell_label, listed

# Decisions of table two are no headline: published reports show them a hundredfold apart in two sound years.
HEADLINES = (NEW_REQUESTS, OUTCOME_TOTAL, RECONSIDERATIONS)
_LAST_YEAR_RULES = ("YOY-JUMP", "FEE-UNIT")
_ISSUED = ("issued", "made")
_SURE = 200  # a factor of two among more cases than this lies outside any 99.9 % interval


def build(entries: Sequence[SubmissionUnderCheck], rules: RuleSet, company: Sequence[SubmissionUnderCheck]) -> Frame:
    """The rows of all entries that carry tables, and of their narratives; the thresholds are those of `rules`.

    `company` is what units are compared with: submissions of every unit, those of `entries` among them.
    """
    peers = _peers(company)
    reused = texts.reused(entries, rules, company)
    rows = [row for entry in entries if entry.carries_tables for row in _rows(entry, peers, rules)]
    rows += [Checked(entry.key, reused.get((entry.key, key), {})) for entry in entries for key in texts.FIELDS]
    rows += [Checked(entry.key, activity_checks.check(entry)) for entry in entries]
    referring = text_references.fields()
    rows += [Checked(entry.key, text_references.check(entry, key)) for entry in entries for key in referring]
    broken_down = broken_down_totals.FIGURES
    rows += [Checked(entry.key, broken_down_totals.check(entry, figure)) for entry in entries for figure in broken_down]
    planned = sum(len(_cells(entry)) for entry in entries if entry.carries_tables)
    planned += len(entries) * (len(texts.FIELDS) + 1 + len(referring) + len(broken_down))
    not_evaluated = [
        NotEvaluated(entry.key, rule, why)
        for entry in entries
        if entry.carries_tables and (why := entry.without_last_numbers) is not None
        for rule in _LAST_YEAR_RULES
    ]
    return Frame("figures", rows, planned, describe_measured, not_evaluated)


def jumped(now: Number, before: Number, factor: int) -> bool:
    """Whether two counts differ by a factor (two or more) and by more than chance: an exact two-sided test at 0.1 %.

    Of n cases in two years that are alike, each falls into either year as a coin falls. Integers only.
    """
    less, more = sorted((int(now), int(before)))
    if less < 0 or more < factor * less or more == 0:
        return False
    n = less + more
    return n > _SURE or 2 * sum(comb(n, k) for k in range(less + 1)) * 1000 < 2**n


def _cells(entry: SubmissionUnderCheck) -> Sequence[CellSpec]:
    total = [spec for spec in entry.format.cells if spec.table != REQUESTS or spec.column == "total"]
    return total if entry.counts_requests else [spec for spec in total if spec.table != REQUESTS]


def _rows(
    entry: SubmissionUnderCheck, peers: Mapping[tuple[str, str], Mapping[str, Number]], rules: RuleSet
) -> Iterator[Checked]:
    disputes, listed_documents = _disputes(entry), _listed_documents(entry)
    for spec in _cells(entry):
        value = entry.numbers.get(spec.where)
        measured: dict[str, ComparedValues] = {}
        if value is not None:
            if (counted := disputes.get((spec.row, spec.column))) is not None and spec.table == DISPUTES:
                measured["DIS-REGISTER"] = _against_list(entry, spec, value, counted)
            if (counted := listed_documents.get(spec.where)) is not None:
                measured["DOC-COUNT"] = _against_list(entry, spec, value, counted)
            if spec.where == NORMATIVE_IN_FORCE and (known := stock.in_force(entry)):
                measured["DOC-STOCK"] = _against_stock(entry, spec, value, known)
            last = entry.last_numbers.get(spec.where)
            if spec.where in HEADLINES and last is not None:
                factor = rules.limit("YOY-JUMP", "factor")
                doubtful = jumped(value, last, factor)
                measured["YOY-JUMP"] = _against_last(entry, spec, value, last, doubtful, factor=factor)
            if spec.where == FEES_WAN_YUAN and last is not None:
                measured["FEE-UNIT"] = _against_last(entry, spec, value, last, _unit_slip(value, last, rules))
            if spec.where in HEADLINES:
                others = peers.get((entry.unit.kind, spec.where), {})
                measured |= _among_peers(
                    entry, spec, value, [n for unit, n in others.items() if unit != entry.unit.code], rules
                )
        yield Checked(entry.key, measured)


def _disputes(entry: SubmissionUnderCheck) -> Mapping[tuple[str, str], Sequence[str]]:
    """The cases of the disputes register by row and column of table four; none without the kinds and results.

    A case that belongs to another year does not count. Results are those at the end of the year; a row that agrees
    with what was decided after it, as a table filled in in January may, is taken at its word.
    """
    if "disputes_register" not in entry.submission.reported:
        return {}
    year = entry.submission.year
    records = [r for r in entry.submission.records("disputes_register") if dates.outside(r, year) is None]
    if any(record["kind"] is None or entry.unsure(record, "filed_on", "closed_on") for record in records):
        return {}
    totals = _grouped(records, lambda record: record["kind"])
    not_stated = {record["kind"] for record in records if record["result"] is None}
    at_the_end = _grouped(records, lambda record: (record["kind"], _result(record, year)))
    since = _grouped(records, lambda record: (record["kind"], record["result"]))
    found: dict[tuple[str, str], Sequence[str]] = {}
    for kind, specs in groupby((s for s in entry.format.cells if s.table == DISPUTES), key=lambda spec: spec.row):
        results = {spec.column: entry.numbers.get(spec.where) for spec in specs if spec.column != "total"}
        found[kind, "total"] = totals.get(kind, ())
        if kind not in not_stated:
            later = all(value == len(since.get((kind, result), ())) for result, value in results.items())
            found |= {(kind, result): (since if later else at_the_end).get((kind, result), ()) for result in results}
    return found


def _grouped(records: Sequence[Record], key: Callable[[Record], Hashable]) -> Mapping[Hashable, Sequence[str]]:
    """Numbers of the records, by what they share."""
    found: dict[Hashable, list[str]] = {}
    for record in records:
        found.setdefault(key(record), []).append(record.id)
    return found


def _result(dispute: Record, year: int) -> str | None:
    """The result at the end of the year."""
    closed = dispute["closed_on"]
    result: str | None = dispute["result"]
    return "pending" if result is not None and closed is not None and closed.year > year else result


def _listed_documents(entry: SubmissionUnderCheck) -> Mapping[str, Sequence[str]]:
    """Normative documents that the list shows as made and as repealed in the year, by cell of table two."""
    if "documents" not in entry.submission.reported:
        return {}
    year = entry.submission.year
    documents = entry.submission.records("documents")
    if any(document["kind"] is None for document in documents):
        return {}
    normative = [d for d in documents if d["kind"] == "normative"]
    row, found = NORMATIVE_DOCUMENTS, {}
    if not any(entry.unsure(document, "repealed_on") for document in normative):
        repealed = [d.id for d in normative if d["repealed_on"] is not None and d["repealed_on"].year == year]
        found[f"{row}.repealed"] = repealed
    if all(document["made_on"] is not None for document in normative):
        found |= {f"{row}.{column}": [d.id for d in normative if d["made_on"].year == year] for column in _ISSUED}
    return found


def _against_list(entry: SubmissionUnderCheck, spec: CellSpec, value: Number, counted: Sequence[str]) -> ComparedValues:
    described = partial(_facts, entry, spec, value, len(counted), counted=listed(counted))
    return ComparedValues(value, len(counted), described)


def _against_stock(entry: SubmissionUnderCheck, spec: CellSpec, value: Number, known: Sequence[str]) -> ComparedValues:
    return ComparedValues(value, len(known), partial(_facts, entry, spec, value, len(known), documents=listed(known)))


def _against_last(
    entry: SubmissionUnderCheck, spec: CellSpec, value: Number, last: Number, doubtful: bool, **values: object
) -> ComparedValues:
    values["last_report"] = entry.last_report
    return ComparedValues(int(doubtful), 0, lambda: _facts(entry, spec, value, last, **values))


def _unit_slip(value: Number, last: Number, rules: RuleSet) -> bool:
    """Whether the amount is about ten thousand times last year's, or last year's of it: 元 in the place of 万元."""
    less, more = sorted((Decimal(value), Decimal(last)))
    lowest, highest = rules.limit("FEE-UNIT", "lowest"), rules.limit("FEE-UNIT", "highest")
    return less > 0 and lowest * less <= more <= highest * less


def _peers(entries: Sequence[SubmissionUnderCheck]) -> Mapping[tuple[str, str], Mapping[str, Number]]:
    """Kind of unit and headline → unit → its figure; of several files of a unit, the last one's."""
    found: dict[tuple[str, str], dict[str, Number]] = {}
    for entry in sorted(entries, key=lambda e: (e.received_at, e.key)):
        for where in filter(entry.checks, HEADLINES):
            if (value := entry.numbers.get(where)) is not None:
                found.setdefault((entry.unit.kind, where), {})[entry.unit.code] = value
    return found


def _among_peers(
    entry: SubmissionUnderCheck, spec: CellSpec, value: Number, others: Sequence[Number], rules: RuleSet
) -> dict[str, ComparedValues]:
    """PEER-OUTLIER of the requests received: many times the median of enough peers, and more than chance.

    Of an even number of peers the upper of the middle two decides; the message tells the median itself.
    """
    if len(others) < rules.limit("PEER-OUTLIER", "peers") or spec.where != HEADLINES[0]:
        return {}
    counts = [int(number) for number in others]
    middle, factor = median_high(counts), rules.limit("PEER-OUTLIER", "factor")
    doubtful = value >= factor * max(middle, 1) and jumped(value, middle, factor)
    both = middle + median_low(counts)
    usual = Decimal(both) / 2 if both % 2 else both // 2
    described = partial(_facts, entry, spec, value, usual, peers=len(others), usual=usual)
    return {"PEER-OUTLIER": ComparedValues(int(doubtful), 0, described)}


def _facts(entry: SubmissionUnderCheck, spec: CellSpec, value: Number, other: Number, **values: object) -> Facts:
    cell = entry.cell(spec.where)
    return Facts(
        where=spec.where,
        observed=value,
        expected=other,
        difference=apart(value, other),
        origin=cell.origin if cell else Origin(),
        values={"left": value, "right": other, "named": cell_label(spec), **values},
    )
