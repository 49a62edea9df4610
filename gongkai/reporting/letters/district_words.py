"""The district's own words of a mail (`letters.yaml`), with the facts filled in; the default's for a kind it lacks.

Here stands which kinds there are and which facts each may name: a profile that names others is refused early.
"""

from collections.abc import Iterator, Mapping
from functools import cache
from string import Formatter

from gongkai.errors import ConfigurationError
from gongkai.profile import Profile, load_profile
from gongkai.profile.letters import LetterText

_EVERY = ("code", "unit", "year", "district", "department", "phone", "email")
_OF_A_FILE = ("verdict", "to_fix", "revision", "received", "file", "until_words", "deadline", "marked")
FACTS: Mapping[str, tuple[str, ...]] = {
    "returned": (*_EVERY, *_OF_A_FILE),
    "accepted": (*_EVERY, *_OF_A_FILE),
    "unreadable": (*_EVERY, *_OF_A_FILE),
    "waiting": (*_EVERY, *_OF_A_FILE),
    "cleared": (*_EVERY, *_OF_A_FILE),
    "reminder": (*_EVERY, "brief", "until_words"),
    "issued": (*_EVERY, "files", "deadline"),
    "no_file": (*_EVERY, "received", "brief", "until_words", "deadline"),
}
"""Kind of text → the facts that it may name."""


def letter_text(profile: Profile, kind: str, facts: Mapping[str, object]) -> LetterText:
    """The text of a kind with the facts filled in; the subject is one line."""
    text = profile.letters.letters.get(kind) or _default()[kind]
    filled = {name: getattr(text, name).format_map(dict(facts)) for name in ("subject", "opening", "closing")}
    return LetterText(**{**filled, "subject": " ".join(filled["subject"].split())})


def every_letters_facts(profile: Profile, code: str, unit: str, year: int) -> dict[str, object]:
    """The facts that every kind may name."""
    contact = profile.district.contact
    return {
        "code": code,
        "unit": unit,
        "year": year,
        "district": profile.district.name,
        "department": contact.department,
        "phone": contact.phone,
        "email": contact.email,
    }


def check_letters(profile: Profile) -> None:
    """Refuses a profile whose mails name what there is not.

    Raises:
        ConfigurationError: an unknown kind or fact, or an open brace.
    """
    if wrong := [*_wrong(profile.letters.letters)]:
        raise ConfigurationError(f"letters.yaml 有误：{'；'.join(wrong)}。")


def _wrong(letters: Mapping[str, LetterText]) -> Iterator[str]:
    for kind, text in letters.items():
        if kind not in FACTS:
            yield f"没有名为 {kind} 的邮件，可用的是 {'、'.join(FACTS)}"
            continue
        for part in ("subject", "opening", "closing"):
            try:
                named = [name for _, name, _, _ in Formatter().parse(getattr(text, part)) if name is not None]
            except ValueError:
                yield f"{kind}.{part} 的花括号没有成对"
                continue
            yield from (
                f"{kind}.{part} 中没有名为 {name} 的事实，可用的是 {'、'.join(FACTS[kind])}"
                for name in named
                if name not in FACTS[kind]
            )


@cache
def _default() -> Mapping[str, LetterText]:
    return load_profile(None).letters.letters
