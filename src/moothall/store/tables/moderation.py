"""What was noticed about comments, and what the newsroom decided."""

from sqlalchemy import Column, Float, ForeignKey, Index, Integer, Table, Text, text

from moothall.store.tables.base import Big, id_column, metadata, number, one_of, when, words

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

# Decided comments that were drawn by lot for a second look.
review_sample = Table(
    "review_sample",
    metadata,
    id_column(),
    Column("actor_id", Big, nullable=False),
    when("since_ms"),
    when("until_ms"),
    Column("seed", Text, nullable=False),
    when("at_ms"),
)

_OPEN = text("at_ms IS NULL")

sampled = Table(
    "sampled",
    metadata,
    Column("sample_id", Big, ForeignKey("review_sample.id"), primary_key=True),
    Column("comment_id", Big, ForeignKey("comment.id"), primary_key=True),
    number("position"),
    number("revision"),
    Column("stratum", Text, nullable=False),
    # How many comments its stratum has.
    number("stands_for"),
    # JSON: the checks that restricted it.
    words("phases", "[]"),
    Column("first", Text, nullable=False),
    # What the second reviewer said, who was told none of this.
    Column("reviewer_id", Big, nullable=True),
    Column("opinion", Text, nullable=True),
    Column("rule", Text, nullable=True),
    when("at_ms", null=True),
    one_of("first", "nobody", "kept", "removed"),
    one_of("opinion", "breaks", "fine", "unsure"),
    Index("ix_sampled_open", "sample_id", "position", sqlite_where=_OPEN, postgresql_where=_OPEN),
    Index("ix_sampled_comment", "comment_id"),
)
