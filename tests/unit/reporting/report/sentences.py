"""Every sentence that a report can have, as the file has it: for the tests that look at all of them."""

from collections.abc import Iterator, Mapping

from gongkai.reporting.report.text import text_data


def all_sentences() -> Iterator[Mapping[str, str]]:
    """Each with its condition, alternatives included, in the order of the file."""
    for part in (part for parts in text_data().values() for part in parts):
        for choice in (choice for paragraph in part["paragraphs"] for choice in paragraph["sentences"]):
            for sentence in choice if isinstance(choice, list) else [choice]:
                yield {"text": sentence} if isinstance(sentence, str) else sentence
