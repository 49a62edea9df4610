"""The server: Prefect's API and worker, the file pages, the watch; together on a laptop, one service each elsewhere.

Prefect is driven through its command line and its API. What the flows are stands in `flows`, what is served of the
outputs in `site`, what is alerted in `watch`.
"""
