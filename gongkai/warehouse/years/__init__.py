"""What one year knows of another: whose last year is whose, and what may be compared across the two."""
