"""What is kept of single files and units, as rows and back: content, verdicts, attached reports, entries, scores.

Each module stores one kind and reads it as it was known at a moment. When a row is written, and with what else in one
transaction, is decided above (`merge`, `filing`, `queries`).
"""
