"""The versions of the community standards, and the nudges that followed from them."""

from sqlalchemy import Column, ForeignKey, Integer, Table, Text

from moothall.store.tables.base import Big, id_column, metadata, one_of, when, words

# Append-only; the highest number is in force.  The document that comes with the product has no row.
standards = Table(
    "standards",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("actor_id", Big, nullable=True),
    when("at_ms"),
    words("note"),
    Column("sha256", Text, nullable=False),
    Column("source", Text, nullable=False),
)

# What an author was shown before publishing, and chose.  No text is kept, only whether it was changed.
nudge = Table(
    "nudge",
    metadata,
    id_column(),
    Column("account_id", Big, ForeignKey("account.id"), nullable=False),
    Column("story_id", Big, nullable=False),
    Column("rule", Text, nullable=True),
    Column("phase", Text, nullable=False),
    Column("cue", Text, nullable=False),
    Column("sha256", Text, nullable=False),
    Column("chosen", Text, nullable=True, index=True),
    when("chosen_at_ms", null=True),
    one_of("chosen", "rephrased", "sent"),
)
