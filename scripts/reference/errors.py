"""docs/reference/errors.md"""

import importlib
import inspect
import pkgutil
from collections.abc import Iterator

import moothall
from moothall.kernel import errors as kernel
from scripts.reference.markdown import code, table, top

_ABOUT = """\
Every refusal is a problem document (RFC 9457) with a `code` that does not change; `detail` is a sentence for
people, in their language. Go by the code, never by the words. Where *Retry* is yes, the same request may work
later; a `Retry-After` header says when. What is not there and what one may not see are answered alike."""


def page() -> str:
    """Every error with its code, status, whether a retry helps, and its English text."""
    rows = [
        (code(e.code), str(e.status), "yes" if e.retry else "", code(e.field or ""), _words(e), code(e.__name__))
        for e in sorted(classes(), key=lambda e: (e.code, e.__name__))
    ]
    columns = ("Code", "Status", "Retry", "Field", "Text", "Class")
    return top("Errors", "src/moothall/kernel/errors.py", _ABOUT) + "\n" + table(columns, rows)


def classes() -> tuple[type[kernel.MoothallError], ...]:
    """The whole tree, in whatever room an error is defined."""
    for module in pkgutil.walk_packages(moothall.__path__, "moothall."):
        if not module.name.endswith("__main__") and ".migrations." not in module.name:
            importlib.import_module(module.name)
    return tuple(_below(kernel.MoothallError))


def _below(parent: type[kernel.MoothallError]) -> Iterator[type[kernel.MoothallError]]:
    yield parent
    for child in parent.__subclasses__():
        if child.__module__.startswith("moothall."):
            yield from _below(child)


def _words(error: type[kernel.MoothallError]) -> str:
    """Its own text, or what its class says when the text is that of its parent."""
    if "text" in vars(error):
        return error.text
    return inspect.getdoc(error) or error.text
