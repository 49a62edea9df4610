"""Which unit a file means that gives its unit by name: a CSV file with `单位,东风街道` above its header.

A reader knows no registry: it hands over the name in the code's place. Here the name becomes the code; what the
registry does not know is said among the coercions and is nobody else's file.
"""

from collections.abc import Iterable
from dataclasses import replace

from gongkai.findings import Coercion
from gongkai.profile import Profile, Unit
from gongkai.submission.form import UNIT_CODE, Reading
from gongkai.submission.readers.csv_reader import without_unit
from gongkai.submission.values.typed_values import printable

_KNOWN = "单位名称，按单位名录读作单位代码"
_UNKNOWN = "单位名录中没有这个名称，按文件所在的文件夹归入该单位"


def identified(reading: Reading, registry: Iterable[Unit]) -> Reading:
    """The reading with its unit's code in the place of a name: today's name of unit or authority, another, a former.

    A name that several units bear (an authority that submits through several) is the folder's among them. One that
    nobody bears leaves the file to its folder's unit, and a loose file to nobody.
    """
    said = reading.submission
    if said is None or UNIT_CODE.fullmatch(said.unit):
        return reading
    name, folder = said.unit, reading.file.folder
    called = {unit.code for unit in registry if unit.is_called(name) or unit.code == name.upper()}
    code = folder if folder in called else called.pop() if len(called) == 1 else None
    if code is None and folder is None:
        return without_unit(reading.file)
    why = _UNKNOWN if code is None else _KNOWN
    noted = Coercion(where="unit", raw=printable(name), value=code or folder, why=why)
    unit = str(code or folder)
    return replace(reading, submission=replace(said, unit=unit), coercions=(noted, *reading.coercions))


def not_expected(code: str, year: int, profile: Profile) -> dict[str, str]:
    """What is said of a unit that the registry knows and does not expect in a year: until when, who follows it.

    Nothing for a code that it does not know.
    """
    unit = profile.unit(code)
    if unit is None:
        return {}
    if unit.to_year is not None and unit.to_year < year:
        span = f"的报送到 {unit.to_year} 年度为止"
    else:
        span = f"自 {unit.from_year} 年度起报送"
    heirs = [one for one in profile.expected(year) if code in one.succeeds and one.code != code]
    named = "、".join(f"{one.name}（代码 {one.code}）" for one in heirs)
    instead = f"它的工作由{named}承接，请由承接的单位报送" if heirs else "请核对年度和单位代码"
    return {"ended": unit.name, "gone": code, "span": span, "year": f"{year}", "instead": instead}
