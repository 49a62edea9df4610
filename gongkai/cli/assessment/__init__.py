"""Commands about scores and the scheme that gives them: explain, whatif, scheme."""
