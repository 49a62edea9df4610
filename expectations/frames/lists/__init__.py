"""The `lists` frame: the lists that are no register (documents, interpretations, catalogue …), record by record.

What a list as a whole says against the tables is in `figures_frame`; of the rooms here, only `stock` is read there.
"""
