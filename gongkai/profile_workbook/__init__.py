"""The profile as a workbook: written for people who do not write YAML, read back into the commented files."""
