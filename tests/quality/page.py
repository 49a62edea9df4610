"""Writes docs/quality.md from what was measured: the tables here, the words around them in `quality.md.j2`."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jinja2 import Environment, StrictUndefined

from expectations.catalogue import load_catalogue
from gongkai.findings import Severity
from gongkai.submission.fields import lists
from tests.quality.draw import BOUND, FULL, TABLES
from tests.quality.list_slips import LIST_SLIPS
from tests.quality.personal import FormOutcome
from tests.quality.personal_table import personal_section
from tests.quality.published import Found, Report
from tests.quality.table_slips import TABLE_SLIPS, YUAN
from tests.quality.tally import Accusations, Tallies, Tally, share
from tests.quality.texts import Read
from tests.quality.texts_table import texts_section

NAMES = {"proactive_disclosure": "表二", "requests": "表三", "disputes": "表四"}
BY_IDENTITIES = ("±1", "×10", "digit transposition", "swap of neighbours")
_TEMPLATE = Path(__file__).with_name("quality.md.j2")
_FIGURES = {"drawn", "different", "findings", "in 1,000 submissions", "errors", "queries", "notices"}


@dataclass(frozen=True)
class Measured:
    """Everything the page says in figures."""

    seed: int
    rules_version: str
    bases: int
    tallies: Tallies
    clean: int
    accusations: Accusations
    published: Report
    personal: Sequence[FormOutcome] = ()
    texts: Sequence[Read] = ()
    held_out: Sequence[Read] = ()


def written(measured: Measured) -> str:
    """The page as Markdown."""
    environment = Environment(  # noqa: S701 - Markdown for developers, no HTML
        undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True, keep_trailing_newline=True
    )
    tallies, published, said = measured.tallies, measured.published, measured.accusations
    return environment.from_string(_TEMPLATE.read_text(encoding="utf-8")).render(
        seed=measured.seed,
        version=measured.rules_version[:12],
        mutations=sum(tally.count for tally in tallies.values()),
        bases=measured.bases,
        numbers=FULL,
        larger=FULL.bound * BOUND["requests"] // sum(BOUND.values()),
        smaller=FULL.bound * BOUND["disputes"] // sum(BOUND.values()),
        bound=_bound(tallies),
        families=_families(tallies),
        table_two=_table_two(tallies),
        lists=list(_lists(tallies)),
        clean=measured.clean,
        errors=sum(n for (_, severity, _), n in said.items() if severity is Severity.ERROR),
        queries=sum(n for (_, severity, settled), n in said.items() if severity is Severity.QUERY and not settled),
        accusations=_accusations(measured),
        accepted=_accepted(published),
        figures=_mistakes(published.in_figures),
        text=_mistakes(published.in_text),
        sound=_mistakes(published.sound),
        sound_table=_sound(published.sound),
        personal=personal_section(measured.personal) if measured.personal else None,
        texts=texts_section(measured.texts, measured.held_out) if measured.texts else None,
    )


def _bound(tallies: Tallies) -> str:
    rows = []
    for kind in TABLE_SLIPS:
        promise = "identities" if kind in BY_IDENTITIES else "BLANK" if kind == "blank" else "all rules"
        for name in BOUND:
            own = tallies[name, kind]
            shares = _shares(own, own.families["identity"], own.rules["BLANK"], own.found, own.named)
            rows.append([kind, NAMES[name], *_counts(own), promise, *shares])
    columns = ("mutation", "table", "drawn", "different", "promise", "identities alone", "BLANK", "all rules", "named")
    return _table(columns, rows)


def _table_two(tallies: Tallies) -> str:
    rows = []
    for kind in (*TABLE_SLIPS, YUAN):
        own = tallies[TABLES[0], kind]
        rows.append(
            [kind, *_counts(own), *_shares(own, own.families["identity"], own.found, own.named), _by(own.rules)]
        )
    return _table(("mutation", "drawn", "different", "identities alone", "all rules", "named", "found by"), rows)


def _families(tallies: Tallies) -> str:
    bound = [(name, kind) for kind in TABLE_SLIPS for name in BOUND]
    seen = {family for at in bound for family in tallies[at].families}
    families = [family for family in dict.fromkeys(rule.family for rule in load_catalogue().rules) if family in seen]
    rows = [
        [kind, NAMES[name], *_shares(tallies[name, kind], *(tallies[name, kind].families[f] for f in families))]
        for name, kind in bound
    ]
    return _table(("mutation", "table", *families), rows)


def _lists(tallies: Tallies) -> Iterator[Mapping[str, Any]]:
    for name in dict.fromkeys(slip.list for slip in LIST_SLIPS):
        own = [slip for slip in LIST_SLIPS if slip.list == name]
        hows = list(dict.fromkeys(slip.how for slip in own))
        rows = [
            [what, *(share(t.found, t.count) for how in hows for t in [tallies.get((name, f"{what}: {how}"), Tally())])]
            for what in dict.fromkeys(slip.what for slip in own)
        ]
        found = [tally for (table, _), tally in tallies.items() if table == name]
        drawn = sum(tally.count for tally in found)
        yield {
            "key": name,
            "label": lists()[name].label,
            "drawn": drawn,
            "found": share(sum(tally.found for tally in found), drawn),
            "named": share(sum(tally.named for tally in found), drawn),
            "rules": _by(sum((tally.rules for tally in found), Counter())),
            "table": _table(("field", *hows), rows),
        }


def _accusations(measured: Measured) -> str:
    order = load_catalogue().order
    said = sorted(measured.accusations.items(), key=lambda one: (one[0][1].rank, order(one[0][0]), one[0][2]))
    rows = [
        [rule, severity.value, "by the file itself" if settled else "", str(count), _rate(count, measured.clean)]
        for (rule, severity, settled), count in said
    ]
    return _table(("rule", "severity", "explained", "findings", "in 1,000 submissions"), rows)


def _accepted(published: Report) -> str:
    rows = [
        [case, verdict.status.value, *(str(sum(f.severity is one for f in verdict.findings)) for one in Severity)]
        for case, verdict in published.clean.items()
    ]
    return _table(("published report", "verdict", "errors", "queries", "notices"), rows)


def _mistakes(known: Sequence[Found]) -> Mapping[str, Any]:
    rows = [
        [one.case, str(one.year), one.what, _said(one), f"{one.found} of {one.expected}", ", ".join(one.rules)]
        for one in known
    ]
    table = _table(("report", "year", "what", "", "cells or sentences", "rules"), rows)
    return {"found": sum(one.found == one.expected for one in known), "count": len(known), "table": table}


def _sound(sentences: Sequence[Found]) -> str:
    rows = [[one.case, str(one.year), one.what, ", ".join(one.rules) or "nothing"] for one in sentences]
    return _table(("report", "year", "sentence", "raised"), rows)


def _said(one: Found) -> str:
    return "found" if one.found == one.expected else "in part" if one.found else "not found"


def _shares(tally: Tally, *parts: int) -> list[str]:
    return [share(part, tally.count) for part in parts]


def _counts(tally: Tally) -> tuple[str, str]:
    return str(tally.count), str(len(tally.distinct))


def _by(rules: Counter[str]) -> str:
    return ", ".join(f"{rule} {count}" for rule, count in sorted(rules.items(), key=lambda one: (-one[1], one[0])))


def _rate(count: int, whole: int) -> str:
    tenths = 10_000 * count // whole
    return f"{tenths // 10}.{tenths % 10}"


def _table(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    rule = ["---:" if column in _FIGURES else "---" for column in columns]
    return "\n".join(f"| {' | '.join(line)} |" for line in (columns, rule, *rows))
