"""The approval in the Prefect UI: what stands in its way is the run's message, and nothing is issued."""

import pytest

from flows.release import release_outputs


@pytest.fixture
def approve(prefect_server, tmp_path, monkeypatch):
    """Approves with an empty output folder and the given profile folder."""
    monkeypatch.setenv("GONGKAI_OUT", str(tmp_path / "out"))

    def issue(profile=None):
        if profile:
            monkeypatch.setenv("GONGKAI_PROFILE", str(profile))
        return release_outputs(by="王主任", reason="定稿", year=2021, return_state=True)

    return issue


def test_without_drafts_there_is_nothing_to_approve(approve):
    refused = approve()
    assert refused.is_failed()
    assert refused.message.startswith("没有签发：")
    assert "没有可签发的成果" in refused.message


def test_a_wrong_configuration_is_told_as_such(approve, tmp_path):
    refused = approve(tmp_path / "nowhere")
    assert refused.is_failed()
    assert refused.message.startswith("没有签发：")
    assert "nowhere" in refused.message
