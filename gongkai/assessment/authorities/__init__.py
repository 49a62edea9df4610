"""Units that are graded and ranked as one, because they belong to one authority."""
