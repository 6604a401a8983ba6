"""docs/reference/events.md"""

import inspect
import re

from moothall.kernel import event
from scripts.reference.markdown import code, table, top

_MEMBER = re.compile(r'^    [A-Z]+ = "(\w+)"  # (.+)$', re.MULTILINE)
_ABOUT = """\
What is told to open pages, in the order in which it was committed. `GET /api/v1/stories/{story}/events` carries
it as a stream and `…/changes?since=` as a document of the same shape ([page-contract.md](page-contract.md), Live).
A program that reads either ignores kinds that it does not know."""


def page() -> str:
    """Every kind of event."""
    source = inspect.getsource(event.EventKind)
    told = dict(_MEMBER.findall(source))
    rows = [(code(kind.value), told.get(kind.value, "")) for kind in event.EventKind]
    return top("Events", "src/moothall/kernel/event.py", _ABOUT) + "\n" + table(("Kind", "When"), rows)
