"""Approved reports that a later one superseded or that a change of figures left behind: kept as they were approved."""

import io
import zipfile
from collections.abc import Mapping
from pathlib import Path

from gongkai.reporting.shared.write import write_bytes

FOLDER = "earlier"


def packed(files: Mapping[str, bytes]) -> bytes:
    """Files as one zip, as the warehouse keeps them."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(files):
            archive.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), files[name], zipfile.ZIP_DEFLATED)
    return held.getvalue()


def unpacked(data: bytes) -> dict[str, bytes]:
    """The inverse of `packed`."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def write_earlier(approved: Mapping[int, bytes], folder: Path) -> list[Path]:
    """Writes `earlier/<number>/report.…` for every approved report that is no longer the one in force."""
    return [
        write_bytes(folder / FOLDER / str(number) / name, content)
        for number, data in sorted(approved.items())
        for name, content in sorted(unpacked(data).items())
    ]
