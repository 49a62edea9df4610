"""The warehouse: every revision, verdict and output of every year, and the queries that read it back."""
