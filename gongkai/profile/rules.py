"""`rules.yaml` of a profile: which rules a district switches off, which thresholds it changes, when a rule is in doubt.

A reason is printed on every receipt. Whether a rule exists, may be switched off or has the threshold is asked in
`expectations.ruleset`: the catalogue is not known here.
"""

from decimal import Decimal
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, field_validator

SHORTEST_REASON = 4
"""Characters of a reason that is printed or cannot be taken back: “节假日” is none, “本区口径” is one."""


class _Entry(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    rule: str
    reason: str

    @field_validator("reason")
    @classmethod
    def _written(cls, reason: str) -> str:
        if len(reason.strip()) < SHORTEST_REASON:
            raise ValueError(f"理由“{reason.strip()}”过短，不少于 {SHORTEST_REASON} 个字：单位的回执上会原样印出")
        return reason.strip().rstrip("。")


class SwitchedOff(_Entry):
    """A rule that is not applied in this district."""


class ChangedThreshold(_Entry):
    """Another number than the catalogue's.

    Attributes:
        name: which of the rule's thresholds; may be left out where it has one.
    """

    name: str | None = None
    value: int


class Alarm(BaseModel):
    """When one rule hits so many units that the rule may be wrong: the mails of that run wait.

    Attributes:
        share: of the units that sent something, more than which.
        units: and at least how many.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    share: Annotated[Decimal, Field(gt=0, le=1)] = Decimal("0.30")
    units: Annotated[int, Field(ge=1)] = 5


class RuleSettings(BaseModel):
    """`rules.yaml`; a district without one applies every rule as it is."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    off: tuple[SwitchedOff, ...] = ()
    thresholds: tuple[ChangedThreshold, ...] = ()
    alarm: Alarm = Alarm()
