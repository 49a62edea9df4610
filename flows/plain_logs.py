"""The log of a run, as its operator reads it: our Chinese sentences, without Prefect's remarks about itself.

Installed once in the process that a worker starts for a run. What Prefect says of a failure stays; what we say of one
in a sentence needs no traceback beside it.
"""

import logging

from prefect.exceptions import FailedRun

from gongkai.errors import GongkaiError

_TOLD = (GongkaiError, OSError, FailedRun)
"""What a sentence of ours tells: the last is how Prefect carries on a state that a flow of ours ended with."""
_LOGGERS = ("prefect.flow_runs", "prefect.task_runs")
_REMARKS = (
    "Finished in state ",
    "Beginning flow run ",
    "Beginning subflow run ",
    "Created task run ",
    "Downloading flow code ",
    "View at ",
)


class _Plain(logging.Filter):
    """Leaves out remarks, and the traceback of what our own sentence tells."""

    def filter(self, record: logging.LogRecord) -> bool:
        said = record.getMessage()
        if record.exc_info and isinstance(record.exc_info[1], _TOLD):
            record.msg, record.args, record.exc_info = str(record.exc_info[1]), (), None
        return not said.startswith(_REMARKS)


def speak_plainly() -> None:
    """Installs it; the level that the server's environment keeps Prefect's own lines down with is ours again."""
    for name in _LOGGERS:
        logger = logging.getLogger(name)
        logger.setLevel(logging.INFO)
        if not any(isinstance(one, _Plain) for one in logger.filters):
            logger.addFilter(_Plain())
