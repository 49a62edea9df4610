"""The `narrative` frame: what a submission's texts say, against its figures and against what the format asks of them.

Nothing is read from a text here: that is `gongkai.submission.narrative`.
"""
