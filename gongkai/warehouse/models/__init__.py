"""The tables of the warehouse, declared once. Rows that leave the warehouse are `gongkai.warehouse.records`."""

from gongkai.warehouse.models.base import Base
from gongkai.warehouse.models.content import FIELD_TABLES, OWN_COLUMNS, NationalCell
from gongkai.warehouse.models.intake import (
    RUN_STATES,
    Finding,
    ProfileSnapshot,
    PublishedReport,
    RepeatedFile,
    Revision,
    RulesSnapshot,
    Run,
    StoredFile,
    Verdict,
    YearLock,
)
from gongkai.warehouse.models.outcome import InspectionEntry, Output, Score

__all__ = [
    "FIELD_TABLES",
    "OWN_COLUMNS",
    "RUN_STATES",
    "Base",
    "Finding",
    "InspectionEntry",
    "NationalCell",
    "Output",
    "ProfileSnapshot",
    "PublishedReport",
    "RepeatedFile",
    "Revision",
    "RulesSnapshot",
    "Run",
    "Score",
    "StoredFile",
    "Verdict",
    "YearLock",
]
