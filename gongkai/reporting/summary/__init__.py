"""The two pages for the leaders: who is best, what went wrong, what changed, what inspections found."""
