"""The order of the steps: Prefect flows, their parameters and their final state."""
