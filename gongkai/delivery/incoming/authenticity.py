"""Whether a mail is from whom it says: only the office's own server can tell, in its Authentication-Results header.

RFC 8601. A header of anybody else, or below the server's own, may be a forgery; so may all of them while nobody has
said what the server calls itself (`authserv_id` of the source). The signature must be of the sender's own domain.
Even our server's header quotes what strangers say (an address, a reason): quoted words state nothing.
"""

import re

from gongkai.delivery.incoming.letter import Letter

_IN_COMMENT = re.compile(r"\\.|[()]|[^\\()]+|.", re.DOTALL)
_OUTSIDE = re.compile(r'"(?:[^"\\]|\\.)*"?|[^"(]+|.', re.DOTALL)
_ONE_WORD = re.compile(r'"([\w.@+-]+)"', re.ASCII)
_DKIM = re.compile(r"^\s*dkim\s*=\s*pass\b", re.IGNORECASE)
_SIGNER = re.compile(r"\bheader\.(d|i)\s*=\s*([^\s;]+)", re.IGNORECASE)


def is_proven(letter: Letter, authserv_id: str | None) -> bool:
    """Whether the office's server states a DKIM signature of the sender's domain that holds."""
    sender = letter.sender
    if not authserv_id or sender is None:
        return False
    own = next((said for said in map(_stated, letter.all("Authentication-Results")) if _by(said, authserv_id)), "")
    domain = sender.rpartition("@")[2]
    return any(_DKIM.match(one) and _signs(one, domain) for one in own.split(";")[1:])


def _by(said: str, authserv_id: str) -> bool:
    """Whether a header is of the named server; a version may follow its name."""
    return said.partition(";")[0].split()[:1] == [authserv_id.lower()]


def _signs(result: str, domain: str) -> bool:
    """Whether the signer is the sender's domain, or one above it that is no registry (three labels and more)."""
    named = _SIGNER.findall(result)
    for said in [said for key, said in named if key == "d"] or [said for _, said in named]:
        signer = said.rpartition("@")[2].rstrip(".")
        if domain == signer or (domain.endswith(f".{signer}") and signer.count(".") > 1):
            return True
    return False


def _stated(said: str) -> str:
    """A header in small letters, without comments; of a quoted string, which a stranger may have chosen, one word."""
    kept, depth, at = [], 0, 0
    while found := (_IN_COMMENT if depth else _OUTSIDE).match(said, at):
        piece, at = found[0], found.end()
        if piece == "(":
            depth += 1
            kept.append(" ")
        elif depth:
            depth -= piece == ")"
        elif piece.startswith('"'):
            word = _ONE_WORD.fullmatch(piece)
            kept.append(word[1] if word else "_")
        else:
            kept.append(piece)
    return "".join(kept).strip().lower()
