"""The commands of a city: all its districts at once, and the roll-up."""
