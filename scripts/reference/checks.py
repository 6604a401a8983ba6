"""docs/reference/checks.md"""

import inspect
import sys

from moothall.moderation import pipeline
from moothall.moderation.means import Phase
from scripts.reference.markdown import code, table, top

_ABOUT = """\
What every comment goes through before it is shown, in this order. All of them run; the heaviest finding
decides: a note changes nothing, a nudge asks the author first, a hold waits for a moderator, a rejection is not
shown. Which finding weighs what stands in the community standards. A check that fails or is late holds."""


def page() -> str:
    """Every phase in running order."""
    rows = [(str(n), code(_name(phase)), _words(phase)) for n, phase in enumerate(pipeline.PHASES, 1)]
    columns = ("", "Phase", "What it looks for")
    return top("Checks", "src/moothall/moderation/pipeline.py", _ABOUT) + "\n" + table(columns, rows)


def _name(phase: Phase) -> str:
    return phase.__module__.rpartition(".")[2]


def _words(phase: Phase) -> str:
    return inspect.getdoc(phase) or inspect.getdoc(sys.modules[phase.__module__]) or ""
