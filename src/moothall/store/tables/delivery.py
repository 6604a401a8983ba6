"""What is told afterwards: events to open pages, letters to people."""

from sqlalchemy import Column, Index, Table, Text

from moothall.store.tables.base import Big, id_column, metadata, number, when, words

outbox = Table(
    "outbox",
    metadata,
    Column("seq", Big, primary_key=True, autoincrement=True),
    Column("story_id", Big, nullable=False),
    Column("kind", Text, nullable=False),
    Column("comment_id", Big, nullable=False, server_default="0"),
    Column("parent_id", Big, nullable=False, server_default="0"),
    number("a"),
    number("b"),
    when("at_ms"),
    Index("ix_outbox_story", "story_id", "seq"),
    sqlite_autoincrement=True,
)

mail = Table(
    "mail",
    metadata,
    id_column(),
    Column("recipient", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("text", Text, nullable=False),
    words("html"),
    number("tries"),
    when("due_at_ms"),
    when("sent_at_ms", null=True),
    Column("failure", Text, nullable=True),
    Index("ix_mail_due", "sent_at_ms", "due_at_ms"),
    Index("ix_mail_recipient", "recipient", "id"),
)
