"""The file pages: what stands in `OUT`, read-only, behind a login; the office sees all, a unit what is its own.

Nothing is written, nothing is computed from the warehouse: who may see which file is all that is decided here.
"""
