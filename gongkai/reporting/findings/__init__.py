"""The findings pages of district and unit, and the list of rules."""
