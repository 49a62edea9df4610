"""The rules: a catalogue as data, Great Expectations suites built from it, and results turned into findings.

`validation.validate` is the way in; `catalogue` (light, no Great Expectations) is what documents and receipts
ask about a rule. What a submission is, and how a verdict looks, is in `gongkai.submission`.
"""
