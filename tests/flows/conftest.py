"""One demonstration year for all flow tests, and one Prefect server for those that need it: only ever added to."""

import pytest
from prefect.states import Failed
from prefect.testing.utilities import prefect_test_harness

from flows.annual import annual_assessment, work
from flows.order import complete_order
from flows.release import release_outputs
from gongkai.demonstration import inboxes
from gongkai.errors import GongkaiError
from tasks.step import plainly
from tests.few_units import profile_of

FEW = ("A02", "A04", "A05", "A08", "A15", "T01", "T03", "T04", "OFFICE")


@pytest.fixture(scope="session")
def prefect_server():
    with prefect_test_harness(server_startup_timeout=180):
        yield


@pytest.fixture(scope="session")
def few(made, tmp_path_factory):
    """The profile of the demonstration with a few of its units; a test that needs fewer has a `few` of its own."""
    return profile_of(FEW, made.profile, tmp_path_factory.mktemp("few") / "profile")


class District:
    """A district: one warehouse, one profile; `run` does a run's steps plainly, as a city does for its districts."""

    def __init__(self, folder, made, profile):
        self.out = folder / "out"
        self.made = made
        self.profile = profile
        self.warehouse = f"sqlite:///{folder / 'warehouse.sqlite'}"

    def run(self, year, inbox, as_of, units=(), stages=(), out=None):
        with pytest.MonkeyPatch.context() as patch:  # the setting is the run's, no other test may see it
            patch.setenv("GONGKAI_WAREHOUSE", self.warehouse)
            return self._started(
                year=year,
                inbox=inbox,
                out=out or self.out,
                profile=self.profile,
                as_of=as_of,
                units=list(units),
                stages=list(stages),
            )

    def _started(self, **order):
        try:
            with plainly("test"):
                return work(complete_order(**order))
        except GongkaiError as error:
            return Failed(message=str(error), data=error)


class Served(District):
    """The same behind a Prefect server: what the operator and the command line start."""

    def _started(self, **order):
        return annual_assessment(**order, return_state=True)

    def issue(self, year, by, reason, despite=()):
        """The approval in the Prefect UI."""
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("GONGKAI_WAREHOUSE", self.warehouse)
            patch.setenv("GONGKAI_OUT", str(self.out))
            patch.setenv("GONGKAI_PROFILE", str(self.profile))
            return release_outputs(by=by, reason=reason, year=year, despite=list(despite), return_state=True)


@pytest.fixture(scope="session")
def year(prefect_server, made, tmp_path_factory):
    """The demonstration year: 2020, then both rounds of 2021, the second behind a server; and each final state."""
    folder = tmp_path_factory.mktemp("year")
    plain, district = (kind(folder, made, made.profile) for kind in (District, Served))
    states = {
        "2020": plain.run(2020, made.inbox_before, inboxes.AS_OF_2020, stages=["merge"]),
        "first": plain.run(2021, made.first_round, inboxes.AS_OF_FIRST_ROUND, out=folder / "first-round"),
        "second": district.run(2021, made.second_round, inboxes.AS_OF_SECOND_ROUND),
    }
    return district, states


@pytest.fixture
def fresh(made, few, tmp_path):
    """A district of a few units with an empty warehouse."""
    return District(tmp_path, made, few)


@pytest.fixture
def served(prefect_server, made, few, tmp_path):
    """The same behind a Prefect server."""
    return Served(tmp_path, made, few)


@pytest.fixture
def whole(made, tmp_path):
    """A district of all 37 with an empty warehouse."""
    return District(tmp_path, made, made.profile)
