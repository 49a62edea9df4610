"""Rules that compare units: guarded, never naming another unit, and blaming only the file that came in later."""

from dataclasses import replace
from datetime import timedelta

import pytest

from expectations.frames.figures_frame import jumped
from expectations.validation import Context, validate
from gongkai.profile import Profile, Unit
from gongkai.submission.form import Reading
from gongkai.submission.verdict import Status
from tests.unit.expectations.conftest import ON_TIME, of, put, read, revision, sound
from tests.unit.expectations.edges import LONG_TEXT

TOWNS = [f"B{number:02}" for number in range(1, 11)]


@pytest.fixture(scope="module")
def district(context: Context, profile: Profile) -> Context:
    """Ten towns of their own authorities."""
    units = [Unit(code=c, name=c, kind="town", level="town", authority=f"{c}镇人民政府") for c in TOWNS]
    return replace(context, profile=profile.model_copy(update={"units": tuple(units)}), previous={})


def reading(unit: str, day: int = 0, **values: object) -> Reading:
    document = sound(unit)
    for where, value in values.items():
        put(where.replace("__", "."), value)(document)
    return read(document, unit, ON_TIME + timedelta(days=day))


def test_ten_times_the_peers_is_a_notice_to_that_unit_alone(district: Context) -> None:
    files = [reading(unit) for unit in TOWNS[1:]]
    files.append(reading(TOWNS[0], requests__new_requests__total=1200))
    verdicts = validate(files, district)
    assert [len(of(verdict, "PEER-OUTLIER")) for verdict in verdicts] == [0] * 9 + [1]
    (found,) = of(verdicts[-1], "PEER-OUTLIER")
    assert "填写 1200，同类 9 个单位的中位数是 12，相差 1188" in found.message
    assert not any(unit in found.message for unit in TOWNS)


def test_of_an_even_number_of_peers_the_message_tells_the_median_itself(district: Context) -> None:
    files = [reading(unit, requests__new_requests__total=12 + 9 * (at % 2)) for at, unit in enumerate(TOWNS[1:9])]
    files.append(reading(TOWNS[0], requests__new_requests__total=1200))
    (found,) = of(validate(files, district)[-1], "PEER-OUTLIER")
    assert "同类 8 个单位的中位数是 16.5，相差 1183.5" in found.message


def test_seven_peers_are_too_few(district: Context) -> None:
    files = [reading(unit) for unit in TOWNS[1:8]] + [reading(TOWNS[0], requests__new_requests__total=1200)]
    assert not any(of(verdict, "PEER-OUTLIER") for verdict in validate(files, district))


def test_a_copied_text_returns_the_later_file_and_shows_the_passage(district: Context) -> None:
    copied = LONG_TEXT.replace("一", "二")
    files = [
        reading(TOWNS[0], 0, narrative={"overview": LONG_TEXT}),
        reading(TOWNS[1], 2, narrative={"overview": copied}),
    ]
    first, second = validate(files, district)
    assert (first.status, of(first, "TEXT-REUSED")) == (Status.ACCEPTED, [])
    (found,) = of(second, "TEXT-REUSED")
    assert (second.status, found.where, found.observed) == (Status.RETURNED, "narrative.overview", 100)
    assert "另一单位报送的同一部分" in found.message
    assert "例如“本单位围绕群众关心的事项" in found.message


@pytest.mark.parametrize(
    ("copied", "shown"),
    [
        (LONG_TEXT.replace("，", ",").replace("。", "．"), "例如“本单位围绕群众关心的事项逐项公开,办事指南"),
        ("全年开会12次，" + LONG_TEXT, "例如“本单位围绕群众关心的事项逐项公开，"),
        (LONG_TEXT.replace("群众", "群众\n2022 "), "例如“本单位围绕群众 2022 关心的事项逐项公开，"),
    ],
)
def test_a_copied_text_is_shown_as_its_own_file_has_it(copied: str, shown: str, district: Context) -> None:
    files = [
        reading(TOWNS[0], 0, narrative={"overview": LONG_TEXT}),
        reading(TOWNS[1], 2, narrative={"overview": copied}),
    ]
    (found,) = of(validate(files, district)[1], "TEXT-REUSED")
    assert shown in found.message


def test_a_unit_judged_alone_is_compared_with_what_the_others_sent_before(district: Context) -> None:
    text = {"overview": LONG_TEXT}
    files = [reading(unit, narrative=text if unit == TOWNS[1] else {}) for unit in TOWNS[1:]]
    last = reading(TOWNS[0], 2, narrative=text, requests__new_requests__total=1200)
    together = validate([*files, last], district)[-1]
    (alone,) = validate([last], replace(district, revisions=[revision(one) for one in files]))
    assert of(alone, "TEXT-REUSED")
    assert of(alone, "PEER-OUTLIER")
    assert alone == together


def test_what_a_unit_sent_before_counts_whether_its_file_still_lies_there_or_not(district: Context) -> None:
    text = {"overview": LONG_TEXT}
    first = reading(TOWNS[0], 0, narrative=text)
    copied = reading(TOWNS[1], 2, narrative=text)
    again = reading(TOWNS[0], 4, narrative=text, reason="更正")
    together = validate([first, copied, again], district)
    known = [revision(first), revision(copied)]
    assert validate([again], replace(district, revisions=known)) == together[2:]
    assert validate([copied, again], replace(district, revisions=known)) == together[1:]


def test_a_report_beside_a_submission_is_nothing_that_others_are_compared_with(district: Context) -> None:
    others = [reading(unit) for unit in TOWNS[1:9]]
    many = [reading(unit, requests__new_requests__total=1200) for unit in TOWNS[1:9]]
    last = reading(TOWNS[0], 2, requests__new_requests__total=1200)
    assert not of(validate([*others, *many, last], district)[-1], "PEER-OUTLIER"), "they corrected it to as many"
    reports = [replace(one, kind="published") for one in many]
    alone = validate([last], replace(district, revisions=[revision(one) for one in others]))[0]
    assert validate([*others, *reports, last], district)[-1] == alone
    assert of(alone, "PEER-OUTLIER")


def test_the_first_author_may_correct_and_hand_in_again(district: Context) -> None:
    text = {"overview": LONG_TEXT}
    files = [
        reading(TOWNS[0], 0, narrative=text),
        reading(TOWNS[1], 2, narrative=text),
        reading(TOWNS[0], 4, narrative=text, reason="更正"),
    ]
    assert [len(of(verdict, "TEXT-REUSED")) for verdict in validate(files, district)] == [0, 1, 0]


@pytest.mark.parametrize(
    ("now", "before", "is_jump"),
    [
        *[(0, 0, False), (2, 0, False), (10, 0, False), (11, 0, True), (4, 1, False), (30, 10, False)],
        *[
            (36, 12, True),
            (35, 12, False),
            (3_000_000, 1_000_000, True),
            (2_999_999, 1_000_000, False),
            (10, 120, True),
        ],
    ],
)
def test_a_jump_is_threefold_and_beyond_chance(now: int, before: int, is_jump: bool) -> None:
    assert jumped(now, before, 3) is is_jump
