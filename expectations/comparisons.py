"""The two comparisons that rules are made of: Great Expectations' own, asked once what they are.

Great Expectations works out an expectation's configuration anew some 160 times a validation, a third of its time.
An expectation of ours never changes once it is made, so the first answer stands.
"""

from great_expectations.compatibility.pydantic import PrivateAttr
from great_expectations.expectations.core.expect_column_pair_values_a_to_be_greater_than_b import (
    ExpectColumnPairValuesAToBeGreaterThanB,
)
from great_expectations.expectations.core.expect_column_pair_values_to_be_equal import ExpectColumnPairValuesToBeEqual
from great_expectations.expectations.expectation import Expectation
from great_expectations.expectations.expectation_configuration import ExpectationConfiguration


class _AskedOnce(Expectation):
    """An expectation whose configuration is what it was when first asked for."""

    _known: ExpectationConfiguration | None = PrivateAttr(default=None)

    @property
    def configuration(self) -> ExpectationConfiguration:
        """The configuration when first asked for."""
        if self._known is None:
            self._known = super().configuration
        return self._known


class ExpectPairToBeEqual(_AskedOnce, ExpectColumnPairValuesToBeEqual):
    """Both columns hold the same number in every row."""


class ExpectPairToBeInOrder(_AskedOnce, ExpectColumnPairValuesAToBeGreaterThanB):
    """Column A holds at least the number of column B in every row."""
