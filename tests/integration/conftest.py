"""The real server, one for all tests here that ask for it."""

from tests.live import server  # noqa: F401  # the fixture
