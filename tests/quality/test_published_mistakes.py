"""The known mistakes of the nine published reports: none in the figures escapes, and no sound sentence is blamed."""

from tests.quality.published import judged


def test_every_mistake_in_the_figures_is_found_and_nothing_sound_is_blamed() -> None:
    report = judged()
    assert [one for one in report.in_figures if one.found != one.expected or not one.expected] == []
    assert [one for one in report.sound if one.found] == []
    assert {verdict.status.value for verdict in report.clean.values()} == {"accepted"}
    assert len(report.in_text) == 8
