"""Looks at a file's package before any library does, and refuses what would hurt."""
