"""How far an import has come, and which foreign id became which of ours."""

from sqlalchemy import Column, Table, Text

from moothall.store.tables.base import Big, metadata, when, words

import_map = Table(
    "import_map",
    metadata,
    Column("source", Text, primary_key=True),
    Column("kind", Text, primary_key=True),
    Column("external_id", Text, primary_key=True),
    Column("id", Big, nullable=False),
)

import_run = Table(
    "import_run",
    metadata,
    Column("source", Text, primary_key=True),
    Column("digest", Text, primary_key=True),
    Column("position", Big, nullable=False),
    words("counts"),
    when("at_ms"),
    when("done_at_ms", null=True),
)
