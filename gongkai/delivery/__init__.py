"""What leaves the house and what comes in from outside, one small face for each kept library.

What is sent to whom is decided in `reporting`; nothing here builds a text.
"""
