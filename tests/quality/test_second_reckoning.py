"""Generated years worked out a second time, to the cent: `GONGKAI_RECKONED` of them (make quality: 200)."""

import os
from datetime import date
from decimal import Decimal

import pytest
import yaml

from gongkai.profile import default_folder, load_profile
from tests.quality.reckoning import cents, points
from tests.unit.assessment.conftest import Year
from tests.unit.assessment.test_silence import content, drawn

YEARS = int(os.environ.get("GONGKAI_RECKONED", "12"))
HANDED_IN = date(2022, 1, 20)
TOWNS = ("T01", "OFFICE")
SCHEME = yaml.safe_load((default_folder() / "scheme.yaml").read_text(encoding="utf-8"))
WEIGHTS = {one["code"]: Decimal(one["weight"].get("town", "0")) for one in SCHEME["indicators"]}


@pytest.fixture(scope="module")
def profile():
    """One town: the other units say nothing of interest."""
    whole = load_profile()
    return whole.model_copy(update={"units": tuple(one for one in whole.units if one.code in TOWNS)})


@pytest.mark.parametrize("seed", range(YEARS))
def test_a_generated_year_to_the_cent(profile, seed):
    said, rng = content(drawn(7000 + seed)), drawn(seed)
    for kind in said["tables"]["disputes"]:
        said["tables"]["disputes"][kind]["corrected"] = rng.choice([0, 0, 0, 1])
    areas = next(unit.areas for unit in profile.units if unit.code == "T01")
    card = Year(profile).submit("T01", **said).card("T01")
    wanted = points(said, 2021, areas, HANDED_IN, WEIGHTS.__getitem__)
    printed = {line.code: line.score for line in card.indicators if line.code in wanted}
    assert printed == {code: None if exact is None else cents(exact) for code, exact in wanted.items()}
