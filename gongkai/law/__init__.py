"""The law's arithmetic, pure: clocks over a case, the tariff of fees.

Orders and notices stand as formulas here; which cases they are asked of, and what follows, is decided above.
Working days are the profile's.
"""
