"""The office's own work on a year: what waits for it, what it should look at, how far its inspectors agree."""
