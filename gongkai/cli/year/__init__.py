"""The commands that run the year: demo, run, rebuild."""
