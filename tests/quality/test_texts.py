"""The promises on texts: what real wordings say is found once the tables say otherwise, and nobody is accused."""

import pytest

from tests.quality.texts import Read, read_all, said_of, wordings
from tests.quality.texts_table import found_of, texts_section

PROMISED = {"requests": 85, "disputes": 80, "documents": 60}


@pytest.fixture(scope="module")
def known() -> list[Read]:
    return read_all("wordings")


@pytest.fixture(scope="module")
def once_held_out() -> list[Read]:
    return read_all("once_held_out")


@pytest.fixture(scope="module")
def held_out() -> list[Read]:
    return read_all("held_out")


def test_there_are_enough_wordings_of_each_kind() -> None:
    assert sum(1 for _ in wordings("wordings")) >= 150


def test_a_sentence_that_agrees_with_the_tables_accuses_nobody(
    known: list[Read], once_held_out: list[Read], held_out: list[Read]
) -> None:
    everyone = (*known, *once_held_out, *held_out)
    assert [(one.wording.text, one.accused) for one in everyone if one.accused] == []


@pytest.mark.parametrize("unit", ["A21", "T04", "OFFICE"])
def test_what_speaks_of_something_else_accuses_nobody(unit: str) -> None:
    others = [one._replace(unit=unit) for one in wordings("of_other_things")]
    assert len(others) >= 100
    assert [(one.text, said) for one in others if (said := said_of(one, shifted=False))] == []


@pytest.mark.parametrize("kind", PROMISED)
def test_a_sentence_that_the_tables_contradict_is_found(
    kind: str, known: list[Read], once_held_out: list[Read], held_out: list[Read]
) -> None:
    for sentences in (known, once_held_out, held_out):
        found, count = found_of(sentences, kind)
        assert 100 * found >= PROMISED[kind] * count


def test_the_page_counts_by_kind_and_tells_the_held_out_ones_apart(known: list[Read], held_out: list[Read]) -> None:
    section = texts_section(known[:3], held_out[:1])
    assert (section["known"], section["held_out"], section["accused"]) == (3, 1, 0)
    assert section["rows"][0][:2] == ("requests", "3")
