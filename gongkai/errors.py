"""The one tree of exceptions, each with the exit code the command line gives it.

An exception says that a call, a configuration or a machine is wrong. What is wrong *in a submission* is a
`gongkai.findings.Finding` and never raised. Messages are Chinese: an operator reads them.
"""

from collections.abc import Sequence


class GongkaiError(Exception):
    """Root of the tree: the run itself failed."""

    exit_code = 1


class CallError(GongkaiError):
    """The call is wrong: an argument, a path, a unit code. Nothing was written."""

    exit_code = 2


class UnknownUnit(CallError):
    """A unit code that the registry lacks."""


class OtherVersion(CallError):
    """A warehouse whose schema is not this program's, for a command that only looks."""


class Refused(GongkaiError):
    """What was asked for is not done because of what it contains; the message names the id that releases it."""

    exit_code = 3


class ConfigurationError(GongkaiError):
    """The profile or a setting is wrong. Nothing was written."""

    exit_code = 2


class ProfileError(ConfigurationError):
    """A file of the profile is missing or malformed; the message names file and key."""


class CalendarError(ConfigurationError):
    """A year whose working days nobody has supplied; the message names the year, the file to add and what it lacks."""

    def __init__(self, year: int, lacking: Sequence[str] = ()) -> None:
        super().__init__(year, tuple(lacking))
        self.year, self.lacking = year, tuple(lacking)

    def __str__(self) -> str:
        missing = f"还缺：{'；'.join(self.lacking)}。" if self.lacking else ""
        return (
            f"没有 {self.year} 年完整的工作日安排：请按国务院办公厅节假日安排通知，在配置目录中补充 "
            f"calendar/{self.year}.csv，写法见经办手册“下一年的放假安排”。{missing}"
        )


class FormatError(ConfigurationError):
    """No national format is known for a report year."""


class WarehouseError(GongkaiError):
    """The database is down, too old or refuses a transaction; nothing is half-merged."""


class MachineBusy(GongkaiError):
    """The machine had no time for a file: nothing is known of it, and nobody but the operator is told."""


class BusyError(GongkaiError):
    """Another run holds the year, and did not end in time. Nothing was read or written."""


class RuleCrashed(GongkaiError):
    """A rule could not be evaluated: a fault of the run, never of a unit."""
