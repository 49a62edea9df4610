"""Preliminary, appeal, final: what units object to, what the office decides, and which version of a card stands."""
