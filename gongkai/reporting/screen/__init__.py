"""What the operator sees in Prefect's UI: pages in Markdown, with links to the file pages behind them.

Codes, counts and the rules' own words; nothing of what a unit wrote, for these pages are kept by Prefect.
"""
