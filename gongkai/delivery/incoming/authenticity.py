"""Whether a mail is from whom it says: only the office's own server can tell, in its Authentication-Results header.

RFC 8601. A header of anybody else, or below the server's own, may be a forgery; so may all of them while nobody has
said what the server calls itself (`authserv_id` of the source). The signature must be of the sender's own domain.
"""

import re

from gongkai.delivery.incoming.letter import Letter

_COMMENT = re.compile(r"\([^()]*\)")
_DKIM = re.compile(r"^\s*dkim\s*=\s*pass\b", re.IGNORECASE)
_SIGNER = re.compile(r"\bheader\.(d|i)\s*=\s*\"?([^\s;\"]+)", re.IGNORECASE)


def is_proven(letter: Letter, authserv_id: str | None) -> bool:
    """Whether the office's server states a DKIM signature of the sender's domain that holds."""
    sender = letter.sender
    if not authserv_id or sender is None:
        return False
    own = next(
        (said for said in map(_without_comments, letter.all("Authentication-Results")) if _by(said, authserv_id)), ""
    )
    domain = sender.rpartition("@")[2]
    return any(_DKIM.match(one) and _signs(one, domain) for one in own.split(";")[1:])


def _by(said: str, authserv_id: str) -> bool:
    """Whether a header is of the named server; a version may follow its name."""
    return said.partition(";")[0].split()[:1] == [authserv_id.lower()]


def _signs(result: str, domain: str) -> bool:
    """Whether the signer is the sender's domain, or one above it that is no registry (three labels and more)."""
    for _, said in _SIGNER.findall(result):
        signer = said.rpartition("@")[2].rstrip(".")
        if domain == signer or (domain.endswith(f".{signer}") and signer.count(".") > 1):
            return True
    return False


def _without_comments(said: str) -> str:
    while _COMMENT.search(said):
        said = _COMMENT.sub(" ", said)
    return said.strip().lower()
