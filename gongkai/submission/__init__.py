"""One submission: its flat form with cell provenance, its readers and writers, its verdict and receipt."""
