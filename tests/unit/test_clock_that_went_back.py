"""A clock that went back would hide what the warehouse has learnt since: it is said, not followed."""

from datetime import UTC, datetime, timedelta

import pytest

from gongkai.profile import load_profile
from gongkai.warehouse.engine import open_warehouse
from gongkai.warehouse.runs import start_run
from tasks.workspace import Workspace

LAST = datetime(2026, 11, 29, 9, 0, tzinfo=UTC)


class TestAClockThatWentBack:
    """Where nobody names the moment, the clock is followed unless it lies before the last run."""

    def opened(self, tmp_path, profile, last, now):
        engine = open_warehouse(f"sqlite:///{tmp_path / 'w.sqlite'}")
        if last:
            start_run(engine, 2025, last, profile, "rules", {}, started_at=last)
        opened = Workspace(year=2026, as_of=now, profile=profile, rebuilding=False, out=tmp_path, engine=engine)
        opened.trust_clock()
        return opened

    def test_is_not_followed_and_said(self, tmp_path):
        opened = self.opened(tmp_path, load_profile(), LAST, LAST - timedelta(days=3))
        assert opened.as_of == LAST
        (remark,) = opened.remarks
        for part in ("2026-11-26 09:00", "2026-11-29 09:00", "校准时钟"):
            assert part in remark

    @pytest.mark.parametrize("last", [None, LAST])
    def test_a_clock_that_went_on_is_followed(self, tmp_path, last):
        opened = self.opened(tmp_path, load_profile(), last, LAST + timedelta(days=3))
        assert (opened.as_of, opened.remarks) == (LAST + timedelta(days=3), [])

    def test_two_machines_a_few_seconds_apart_are_no_matter(self, tmp_path):
        opened = self.opened(tmp_path, load_profile(), LAST, LAST - timedelta(seconds=5))
        assert (opened.as_of, opened.remarks) == (LAST, [])
