"""`gongkai scheme explain` as the office types it."""

from datetime import UTC, datetime

import pytest

from gongkai.cli.assessment.schemes import explain_scheme
from gongkai.errors import ProfileError
from gongkai.profile import default_folder

NOW = datetime(2022, 1, 1, tzinfo=UTC)


def test_the_page_is_written(tmp_path):
    out = tmp_path / "方案.html"
    assert explain_scheme(None, None, out, NOW) == 0
    assert "考什么，怎样计分" in out.read_text(encoding="utf-8")


def test_a_scheme_that_does_not_hold_is_not_explained(tmp_path):
    wrong = tmp_path / "scheme.yaml"
    text = (default_folder() / "scheme.yaml").read_text(encoding="utf-8")
    wrong.write_text(text.replace('{at_least: "0"', '{at_least: "1"'), encoding="utf-8")
    with pytest.raises(ProfileError, match="更低的分数没有等次"):
        explain_scheme(wrong, None, tmp_path / "方案.html", NOW)
    assert not (tmp_path / "方案.html").exists()
