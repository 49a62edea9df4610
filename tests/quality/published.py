"""The nine published reports through the rules: every known mistake found or not, and nothing else blamed.

The mistakes and the sentences are data (tests/data/published_mistakes.yaml); the figures are in tests/data/published.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta
from fnmatch import fnmatchcase
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

import yaml

from expectations.context import Context
from expectations.validation import validate
from gongkai.findings import Severity
from gongkai.national_format import for_year
from gongkai.profile import Profile, load_profile
from gongkai.submission.verdict import Verdict
from gongkai.warehouse.years.last_year import Previous
from tests.golden.published.build import Case, cases, write_profile
from tests.quality.clean import read

MISTAKES = Path(__file__).parents[1] / "data" / "published_mistakes.yaml"
CLEAN = ("004", "005", "017")  # what these three deserve is to be accepted


class Found(NamedTuple):
    """One known mistake: its report, what it is, how much of it the rules name, and which rules."""

    case: str
    year: int
    what: str
    found: int
    expected: int
    rules: tuple[str, ...]


class Report(NamedTuple):
    """What the rules say to the nine reports."""

    clean: Mapping[str, Verdict]
    in_figures: Sequence[Found]
    in_text: Sequence[Found]
    sound: Sequence[Found]


def judged() -> Report:
    """Every report on its own figures, and once more with each of the sentences as its text."""
    known = yaml.safe_load(MISTAKES.read_text(encoding="utf-8"))
    with TemporaryDirectory() as folder:
        write_profile(Path(folder) / "profile")
        profile = load_profile(Path(folder) / "profile")
    reports = {case.number: case for case in cases()}
    sentences = known["sentences"] + known["sound"]
    said = [(reports[one["case"]], one["text"]) for one in sentences]
    verdicts = _verdicts([*((case, None) for case in reports.values()), *said], profile)
    own, told = dict(zip(reports, verdicts, strict=False)), verdicts[len(reports) :]
    figures = [_in_figures(reports[one["case"]], one, own[one["case"]]) for one in known["cells"]]
    texts = [
        _in_text(reports[one["case"]], one.get("what", one["text"]), own[one["case"]], verdict)
        for one, verdict in zip(sentences, told, strict=True)
    ]
    wrong = len(known["sentences"])
    return Report({number: own[number] for number in CLEAN}, figures, texts[:wrong], texts[wrong:])


def _verdicts(texts: Sequence[tuple[Case, str | None]], profile: Profile) -> list[Verdict]:
    """A verdict for each report and text, judged year by year with last year's report at hand."""
    found: dict[int, Verdict] = {}
    for year in sorted({case.year for case, _ in texts}):
        own = [(at, case, text) for at, (case, text) in enumerate(texts) if case.year == year]
        readings = [read(_content(case, text)) for _, case, text in own]
        as_of = readings[0].file.received_at + timedelta(days=2)
        context = Context(year, profile, as_of, dict(_previous(year)))
        found |= {at: verdict for (at, _, _), verdict in zip(own, validate(readings, context), strict=True)}
    return [found[at] for at in range(len(texts))]


def _content(case: Case, text: str | None) -> dict[str, Any]:
    return {**case.submission(), **({"narrative": {"overview": text}} if text else {})}


def _previous(year: int) -> Iterator[tuple[str, Previous]]:
    for case in cases():
        submission = read(case.submission()).submission
        if case.year == year - 1 and submission is not None:
            yield case.unit, Previous(submission, 1, case.number in CLEAN)


def _in_figures(case: Case, mistake: Mapping[str, Any], verdict: Verdict) -> Found:
    wanted = [
        spec.where
        for spec in for_year(case.year).cells
        if any(fnmatchcase(spec.where, pattern) for pattern in mistake["cells"])
        and (mistake["rule"] != "BLANK" or _empty(case, spec.where))
    ]
    found = {finding.where for finding in verdict.findings if finding.rule == mistake["rule"]}
    return Found(case.number, case.year, mistake["what"], len(found & set(wanted)), len(wanted), (mistake["rule"],))


def _empty(case: Case, where: str) -> bool:
    table, row, column = where.split(".")
    rows = case.facts["tables"].get(table) or {}
    return (rows.get(row) or {}).get(column) is None


def _in_text(case: Case, what: str, own: Verdict, verdict: Verdict) -> Found:
    rules = sorted({rule for rule, _ in _open(verdict) - _open(own)})
    return Found(case.number, case.year, what, int(bool(rules)), 1, tuple(rules))


def _open(verdict: Verdict) -> set[tuple[str, str]]:
    """The errors and queries, by rule and message."""
    return {(finding.rule, finding.message) for finding in verdict.findings if finding.severity is not Severity.NOTICE}
