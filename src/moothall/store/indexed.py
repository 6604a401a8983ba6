"""Which columns of text stand in a key or in an index: PostgreSQL bounds what those hold."""

from sqlalchemy import Table, Text

from moothall.store.tables import metadata


def _indexed(table: Table) -> tuple[str, ...]:
    found = [*table.primary_key, *(column for index in table.indexes for column in index.columns)]
    found += [column for column in table.columns if column.unique]
    return tuple(sorted({column.name for column in found if isinstance(column.type, Text)}))


INDEXED = {table.name: _indexed(table) for table in metadata.tables.values()}
"""By the name of the table."""
