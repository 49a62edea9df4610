"""The demonstration year: invented submissions that the pipeline computes the published facts from.

Everything is drawn from one seed and labelled as demonstration data; nothing here reads the clock, and nothing
outside imports more than `generate` and the moments of the three runs.
"""

from gongkai.demonstration.inboxes import (
    AS_OF_2020,
    AS_OF_FIRST_ROUND,
    AS_OF_SECOND_ROUND,
    SEED,
    Demonstration,
    generate,
)

__all__ = ["AS_OF_2020", "AS_OF_FIRST_ROUND", "AS_OF_SECOND_ROUND", "SEED", "Demonstration", "generate"]
