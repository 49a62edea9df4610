"""The national report format by report year: the official data files and their typed loader.

`format_2021.json` and `format_2019.json` are kept as they were given; labels, units and identities come
from them everywhere. What belongs to one district (names, deadlines, weights) is in `gongkai.profile`.
"""

from gongkai.national_format.identities import Identity, Term
from gongkai.national_format.loader import CellSpec, NationalFormat, for_year

__all__ = ["CellSpec", "Identity", "NationalFormat", "Term", "for_year"]
