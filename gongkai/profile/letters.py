"""How a district words its mails to the units (`letters.yaml`): subject, opening and closing of each kind.

Which kinds there are, and which facts a text may name, is `gongkai.reporting.letters.district_words`'s; a wrong one
is refused there before anything is queued. What the rules found stands between opening and closing and is nobody's to
word.
"""

from pydantic import Field

from gongkai.profile.part import NameText, ProfilePart


class LetterText(ProfilePart):
    """One kind of mail. Facts stand in braces; an empty line begins a paragraph.

    Attributes:
        opening: before what was found.
        closing: after it; office and day stand below by themselves.
    """

    subject: NameText
    opening: NameText
    closing: str = ""


class LetterSettings(ProfilePart):
    """`letters.yaml`: kind → text; a kind that it lacks is worded as in the default profile."""

    letters: dict[str, LetterText] = Field(default_factory=dict)
