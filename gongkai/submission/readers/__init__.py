"""Reads and writes the JSON form of contract.md, and reads CSV sheets."""
