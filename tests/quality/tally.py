"""Counts outcomes: how many slips of a kind the rules found, which rules, and what stays unfound."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from expectations.catalogue import load_catalogue
from expectations.validation import validate
from gongkai.findings import Severity
from tests.quality.clean import District
from tests.quality.mutation import Outcome, Slip


@dataclass
class Tally:
    """The slips of one kind in one table.

    Attributes:
        distinct: the different ones among them; small tables are drawn from with repetition.
        found: those with a new error or query.
        named: those where the new findings name every changed cell.
        families, rules: in how many slips a family, a rule had a new error or query.
    """

    count: int = 0
    found: int = 0
    named: int = 0
    distinct: set[object] = field(default_factory=set)
    families: Counter[str] = field(default_factory=Counter)
    rules: Counter[str] = field(default_factory=Counter)

    def add(self, origin: object, slip: Slip, outcome: Outcome) -> None:
        self.count += 1
        self.distinct.add((origin, *sorted((place, str(value)) for place, value in slip.changes.items())))
        self.found += bool(outcome.rules)
        self.named += outcome.named
        self.rules.update(outcome.rules)
        self.families.update({load_catalogue().rule(rule).family for rule in outcome.rules})


Accusations = Counter[tuple[str, Severity, bool]]  # rule, severity, whether the file explains it itself → how often
Tallies = Mapping[tuple[str, str], Tally]  # (table, kind) → tally


def tallied(outcomes: Iterable[tuple[object, Slip, Outcome]]) -> Tallies:
    """The outcomes by table and kind; `origin` tells the submission a slip was made in."""
    found: dict[tuple[str, str], Tally] = {}
    for origin, slip, outcome in outcomes:
        found.setdefault((slip.table, slip.kind), Tally()).add(origin, slip, outcome)
    return found


def judge_clean(made: tuple[Callable[[int], District], int]) -> tuple[int, Accusations]:
    """Judges one generated district as a whole, as a run does: how many submissions, and what was said of them."""
    make, seed = made
    district = make(seed)
    verdicts = validate(district.readings, district.context)
    said = Counter((f.rule, f.severity, f.settled_by is not None) for v in verdicts for f in v.findings)
    return len(verdicts), said


def share(part: int, whole: int) -> str:
    """A share in percent to one place, cut off and not rounded: 100 % is every single one."""
    permille = 1000 * part // whole if whole else 0
    return "–" if not whole else "100 %" if part == whole else f"{permille // 10}.{permille % 10} %"
