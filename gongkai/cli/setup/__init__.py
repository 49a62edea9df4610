"""The first day of a district: its profile, begun and examined."""
