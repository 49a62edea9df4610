"""What the report says in words: the facts, the sentences that may state them, and the office's own blocks."""
