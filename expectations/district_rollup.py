"""The roll-up: whether the district's totals are the sum of the accepted submissions. A check of our own work.

A failure is never a unit's finding: it stops the run, because a wrong total must not be printed.
"""

from collections.abc import Sequence

from expectations.catalogue import load_catalogue
from expectations.frames import rollup_frame
from expectations.results import finding
from gongkai.errors import RuleCrashed
from gongkai.national_format import for_year
from gongkai.warehouse.records import Revision
from gongkai.warehouse.totals import Totals


def check_rollup(totals: Totals, accepted: Sequence[Revision]) -> None:
    """Compares every cell of the district's tables with an independent sum over the accepted revisions.

    Raises:
        RuleCrashed: a cell differs (the message names every one), or a rule could not be evaluated.
    """
    from expectations import suites  # here, because it loads pandas and Great Expectations (5 s)

    frame = rollup_frame.build(totals, accepted)
    rules = load_catalogue().in_force(totals.year, "rollup")
    national_format = for_year(totals.year)
    messages = [
        finding(rule, frame.describe(row, rule.id), national_format).message
        for outcome in suites.evaluate([frame], rules)
        for rule, row, _ in outcome.failures
    ]
    if messages:
        raise RuleCrashed("\n".join(["全区汇总数与各单位之和不一致：", *messages]))
