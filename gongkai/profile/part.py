"""What every part of a profile has in common: immutable, strict, names that are not empty."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

NameText = Annotated[str, Field(min_length=1)]


class ProfilePart(BaseModel):
    """A part of a profile: immutable, and an unknown key is an error."""

    model_config = ConfigDict(extra="forbid", frozen=True)
