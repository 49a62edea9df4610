"""The real server, one for all tests here that ask for it, and the command line."""

from tests.contract.conftest import call  # noqa: F401  # the fixture
from tests.live import server  # noqa: F401  # the fixture
