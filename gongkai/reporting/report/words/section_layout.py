"""Section 一 as the profile wants it: its headings, the topics under each, and the wording of sentences.

What a profile names and there is not is refused when a run is ordered, with the nearest known name.
"""

from collections.abc import Sequence
from difflib import get_close_matches

from gongkai.errors import ConfigurationError
from gongkai.profile import Profile
from gongkai.reporting.report.words.chosen_sentences import SectionHeading, sentence_file
from gongkai.reporting.report.words.facts import fact_names
from gongkai.reporting.report.words.printed_facts import names_in

_NATIONAL_FROM = 2022


def headings(profile: Profile, year: int) -> Sequence[SectionHeading]:
    """The headings of section 一 in a report year."""
    chosen = profile.report.headings
    if isinstance(chosen, tuple):
        return [SectionHeading(one.heading, one.topics) for one in chosen]
    if chosen == "by_year":
        chosen = "national" if year >= _NATIONAL_FROM else "reference"
    return sentence_file().headings[chosen]


def check_wording(profile: Profile) -> None:
    """Refuses a profile whose headings or sentences name what there is not.

    Raises:
        ConfigurationError: an unknown topic, id or fact, a topic that stands nowhere or twice, or an open brace.
    """
    wrong = [*_wrong_headings(profile), *_wrong_sentences(profile, fact_names() if profile.report.sentences else ())]
    if wrong:
        raise ConfigurationError(f"report.yaml 有误：{'；'.join(wrong)}。")


def _wrong_headings(profile: Profile) -> list[str]:
    if not isinstance(profile.report.headings, tuple):
        return []
    topics = list(sentence_file().covers)
    placed = [topic for one in profile.report.headings for topic in one.topics]
    wrong = [f"没有名为 {topic} 的内容{_nearest(topic, topics)}" for topic in placed if topic not in topics]
    wrong += [f"{topic} 没有放在任何标题下" for topic in topics if topic not in placed]
    return wrong + [f"{topic} 放在了 {placed.count(topic)} 个标题下" for topic in topics if placed.count(topic) > 1]


def _wrong_sentences(profile: Profile, facts: Sequence[str]) -> list[str]:
    ids, wrong = [one.id for one in sentence_file().sentences()], []
    for key, text in profile.report.sentences.items():
        if key not in ids:
            wrong.append(f"没有编号为 {key} 的语句{_nearest(key, ids)}")
        try:
            wrong += [f"语句 {key} 中没有名为 {n} 的事实{_nearest(n, facts)}" for n in names_in(text) if n not in facts]
        except ValueError:
            wrong.append(f"语句 {key} 的花括号没有成对")
    return wrong


def _nearest(name: str, known: Sequence[str]) -> str:
    found = get_close_matches(name, known, 1)
    return f"，是否为 {found[0]}" if found else ""
