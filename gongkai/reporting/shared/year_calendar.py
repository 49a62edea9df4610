"""What a year's papers say of the calendar: whether the arrangement of holidays that the work reaches into is known.

The sentence itself is `gongkai.profile.arrangement`'s; board, status and a run's end say it alike.
"""

from gongkai.profile.arrangement import Arrangement, arrangement
from gongkai.warehouse.records import YearState


def arrangement_of(state: YearState) -> Arrangement:
    """The arrangement as the year's profile knew it at the state's moment."""
    return arrangement(state.profile, state.year, state.profile.local(state.as_of).date())
