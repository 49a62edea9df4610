"""The form that an operator sees: labels, help and choices of the flows' parameters.

Prefect takes a parameter's label from `json_schema_extra`; the choices of units are those of the profile in
force when the deployment is made. The server refuses other values; a call in this process is checked by the
flow itself against the profile it is given.
"""

from datetime import datetime
from typing import Any, Literal

from pydantic import Field

from gongkai.profile import load_profile
from gongkai.settings import Settings

Stage = Literal["collect", "validate", "merge", "report", "score", "draft"]
STAGES: tuple[Stage, ...] = ("collect", "validate", "merge", "report", "score", "draft")

# What a stage needs done in the same run. Report and score work from the warehouse and need nothing before them.
_NEEDS: dict[Stage, tuple[Stage, ...]] = {
    "validate": ("collect",),
    "merge": ("collect", "validate"),
    "draft": ("report", "score"),
}


Step = Literal["收件", "核验", "合并", "报告", "评分", "出稿"]
STEPS: tuple[Step, ...] = ("收件", "核验", "合并", "报告", "评分", "出稿")
"""The stages as the form names them, in the same order."""


def stages_of(steps: list[Step]) -> list[Stage]:
    """The stages that a form chose."""
    return [STAGES[STEPS.index(step)] for step in steps]


def with_needed(stages: list[Stage]) -> frozenset[Stage]:
    """The chosen stages and those they cannot do without; nothing chosen means all."""
    return frozenset(stage for chosen in stages or STAGES for stage in (chosen, *_NEEDS.get(chosen, ())))


def reporting_year() -> int:
    """The year that is reported on now: last year, by the district's clock."""
    return datetime.now(load_profile(Settings().profile).district.zone).year - 1


def unit_names() -> str:
    """Codes with names, as the help of a form lists them: A01 重大建设项目、A02 ……"""
    return "、".join(f"{unit.code} {unit.name}" for unit in load_profile(Settings().profile).units)


def unit_codes() -> list[str]:
    """Codes of all units of the profile in force, in registry order: the choices of the form."""
    return [unit.code for unit in load_profile(Settings().profile).units]


def labelled(default: Any, title: str, description: str, **schema: Any) -> Any:
    """A parameter with a Chinese label, its help, and what else its JSON schema shall say."""
    return Field(default, description=description, json_schema_extra={"title": title, **schema})
