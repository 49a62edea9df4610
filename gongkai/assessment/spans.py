"""How much longer a span of days is than the working days it may take, in words; a case's clock is the law's."""

from datetime import date

from gongkai.errors import CalendarError
from gongkai.law.clocks import IN_FORCE_FROM
from gongkai.profile import WorkingDays


def exceeds(days: WorkingDays, start: date, end: date, limit: int) -> str | None:
    """By how much a span is longer than `limit` working days, in Chinese; None within the limit.

    A span far beyond the limit is told in calendar days, and one that ended before the regulation set any limit
    is within it, so that a document of long ago needs no calendar of its own year.

    Raises:
        CalendarError: only the working days of a year that nobody has supplied could tell.
    """
    natural = (end - start).days
    if natural <= limit or end < IN_FORCE_FROM:
        return None
    if natural > 4 * limit + 60:
        return f"历时 {natural} 天，超过 {limit} 个工作日的期限"
    try:
        used = days.between(start, end)
    except CalendarError as error:  # the known days before that year may be too many already
        if start.year < error.year and days.between(start, date(error.year - 1, 12, 31)) > limit:
            return f"用时超过 {limit} 个工作日"
        raise
    return f"用时 {used} 个工作日，超期 {used - limit} 个工作日" if used > limit else None
