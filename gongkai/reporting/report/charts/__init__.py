"""The charts of the HTML report: what people would rather look at, each drawn in place and with its table."""
