"""Units that the registry has lost although the warehouse holds what was accepted of them in the year.

Their figures would leave the totals without a word, so a run does not begin: the registry is mended first.
"""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import Engine, select

from gongkai.errors import ConfigurationError
from gongkai.profile import Profile, Unit
from gongkai.profile.loader import profile_from_json
from gongkai.submission.verdict import Status
from gongkai.warehouse import models
from gongkai.warehouse.engine import reading
from gongkai.warehouse.rows.known import known_revisions


def refuse_lost_units(engine: Engine, year: int, as_of: datetime, profile: Profile) -> None:
    """Refuses a registry that does not expect a unit with an accepted revision of the year.

    Args:
        engine: the warehouse.
        year: the report year.
        as_of: the moment.
        profile: the one that the year is computed from: of a locked year the lock's.

    Raises:
        ConfigurationError: names every such unit, with the line that `units.yaml` needs.
    """
    expected = {unit.code for unit in profile.expected(year)}
    with reading(engine) as connection:
        accepted = {
            known.row.unit: known.row.number
            for known in known_revisions(connection, year, as_of)
            if known.latest.status is Status.ACCEPTED
        }
        lost = sorted(set(accepted) - expected)
        if not lost:
            return
        run, snapshot = models.Run, models.ProfileSnapshot
        kept = connection.execute(
            select(snapshot.content)
            .join(run, run.profile_sha256 == snapshot.sha256)
            .where(run.year == year)
            .order_by(run.id.desc())
        ).scalars()
        before = _before(lost, (profile_from_json(content) for content in kept), year)
    named = "、".join(f"{code}（第 {accepted[code]} 版）" for code in lost)
    lines = "\n".join(_line(before[code], profile.unit(code), year) for code in lost if code in before)
    raise ConfigurationError(
        f"{year} 年度已受理 {named} 的报送，但按现行 units.yaml，{year} 年度没有这些单位："
        f"照此运行，它们的数据会从{profile.district.whole}汇总中消失。没有写入任何内容。"
        f"请在 units.yaml 的 units 中加入或改回：\n{lines}"
    )


def _before(lost: Iterable[str], profiles: Iterable[Profile], year: int) -> dict[str, Unit]:
    """The units as the latest profile that expected them in the year has them."""
    found: dict[str, Unit] = {}
    missing = set(lost)
    for profile in profiles:
        found |= {unit.code: unit for unit in profile.expected(year) if unit.code in missing}
        missing -= set(found)
        if not missing:
            break
    return found


def _line(unit: Unit, today: Unit | None, year: int) -> str:
    """The unit's line of `units.yaml`: as it was, in force up to and with the year."""
    said = unit.model_dump(mode="json", exclude_defaults=True)
    said |= {"to_year": max(year, (today and today.to_year) or year)}
    return f"  - {{{', '.join(f'{key}: {_flow(value)}' for key, value in said.items())}}}"


def _flow(value: object) -> str:
    """A value in YAML's flow style; texts that YAML would take for something else are quoted."""
    if isinstance(value, list):
        return f"[{', '.join(_flow(one) for one in value)}]"
    if isinstance(value, bool):
        return str(value).lower()
    return f'"{value}"' if isinstance(value, str) and not value.isidentifier() else str(value)
