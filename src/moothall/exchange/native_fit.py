"""Whether an index of PostgreSQL holds what a line has: an archive goes in there or nowhere."""

import msgspec
from sqlalchemy import Table, Text

from moothall.exchange.native_records import Line, RecordLine
from moothall.kernel.limits import INDEX_BYTES
from moothall.store.tables import metadata


def too_long(line: Line) -> str | None:
    """The field of a line that no index holds."""
    table = line.of if isinstance(line, RecordLine) else str(line.__struct_config__.tag)
    row = line.row if isinstance(line, RecordLine) else msgspec.structs.asdict(line)
    for name in _INDEXED.get(table, ()):
        value = row.get(name)
        if isinstance(value, str) and len(value.encode()) > INDEX_BYTES:
            return name
    return None


def _indexed(table: Table) -> tuple[str, ...]:
    """Columns of text that stand in a key or in an index."""
    found = [*table.primary_key, *(column for index in table.indexes for column in index.columns)]
    found += [column for column in table.columns if column.unique]
    return tuple(sorted({column.name for column in found if isinstance(column.type, Text)}))


_INDEXED = {table.name: _indexed(table) for table in metadata.tables.values()}
