"""Opens what Excel opens unasked: a file sealed with the password that every Excel knows.

“Protect structure” in old versions, and some export programs, seal a workbook with it; nobody is asked for a password.
Sealed with any other one it stays what it is.
"""

import io

_KNOWN_TO_EXCEL = "VelvetSweatshop"  # [MS-OFFCRYPTO] 2.3, the default password


class _InMemory:
    """Stands in for `tempfile` where the library would write one: the reading process may write no file."""

    TemporaryFile = io.BytesIO


def opened(data: bytes) -> bytes:
    """The file without its seal; the same bytes when it was sealed with another password, or cannot be opened."""
    import msoffcrypto  # only sealed files pay for it
    from msoffcrypto.format import xls97

    xls97.tempfile = _InMemory
    out = io.BytesIO()
    try:
        sealed = msoffcrypto.OfficeFile(io.BytesIO(data))
        sealed.load_key(password=_KNOWN_TO_EXCEL)
        sealed.decrypt(out)
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001  # whatever a damaged seal makes the library meet; the reader then says that it is sealed
        return data
    return out.getvalue()
