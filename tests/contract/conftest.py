"""What the tests of the command line share: calling it as a shell would."""

import pytest

from gongkai.cli import main
from gongkai.cli.year.temporary_server import QUIET


@pytest.fixture
def call(capsys, tmp_path, monkeypatch):
    """Calls the command line in an empty folder; returns exit code, stdout and stderr."""
    monkeypatch.chdir(tmp_path)
    for name in ("GONGKAI_WAREHOUSE", "GONGKAI_PROFILE", "GONGKAI_INBOX", "GONGKAI_OUT"):
        monkeypatch.delenv(name, raising=False)
    for name, value in QUIET.items():
        monkeypatch.setenv(name, value)  # what a run sets for its process is not for the next test

    def run(*arguments):
        with pytest.raises(SystemExit) as leaving:
            main([str(argument) for argument in arguments])
        said = capsys.readouterr()
        return leaving.value.code, said.out, said.err

    return run
