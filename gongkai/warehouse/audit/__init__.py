"""The audit log: every decision with its person, reason, before and after, each entry chained to the one before it.

`record` is the one way in; nothing changes or takes out an entry. `chain` finds out whether somebody did.
"""

from gongkai.warehouse.audit.decision import BY_RULE, Decision, Kind, TypedIn
from gongkai.warehouse.audit.log import Entry, Head, account, entries, head_of, record

__all__ = ["BY_RULE", "Decision", "Entry", "Head", "Kind", "TypedIn", "account", "entries", "head_of", "record"]
