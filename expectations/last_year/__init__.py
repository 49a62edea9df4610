"""The year before: whose report each unit stands on, and what is taken in of a year that was never judged here."""
