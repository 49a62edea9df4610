"""The law's arithmetic, pure: its time limits, clocks over a case, the tariff of fees.

Orders and notices stand as formulas here; which cases they are asked of, and what follows, is decided above.
Nothing of the program is imported but errors: which days are worked is handed in by whoever asks.
"""
