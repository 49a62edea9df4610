"""Enumerations whose members bring the word that people read: `ISSUED = "issued", "签发"`."""

from enum import StrEnum
from typing import Self


class Worded(StrEnum):
    """Members of a value and a word.

    Attributes:
        word: how people read it, in every document alike.
    """

    word: str

    def __new__(cls, value: str, word: str) -> Self:
        member = str.__new__(cls, value)
        member._value_ = value
        member.word = word
        return member

    @classmethod
    def of(cls, value: str) -> Self:
        """The member of a value, as it was stored or read."""
        return next(member for member in cls if member.value == value)
