"""Where every figure of the report comes from: units, revisions, cells, cases. For the terminal and for pages."""
