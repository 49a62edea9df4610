"""The commands about one file or one unit: check, import, template, diff, verify."""
