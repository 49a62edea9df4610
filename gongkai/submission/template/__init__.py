"""The workbook we hand out: where everything stands in it, and how it is drawn."""
