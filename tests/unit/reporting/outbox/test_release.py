"""What stands in the way of a release, and what somebody may release by name all the same."""

import pytest

from gongkai.cli.options import released as given
from gongkai.errors import CallError, Refused
from gongkai.reporting.outbox.release import released


def test_unsigned_receipts_are_refused_by_an_id_and_named():
    with pytest.raises(Refused, match=r"UNSIGNED：2 个单位的回执没有签名（A01、T03）.*--despite UNSIGNED=") as refused:
        released(["A01", "T03"], {})
    assert refused.value.exit_code == 3


@pytest.mark.parametrize("name", ["UNSIGNED", "all"])
def test_somebody_may_say_to_issue_them(name):
    assert released(["A01"], {name: "先行送达"}) == {"UNSIGNED": "先行送达"}


@pytest.mark.parametrize("despite", [{"UNSIGNED": "  "}, {"OTHER": "先行送达"}])
def test_without_a_reason_for_just_this_nothing_goes_out(despite):
    with pytest.raises(Refused):
        released(["A01"], despite)


def test_signed_receipts_need_nobodys_word():
    assert released([], {"all": "先行送达"}) == {}


def test_the_command_line_takes_an_id_and_a_reason():
    assert given(("UNSIGNED=先行送达", "X=1=2")) == {"UNSIGNED": "先行送达", "X": "1=2"}
    with pytest.raises(CallError, match="UNSIGNED"):
        given(("UNSIGNED",))
