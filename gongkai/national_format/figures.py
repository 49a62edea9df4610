"""The tables and figures of the national form that rules, measures and texts speak of by name.

The one place in the code that knows what a key of the format means; everything else takes tables, rows and columns
as the format of the year gives them. A figure that a year's format lacks is simply not there.
"""

DISCLOSURE = "proactive_disclosure"
REQUESTS = "requests"
DISPUTES = "disputes"

# Table two
RULES = f"{DISCLOSURE}.rules"  # 规章: nobody below city level makes any
NORMATIVE_DOCUMENTS = f"{DISCLOSURE}.normative_documents"
NORMATIVE_ISSUED = f"{NORMATIVE_DOCUMENTS}.issued"
NORMATIVE_REPEALED = f"{NORMATIVE_DOCUMENTS}.repealed"
NORMATIVE_IN_FORCE = f"{NORMATIVE_DOCUMENTS}.in_force"
NORMATIVE_MADE = f"{NORMATIVE_DOCUMENTS}.made"  # 2019
LICENCES = f"{DISCLOSURE}.administrative_licences.decisions"
PENALTIES = f"{DISCLOSURE}.administrative_penalties.decisions"
COMPULSIONS = f"{DISCLOSURE}.administrative_compulsion.decisions"
FEES_WAN_YUAN = f"{DISCLOSURE}.administrative_fees.amount_wan_yuan"

# Table three
NEW_REQUESTS = f"{REQUESTS}.new_requests.total"
CARRIED_IN = f"{REQUESTS}.carried_in.total"
GRANTED = f"{REQUESTS}.granted.total"
PARTLY_GRANTED = f"{REQUESTS}.partly_granted.total"
OUTCOME_TOTAL = f"{REQUESTS}.outcome_total.total"
CARRIED_OUT = f"{REQUESTS}.carried_out.total"
CLOSED_OTHER = f"{REQUESTS}.closed_other.total"

# Table four
RECONSIDERATION = "reconsideration"
LITIGATION = ("litigation_direct", "litigation_after_reconsideration")
DISPUTE_KINDS = (RECONSIDERATION, *LITIGATION)
RECONSIDERATIONS = f"{DISPUTES}.{RECONSIDERATION}.total"
LITIGATIONS = tuple(f"{DISPUTES}.{kind}.total" for kind in LITIGATION)


def of_disputes(result: str, kinds: tuple[str, ...] = DISPUTE_KINDS) -> tuple[str, ...]:
    """The cells of one result (`corrected`, `pending`) in groups of table four, by default all of them."""
    return tuple(f"{DISPUTES}.{kind}.{result}" for kind in kinds)


def only_cities(where: str) -> bool:
    """Whether a cell counts 规章, which no district and no town makes: always 0 there."""
    return where.startswith(f"{RULES}.")
