"""One Prefect server and one demonstration year for all flow tests: both are expensive and only ever added to."""

import pytest
from prefect.testing.utilities import prefect_test_harness

from flows.annual import annual_assessment
from flows.release import release_outputs
from gongkai.demonstration import inboxes


@pytest.fixture(scope="session")
def prefect_server():
    with prefect_test_harness(server_startup_timeout=180):
        yield


@pytest.fixture(scope="session")
def made(tmp_path_factory):
    return inboxes.generate(tmp_path_factory.mktemp("demonstration"))


class District:
    """A district's server: one warehouse, one profile; `run` is what the operator or the command line starts."""

    def __init__(self, folder, made):
        self.out = folder / "out"
        self.made = made
        self.warehouse = f"sqlite:///{folder / 'warehouse.sqlite'}"

    def run(self, year, inbox, as_of, units=(), stages=(), out=None):
        with pytest.MonkeyPatch.context() as patch:  # the setting is the run's, no other test may see it
            patch.setenv("GONGKAI_WAREHOUSE", self.warehouse)
            return annual_assessment(
                year=year,
                inbox=inbox,
                out=out or self.out,
                profile=self.made.profile,
                as_of=as_of,
                units=list(units),
                stages=list(stages),
                return_state=True,
            )

    def issue(self, year, by, reason):
        """The approval in the Prefect UI."""
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("GONGKAI_WAREHOUSE", self.warehouse)
            patch.setenv("GONGKAI_OUT", str(self.out))
            patch.setenv("GONGKAI_PROFILE", str(self.made.profile))
            return release_outputs(by=by, reason=reason, year=year, return_state=True)


@pytest.fixture(scope="session")
def year(prefect_server, made, tmp_path_factory):
    """The demonstration year run through: 2020, then both rounds of 2021. Gives the district and each final state."""
    folder = tmp_path_factory.mktemp("year")
    district = District(folder, made)
    states = {
        "2020": district.run(2020, made.inbox_2020, inboxes.AS_OF_2020, stages=["merge"]),
        "first": district.run(2021, made.first_round, inboxes.AS_OF_FIRST_ROUND, out=folder / "first-round"),
        "second": district.run(2021, made.second_round, inboxes.AS_OF_SECOND_ROUND),
    }
    return district, states


@pytest.fixture
def fresh(prefect_server, made, tmp_path):
    """A district with an empty warehouse."""
    return District(tmp_path, made)
