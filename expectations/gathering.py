"""Gathers the context in which a file is judged from what is known of the year: the one owner of that question.

A run, `check --warehouse` and `preview --file` all ask here, so that none of them can know less than another. Pure:
the year was read by `gongkai.warehouse.queries.load_year`.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from expectations.acceptance import decisions_of
from expectations.context import Context
from expectations.settling import waivers
from gongkai.submission.inspection.entry import InspectionEntry
from gongkai.warehouse.records import YearState
from gongkai.warehouse.rows.inspections import extensions


def gather_context(
    known: YearState, granted: Iterable[InspectionEntry] | None = None, set_aside: Mapping[str, str] | None = None
) -> Context:
    """What the rules need beside the files.

    Args:
        known: the year as the warehouse knows it at the moment.
        granted: the office's entries in force where they are not those of `known`: a run also counts what came in
            just now.
        set_aside: rule → why it is left out, for `rules_not_applied`.
    """
    entries = tuple(known.inspections if granted is None else granted)
    today = known.profile.local(known.as_of).date()
    reports = {unit.unit.code: unit.report for unit in known.units}
    return Context(
        year=known.year,
        profile=known.profile,
        as_of=known.as_of,
        previous=known.previous,
        extensions=extensions(entries),
        waivers=waivers.in_force(entries, today),
        decisions=replace(decisions_of(entries, today), issued=known.issued),
        set_aside=set_aside or {},
        published={code: report for code, report in reports.items() if report is not None},
        revisions=[r for unit in known.units for r in unit.revisions if r.submission is not None],
        lock=known.lock,
    )
