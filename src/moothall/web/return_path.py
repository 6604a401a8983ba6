"""Where to go back to after signing in: a path of this site, or the front page."""

import re
from posixpath import normpath
from urllib.parse import quote, unquote, urlsplit

# Printable ASCII without the backslash, which browsers read as a slash.
_PATH = re.compile(r"/(?!/)[!-\[\]-~]*")
_LONGEST = 2_000
# Of the pages of signing in only the last one of an embed: a link that begins one after a sign-in of ours would
# begin it in our name, and whoever wrote the link would collect it.
_SIGNIN, _LAST = "/signin", "/signin/handoff"


def return_path(text: str | None) -> str:
    """A path on this very host; `/` for anything that could lead elsewhere."""
    if not text or len(text) > _LONGEST:
        return "/"
    # Browsers drop tabs and line ends before they look at an address, so none may be kept or encoded.
    path = text if text.isascii() else quote(text, safe="".join(map(chr, range(0x21, 0x7F))))
    return path if _PATH.fullmatch(path) and not _begins_signin(path) else "/"


def _begins_signin(path: str) -> bool:
    # As browsers walk it: encoded dots are dots.
    there = normpath(unquote(urlsplit(path).path))
    return there.startswith(_SIGNIN) and there != _LAST
