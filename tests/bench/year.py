"""The bench's inbox: the demonstration year with about 8,000 register rows over 36 units and the office."""

import dataclasses
import os
import sys
from datetime import datetime
from pathlib import Path

from gongkai.demonstration import files
from gongkai.demonstration.characteristics import likenesses
from gongkai.demonstration.inboxes import SEED
from gongkai.demonstration.year import demonstration_year
from gongkai.profile import load_profile

ROWS_A_UNIT = 216
AS_OF = datetime.fromisoformat("2022-01-30T09:00:00+08:00")


def write_inbox(folder: Path) -> int:
    """Writes `<folder>/<unit>/<unit>.xlsx` (JSON for a few units); returns the number of register rows."""
    profile = load_profile()
    busy = {code: dataclasses.replace(one, requests=ROWS_A_UNIT) for code, one in likenesses(profile).items()}
    made = demonstration_year(SEED, profile, busy)  # the same year, only busier
    received = AS_OF.timestamp() - 86_400
    for code, content in made.contents.items():
        suffix, data = files.file_of(code, content, None, profile)
        path = folder / code / f"{code}{suffix}"
        path.parent.mkdir(parents=True)
        path.write_bytes(data)
        os.utime(path, (received, received))
    office = folder / "_office" / "inspection.json"
    office.parent.mkdir()
    office.write_bytes(files.json_bytes(made.inspection))
    return sum(len(content["register"]) for content in made.contents.values())


if __name__ == "__main__":
    sys.stdout.write(f"{write_inbox(Path(sys.argv[1]))}\n")
