"""Backups of a whole system in one sealed file, and the way back: warehouse of either kind, profile, key, inbox index.

`archive` knows the file, `tables` the rows of any schema version; `keeping` puts a system in, `restoring` takes it out.
"""
