"""The one way in which a whole file is refused."""

from moothall.exchange.reasons import FileFault
from moothall.kernel.errors import ImportRefused


def file_fault(fault: FileFault, detail: str) -> ImportRefused:
    """The error to raise; `detail` is a whole sentence that names the place."""
    return ImportRefused(reason=fault.value, detail=detail)
