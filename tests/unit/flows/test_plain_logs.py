"""The log of a run: our sentences, without Prefect's remarks, without a traceback beside what is told in words."""

import logging

import pytest
from prefect.exceptions import FailedRun
from prefect.states import Failed

from flows.plain_logs import speak_plainly
from gongkai.errors import CallError

LOGGER = "prefect.flow_runs"


@pytest.fixture
def said():
    """What the logger lets through."""
    logger, kept = logging.getLogger(LOGGER), []
    before = (logger.level, list(logger.filters), list(logger.handlers))
    logger.handlers.clear()  # Prefect's own wants a flow run

    class Keep(logging.Handler):
        def emit(self, record):
            kept.append((record.getMessage(), record.exc_info))

    handler = Keep()
    logger.addHandler(handler)
    speak_plainly()
    speak_plainly()
    yield logger, kept
    logger.setLevel(before[0])
    logger.filters[:], logger.handlers[:] = before[1:]


def test_our_sentences_stay_and_remarks_go(said):
    logger, kept = said
    logger.info("T03 第 %d 版：%s", 2, "已受理")
    logger.info("Finished in state Completed()")
    logger.info("Beginning flow run 'x' for flow 'y'")
    assert [message for message, _ in kept] == ["T03 第 2 版：已受理"]


def test_a_call_that_is_wrong_is_a_sentence_without_a_traceback(said):
    logger, kept = said
    try:
        raise CallError("收件目录不存在：/srv/x。")
    except CallError:
        logger.exception("Encountered exception during execution")
    assert kept == [("收件目录不存在：/srv/x。", None)]


def test_a_form_that_was_refused_is_its_sentence_without_a_traceback(said):
    """Prefect raises what a flow returned, and logs that as an exception that nobody expected."""
    logger, kept = said

    try:
        Failed(message="没有签发：请填写姓名。").result()
    except FailedRun:
        logger.exception("Engine execution exited with unexpected exception")
    assert kept == [("没有签发：请填写姓名。", None)]


def test_a_fault_of_ours_keeps_its_traceback(said):
    logger, kept = said
    try:
        raise ZeroDivisionError
    except ZeroDivisionError:
        logger.exception("Encountered exception during execution")
    assert kept[0][1] is not None
