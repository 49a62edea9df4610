"""Makes a zip container (docx, xlsx) the same bytes wherever and whenever it was written.

Writers stamp their members with the clock and compress with whatever zlib the machine has; both go.
"""

import io
import zipfile

_EPOCH = (1980, 1, 1, 0, 0, 0)


def repack(data: bytes) -> bytes:
    """The same members in the same order, with fixed dates, stored uncompressed.

    Args:
        data: a zip container. Its own core properties must be dated by the writer (`created`, `modified`).
    """
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as target:
        for name in source.namelist():
            member = zipfile.ZipInfo(name, _EPOCH)
            member.create_system = 0
            member.external_attr = 0
            target.writestr(member, source.read(name))
    return packed.getvalue()
