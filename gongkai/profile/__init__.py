"""A district's configuration: who it is, its units, its year, its working days and its assessment scheme.

One folder holds it (`district.yaml units.yaml cycle.yaml scheme.yaml calendar/*.csv`); `default/` ships here.
`load_profile` reads and validates a folder; every mistake names file and key.
"""

from gongkai.profile.indicators import Indicator
from gongkai.profile.loader import default_folder, load_profile
from gongkai.profile.models import Cycle, District, Profile
from gongkai.profile.scheme import Scheme
from gongkai.profile.unit import Unit
from gongkai.profile.working_days import WorkingDays

__all__ = [
    "Cycle",
    "District",
    "Indicator",
    "Profile",
    "Scheme",
    "Unit",
    "WorkingDays",
    "default_folder",
    "load_profile",
]
