"""Which rules a year was judged by, run after run: what a bulletin of changes is made from."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, select

from gongkai.profile.loader import profile_from_json
from gongkai.profile.rules import Alarm, RuleSettings
from gongkai.warehouse import models


@dataclass(frozen=True, slots=True)
class RulesInForce:
    """The rules from a run on: what the district changed about them, and the catalogue as JSON (None: not kept)."""

    run_id: int
    since: datetime
    settings: RuleSettings
    catalogue: str | None


def rule_history(connection: Connection, year: int) -> list[RulesInForce]:
    """The rules of a year's runs in the order of the runs; a run by the same rules as the one before is left out."""
    run, profile, rules = models.Run, models.ProfileSnapshot, models.RulesSnapshot
    found: list[RulesInForce] = []
    last: tuple[str, str] | None = None
    runs = connection.execute(
        select(run.id, run.as_of, run.profile_sha256, run.rules_version).where(run.year == year).order_by(run.id)
    ).all()
    for run_id, as_of, profile_sha256, version in runs:
        if (profile_sha256, version) == last:
            continue
        last = (profile_sha256, version)
        said = connection.execute(select(profile.content).where(profile.sha256 == profile_sha256)).scalar_one()
        kept = connection.execute(select(rules.content).where(rules.sha256 == version)).scalar()
        settings = profile_from_json(said).rules.model_copy(update={"alarm": Alarm()})  # about mails, no rule
        entry = RulesInForce(run_id, as_of, settings, kept)
        if not found or (entry.settings, entry.catalogue) != (found[-1].settings, found[-1].catalogue):
            found.append(entry)
    return found
