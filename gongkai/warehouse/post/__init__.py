"""What leaves by mail, as rows: messages with what became of them, and alarms that hold messages back.

What a message says is composed in `gongkai.reporting.letters`; how it travels is `gongkai.delivery`'s.
"""
