"""The board of a year: how many of the expected units are in, and who is not, as page and as JSON."""
