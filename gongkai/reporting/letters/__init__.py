"""Mails to the units: what each kind says, when it is due, and how it looks as plain text and as HTML.

How a mail travels is `gongkai.delivery`'s, what became of it `gongkai.warehouse.post`'s.
"""
