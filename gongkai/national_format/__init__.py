"""The national report format by report year: the official data files and their typed loader.

Every `format_*.json` of this folder is found, and kept as it was given; labels, units and identities come from them
everywhere, and `layout` says where everything of a table stands. What belongs to one district (names, deadlines,
weights) is in `gongkai.profile`.
"""

from gongkai.national_format.identities import Identity, Term
from gongkai.national_format.loader import NationalFormat, RuleEntry, Section, for_year, known_formats, known_tables
from gongkai.national_format.tables import CellSpec

__all__ = [
    "CellSpec",
    "Identity",
    "NationalFormat",
    "RuleEntry",
    "Section",
    "Term",
    "for_year",
    "known_formats",
    "known_tables",
]
