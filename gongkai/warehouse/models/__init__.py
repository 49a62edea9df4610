"""The tables of the warehouse, declared once. Rows that leave the warehouse are `gongkai.warehouse.records`."""

from gongkai.warehouse.models.audit_tables import AuditEntryRow, AuditHeadRow
from gongkai.warehouse.models.base import Base
from gongkai.warehouse.models.content_tables import FIELD_TABLES, OWN_COLUMNS, NationalCell, ReportBelowRow
from gongkai.warehouse.models.intake_tables import (
    RUN_STATES,
    AppealFileRow,
    FetchedFileRow,
    FileBesideRow,
    FirstSight,
    ProfileSnapshot,
    PublishedReportRow,
    RepeatedFileRow,
    RevisionRow,
    RulesSnapshot,
    Run,
    StoredFileRow,
    YearLockRow,
)
from gongkai.warehouse.models.issue_tables import IssuedCardRow, IssuedParcelRow
from gongkai.warehouse.models.key_tables import DistrictKeyRow
from gongkai.warehouse.models.outcome_tables import DecidedScoreRow, InspectionEntryRow, Output, PaperRow, Score
from gongkai.warehouse.models.post_tables import MESSAGE_KINDS, MESSAGE_STATES, MessageRow, RuleAlarmRow
from gongkai.warehouse.models.report_tables import ReportAdoptionRow, ReportApprovalRow, ReportPublicationRow
from gongkai.warehouse.models.verdict_tables import FindingRow, VerdictRow

__all__ = [
    "FIELD_TABLES",
    "MESSAGE_KINDS",
    "MESSAGE_STATES",
    "OWN_COLUMNS",
    "RUN_STATES",
    "AppealFileRow",
    "AuditEntryRow",
    "AuditHeadRow",
    "Base",
    "DecidedScoreRow",
    "DistrictKeyRow",
    "FetchedFileRow",
    "FileBesideRow",
    "FindingRow",
    "FirstSight",
    "InspectionEntryRow",
    "IssuedCardRow",
    "IssuedParcelRow",
    "MessageRow",
    "NationalCell",
    "Output",
    "PaperRow",
    "ProfileSnapshot",
    "PublishedReportRow",
    "RepeatedFileRow",
    "ReportAdoptionRow",
    "ReportApprovalRow",
    "ReportBelowRow",
    "ReportPublicationRow",
    "RevisionRow",
    "RuleAlarmRow",
    "RulesSnapshot",
    "Run",
    "Score",
    "StoredFileRow",
    "VerdictRow",
    "YearLockRow",
]
