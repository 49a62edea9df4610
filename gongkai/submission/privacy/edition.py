"""Which edition of the search for personal data this is: what an earlier one has let in is looked through again."""

import hashlib
from functools import cache
from pathlib import Path


@cache
def edition() -> str:
    """The hash of everything that decides what is personal data: the modules of this room."""
    digest = hashlib.sha256()
    for path in sorted(Path(__file__).parent.glob("*.py")):
        digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()[:16]
