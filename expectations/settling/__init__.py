"""What settles a finding: an accepted reason, one that stays from an earlier revision, or a waiver of the office.

Which findings there are is decided before; what they mean for a verdict afterwards.
"""
