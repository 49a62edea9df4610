"""From what stood in a cell to a typed value: numbers, dates, document numbers, and the collector every reader fills.

One certain reading, or none; what a value means for the form is no business of this room.
"""
