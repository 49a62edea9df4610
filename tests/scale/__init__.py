"""How a city's run grows with its districts: `make scale`. A table, and a check that no manifest depends on it."""
