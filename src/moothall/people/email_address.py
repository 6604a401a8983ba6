"""One spelling for an e-mail address: made uniform first, then checked.

Mail goes to the uniform spelling too, so that whoever reads it is whom the identity names.
Source: RFC 5321 (sizes, dot-atom), UTS 46 (domain names).
"""

import re
import unicodedata

import idna

from moothall.kernel.errors import EmailInvalid
from moothall.kernel.limits import EMAIL_CHARS

_LOCAL_CHARS = 64
_LOCAL = re.compile(r"[a-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*")
_LABEL = re.compile(r"[a-z0-9](?:[a-z0-9-]*[a-z0-9])?")


def canonical(text: str) -> str:
    """The uniform spelling: NFKC, lower case, the domain in ASCII.  Raises: EmailInvalid.

    Quoted local parts, comments, address literals and local parts beyond ASCII are refused.
    """
    if len(text) > EMAIL_CHARS:
        raise EmailInvalid
    local, at, domain = unicodedata.normalize("NFKC", text).strip(" ").lower().partition("@")
    address = f"{local}@{_domain(domain)}"
    if not at or len(local) > _LOCAL_CHARS or len(address) > EMAIL_CHARS or not _LOCAL.fullmatch(local):
        raise EmailInvalid
    return address


def _domain(text: str) -> str:
    """Raises: EmailInvalid."""
    try:
        name = idna.encode(text, uts46=True).decode("ascii")
    except (idna.IDNAError, UnicodeError) as wrong:
        raise EmailInvalid from wrong
    labels = name.split(".")
    if len(labels) < 2 or not all(_LABEL.fullmatch(label) for label in labels) or labels[-1].isdigit():
        raise EmailInvalid
    return name
