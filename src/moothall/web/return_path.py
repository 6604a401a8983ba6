"""Where to go back to after signing in: a path of this site, or the front page."""

import re
from urllib.parse import quote

# Printable ASCII without the backslash, which browsers read as a slash.
_PATH = re.compile(r"/(?!/)[!-\[\]-~]*")
_LONGEST = 2_000


def return_path(text: str | None) -> str:
    """A path on this very host; `/` for anything that could lead elsewhere."""
    if not text or len(text) > _LONGEST:
        return "/"
    # Browsers drop tabs and line ends before they look at an address, so none may be kept or encoded.
    path = text if text.isascii() else quote(text, safe="".join(map(chr, range(0x21, 0x7F))))
    return path if _PATH.fullmatch(path) else "/"
