"""The steps that Prefect sees: thin, one I/O or one expensive step each. No task calls a task."""
