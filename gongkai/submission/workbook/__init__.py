"""Reads a spreadsheet into a `Reading`: our workbook by its names, a copy without names by its labels."""
