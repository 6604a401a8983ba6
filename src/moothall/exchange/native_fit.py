"""Whether an index of PostgreSQL holds what a line has: an archive goes in there or nowhere."""

import msgspec

from moothall.exchange.native_records import Line, RecordLine
from moothall.kernel.limits import INDEX_BYTES
from moothall.store.indexed import INDEXED


def too_long(line: Line) -> str | None:
    """The field of a line that no index holds."""
    table = line.of if isinstance(line, RecordLine) else str(line.__struct_config__.tag)
    row = line.row if isinstance(line, RecordLine) else msgspec.structs.asdict(line)
    for name in INDEXED.get(table, ()):
        value = row.get(name)
        if isinstance(value, str) and len(value.encode()) > INDEX_BYTES:
            return name
    return None
