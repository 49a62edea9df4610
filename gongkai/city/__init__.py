"""A city of many districts: which there are, where each keeps its things, what became of each. No step is done here."""
