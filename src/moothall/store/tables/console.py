"""What moderators hold, did and keep."""

from sqlalchemy import Column, ForeignKey, Index, Integer, Table, Text

from moothall.store.tables.base import Big, metadata, when, words

# A short lease on a comment: while it runs, nobody else is given it.
claim = Table(
    "console_claim",
    metadata,
    Column("comment_id", Big, ForeignKey("comment.id"), primary_key=True),
    Column("account_id", Big, ForeignKey("account.id"), nullable=False, index=True),
    when("until_ms"),
)

# A decision under the key that its browser gave it, so that it counts once and can be taken back.
act = Table(
    "console_act",
    metadata,
    Column("account_id", Big, ForeignKey("account.id"), primary_key=True),
    Column("key", Text, primary_key=True),
    Column("decision_id", Big, nullable=False),
    Column("comment_id", Big, nullable=False, index=True),
    Column("revision", Integer, nullable=False),
    Column("kind", Text, nullable=False),
    Column("before", Text, nullable=False),
    Column("after", Text, nullable=False),
    when("at_ms"),
    when("undone_at_ms", null=True),
    # A moderator's last decisions.
    Index("ix_console_act_mine", "account_id", "decision_id"),
)

# A person's own: preferences, canned notes, saved filters, watched stories.  Account 0 is the whole newsroom.
kept = Table(
    "console_kept",
    metadata,
    Column("account_id", Big, primary_key=True),
    Column("kind", Text, primary_key=True),
    Column("name", Text, primary_key=True),
    words("value"),
)
