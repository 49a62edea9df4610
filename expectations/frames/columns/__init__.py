"""A register as columns: what the rules compare in all its cases at once, clocks and calendars as arrays.

The law, its words and every message stay row by row in the modules above; here is only what is compared, in bulk. A row
that a column accuses is read once more by those modules before it is said, and a test holds both ways side by side.
"""
