"""How a district words its annual report (`report.yaml`): the headings of section 一, and sentences in its own words.

Which sentences there are, and which facts they may name, is `gongkai.reporting`'s; a wrong id or fact is refused there,
before anything is written.
"""

from typing import Annotated, Literal

from pydantic import Field

from gongkai.profile.part import ProfilePart


class ReportHeading(ProfilePart):
    """A heading of the second level in section 一, with the topics that stand under it, in this order."""

    heading: Annotated[str, Field(min_length=1)]
    topics: tuple[str, ...]


class ReportSettings(ProfilePart):
    """`report.yaml`.

    Attributes:
        headings: `by_year` (the reference's three up to 2021, the five national ones from 2022), one of the two always,
            or the district's own.
        sentences: id → the district's own text; an empty one leaves the sentence out.
    """

    headings: Literal["by_year", "reference", "national"] | tuple[ReportHeading, ...] = "by_year"
    sentences: dict[str, str] = Field(default_factory=dict)
