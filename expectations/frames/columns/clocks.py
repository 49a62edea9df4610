"""The law's clocks (`gongkai.law.clocks`) over a whole register: the same arithmetic, a column a step.

Fees that were asked for are not reckoned here: whoever asks gives cases without one. Equal to the law's own module case
by case (`tests/unit/expectations/frames/test_columns.py`); a limit that lies in an unknown year is `BEYOND`.
"""

from typing import NamedTuple

import numpy as np

from expectations.frames.columns.calendar import BEYOND, Calendar
from expectations.frames.columns.compared import Flags, Ints
from expectations.frames.columns.listed import ListColumns
from gongkai.law.clocks import UNCORRECTED
from gongkai.law.limits import Limits

_ANSWERED = (("third_party_asked_on", "third_party_answered_on"), ("consulted_on", "consulted_answered_on"))
_NO_SPAN = BEYOND - 1  # sorts behind every span that is one


class Spans(NamedTuple):
    """Stretches of days that do not count, three columns a case: in order and disjoint; empty ones are 0."""

    after: Ints
    until: Ints

    def within(self, calendar: Calendar, through: Ints) -> Ints:
        """How many working days of them lie before a day has ended."""
        until = np.minimum(self.until, through[:, None])
        days: Ints = np.where(until > self.after, calendar.between(self.after, until), 0).sum(axis=1)
        return days


class Clocks(NamedTuple):
    """What the clocks of the cases say: first limit, limit with the extension, working days allowed and used."""

    first_due: Ints
    due: Ints
    limit: Ints
    used: Ints


def read(cases: ListColumns, calendar: Calendar, limits: Limits, start: Ints, ended: Ints) -> Clocks:
    """The clocks from a start up to an end (0: open), pauses and valid extensions reckoned with."""
    spans = _pauses(cases, calendar, limits, start, ended)
    reply = np.full_like(start, limits.reply)
    first_due = _due(spans, calendar, start, reply)
    notified = cases.days("extension_notified_on")
    extended = np.clip(cases.number("extension_days"), 0, limits.extension)
    limit = reply + np.where((notified > 0) & (notified <= first_due), extended, 0)
    due = np.where(limit == reply, first_due, _due(spans, calendar, start, limit))
    return Clocks(first_due, due, limit, _counted(spans, calendar, start, ended))


def _counted(spans: Spans, calendar: Calendar, start: Ints, through: Ints) -> Ints:
    return calendar.between(start, through) - spans.within(calendar, through)


def _due(spans: Spans, calendar: Calendar, start: Ints, limit: Ints) -> Ints:
    """The day on which so many counted days are used up: pauses push it on until nothing changes."""
    due = calendar.add(start, limit)
    while True:
        missing = np.where(due < BEYOND, limit - _counted(spans, calendar, start, due), 0)
        if not (missing > 0).any():
            return due
        due = calendar.add(due, np.maximum(missing, 0))


def _pauses(cases: ListColumns, calendar: Calendar, limits: Limits, start: Ints, ended: Ints) -> Spans:
    begun, done = [], []
    for asked_key, answered_key in _ANSWERED:
        asked, answered = cases.days(asked_key), cases.days(answered_key)
        longest = calendar.add(asked, limits.answer)
        begun.append(np.where(asked > 0, asked, _NO_SPAN))
        done.append(np.where(answered > 0, np.minimum(answered, longest), longest))
    asked = cases.days("correction_asked_on")
    waited = (asked > 0) & (ended > 0) & (cases.days("correction_received_on") == 0) & ~_answered(cases)
    begun.append(np.where(waited, asked, _NO_SPAN))
    done.append(ended)
    return _disjoint(np.stack(begun, axis=1), np.stack(done, axis=1), start)


def _answered(cases: ListColumns) -> Flags:
    return (cases.days("replied_on") > 0) & ~cases.missing("outcome") & ~cases.any_of("outcome", (UNCORRECTED,))


def _disjoint(after: Ints, until: Ints, start: Ints) -> Spans:
    order = np.lexsort((until, after), axis=1)
    after, until = (np.take_along_axis(days, order, axis=1) for days in (after, until))
    begun, done, end = np.zeros_like(after), np.zeros_like(until), start.copy()
    for n in range(after.shape[1]):
        begin = np.maximum(after[:, n], end)
        counts = (after[:, n] < _NO_SPAN) & (until[:, n] > begin)
        begun[:, n], done[:, n] = np.where(counts, begin, 0), np.where(counts, until[:, n], 0)
        end = np.where(counts, until[:, n], end)
    return Spans(begun, done)
