"""What comes in from outside and what goes out: fetch, notify, deliver."""
