"""The frame shapes: all submissions of a year as rows of one shape, so that a rule is one expectation.

A frame module builds its rows from plain readings and tells the facts of a failed one. Rows are plain tuples:
no pandas and no Great Expectations here; `suites` turns them into a batch and says which rows failed.
"""

from expectations.frames.shapes import (
    Checked,
    ComparedValues,
    Comparison,
    Facts,
    Frame,
    NotEvaluated,
    SubmissionUnderCheck,
)

__all__ = ["Checked", "ComparedValues", "Comparison", "Facts", "Frame", "NotEvaluated", "SubmissionUnderCheck"]
