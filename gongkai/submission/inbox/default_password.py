"""Opens what Excel opens unasked: a file sealed with the password that every Excel knows.

“Protect structure” in old versions, and some export programs, seal a workbook with it; nobody is asked for a password.
Sealed with any other one it stays what it is.
"""

import io

_KNOWN_TO_EXCEL = "VelvetSweatshop"  # [MS-OFFCRYPTO] 2.3, the default password


def opened(data: bytes) -> bytes:
    """The file without its seal; the same bytes when it was sealed with another password, or cannot be opened."""
    try:
        import msoffcrypto  # only sealed files pay for it
        from msoffcrypto.exceptions import DecryptionError, FileFormatError, InvalidKeyError, ParseError
    except ModuleNotFoundError:
        return data
    out = io.BytesIO()
    try:
        sealed = msoffcrypto.OfficeFile(io.BytesIO(data))
        sealed.load_key(password=_KNOWN_TO_EXCEL)
        sealed.decrypt(out)
    except (DecryptionError, FileFormatError, InvalidKeyError, ParseError, ValueError, OSError, KeyError):
        return data
    return out.getvalue()
