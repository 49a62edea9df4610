"""Whose a published report is that lies in nobody's folder: the unit whose name or authority its title bears."""

from collections.abc import Iterable

from gongkai.profile import Unit
from gongkai.submission.published.reader import looks_published, printed_report, report_title


def named_in_title(title: str, registry: Iterable[Unit]) -> str | None:
    """The code of the unit whose name or authority a title bears, when it is exactly one."""
    found = {unit.code for unit in registry if title and unit.is_called(title)}
    return found.pop() if len(found) == 1 else None


def named_by_report(data: bytes, registry: Iterable[Unit]) -> str | None:
    """The code of the unit that a report names; None for what is no published report, or names nobody."""
    report = printed_report(data) if looks_published(data) else None
    return named_in_title(report_title(report), registry) if report is not None else None
