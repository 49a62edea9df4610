"""Minimal repair advice: the fewest cells whose change makes all identities of a report hold."""
