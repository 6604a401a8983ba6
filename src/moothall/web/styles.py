"""Style sheets as they are served: `site+moothall.css` is two files in one, without comments and blanks.

A page asks for one sheet, not three: each request more is a round trip before anything is drawn.
"""

import re
from functools import lru_cache
from pathlib import Path

STATIC = Path(__file__).parent / "static"
# The one order in which sheets are joined: every other order would be another one to make and to keep.
_ORDER = ("site", "moothall", "front", "forms", "desk", "console")
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_BLANKS = re.compile(r"\s+")
_AROUND = re.compile(r"\s*([{};,>])\s*")


def joined(*names: str) -> str:
    """The name under which several sheets are served as one."""
    return "+".join(name.removesuffix(".css") for name in names) + ".css"


@lru_cache(maxsize=64)
def sheet(name: str) -> bytes | None:
    """What a sheet's name stands for; None when that is none of ours."""
    stems = name.removesuffix(".css").split("+")
    if not name.endswith(".css") or stems != [stem for stem in _ORDER if stem in stems]:
        return None
    return "".join(shrunk((STATIC / f"{stem}.css").read_text("utf-8")) for stem in stems).encode()


def shrunk(css: str) -> str:
    """The same rules in fewer bytes.  Our sheets keep braces, commas and semicolons out of their texts."""
    plain = _BLANKS.sub(" ", _COMMENT.sub("", css))
    return _AROUND.sub(r"\1", plain).replace(": ", ":").replace(";}", "}").strip()
