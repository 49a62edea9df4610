"""gongkai (公开): the yearly open-government assessment of a district.

The field itself lives here: no Prefect, no Great Expectations.
"""

__version__ = "0.1.0"
