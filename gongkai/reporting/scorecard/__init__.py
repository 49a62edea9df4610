"""A unit's scorecard as a view and as JSON, HTML and PDF."""
