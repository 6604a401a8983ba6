"""What was noticed about comments, and what the newsroom decided."""

from sqlalchemy import Column, Float, ForeignKey, Integer, Table, Text

from moothall.store.tables.base import Big, id_column, metadata, number, when, words

finding = Table(
    "finding",
    metadata,
    Column("comment_id", Big, ForeignKey("comment.id"), primary_key=True),
    Column("revision", Integer, primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("phase", Text, nullable=False),
    Column("rule", Text, nullable=True),
    Column("weight", Text, nullable=False),
    words("detail"),
    number("starts"),
    number("ends"),
    # What the phase called it and how much of it there was; new standards are replayed from these.
    words("cue"),
    Column("value", Float, nullable=False, server_default="1"),
    Column("version", Integer, nullable=False, server_default="1"),
)

decision = Table(
    "decision",
    metadata,
    id_column(),
    Column("kind", Text, nullable=False),
    Column("actor_id", Big, nullable=True),
    Column("story_id", Big, nullable=True),
    Column("comment_id", Big, nullable=True, index=True),
    Column("account_id", Big, nullable=True, index=True),
    Column("rule", Text, nullable=True),
    words("note"),
    words("before"),
    words("after"),
    when("at_ms"),
)
