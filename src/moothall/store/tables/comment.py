"""Comments, every text they ever had, and what readers did to them."""

from sqlalchemy import Column, ForeignKey, Index, Integer, Table, Text, text

from moothall.store.tables.base import Big, id_column, metadata, number, one_of, when, words

_SHOWN = text("shown = 1")

comment = Table(
    "comment",
    metadata,
    id_column(),
    Column("story_id", Big, ForeignKey("story.id"), nullable=False),
    Column("parent_id", Big, nullable=False),
    Column("root_id", Big, nullable=False),
    Column("depth", Integer, nullable=False),
    Column("author_id", Big, ForeignKey("account.id"), nullable=False),
    Column("state", Text, nullable=False),
    # 1 when drawn on the page: live, or a stub (withdrawn, removed) that still has shown replies.
    Column("shown", Integer, nullable=False),
    Column("body", Text, nullable=False),
    Column("body_html", Text, nullable=False),
    Column("lang", Text, nullable=True),
    when("edited_at_ms", null=True),
    number("revision"),
    number("respect"),
    number("disagree"),
    # Wilson lower bound in millionths.
    number("score"),
    # Direct replies with shown = 1.
    number("reply_count"),
    number("report_count"),
    # 1 when the newsroom marked it as worth reading.
    number("featured"),
    Column("removal_rule", Text, nullable=True),
    Column("key", Text, nullable=True),
    one_of("state", "live", "held", "rejected", "withdrawn", "removed"),
    Index("ix_comment_time", "story_id", "parent_id", "id", sqlite_where=_SHOWN, postgresql_where=_SHOWN),
    Index("ix_comment_score", "story_id", "parent_id", "score", "id", sqlite_where=_SHOWN, postgresql_where=_SHOWN),
    Index(
        "ix_comment_replies",
        "story_id",
        "parent_id",
        "reply_count",
        "id",
        sqlite_where=_SHOWN,
        postgresql_where=_SHOWN,
    ),
    # "N new since" and feeds: live comments of a story in order of time.
    Index(
        "ix_comment_live",
        "story_id",
        "id",
        sqlite_where=text("state = 'live'"),
        postgresql_where=text("state = 'live'"),
    ),
    Index(
        "ix_comment_waiting",
        "state",
        "id",
        sqlite_where=text("state IN ('held', 'rejected', 'removed')"),
        postgresql_where=text("state IN ('held', 'rejected', 'removed')"),
    ),
    Index(
        "ix_comment_reported",
        "report_count",
        "id",
        sqlite_where=text("report_count > 0"),
        postgresql_where=text("report_count > 0"),
    ),
    Index("ix_comment_author", "author_id", "id"),
    Index(
        "uq_comment_author_key",
        "author_id",
        "key",
        unique=True,
        sqlite_where=text("key IS NOT NULL"),
        postgresql_where=text("key IS NOT NULL"),
    ),
)

comment_revision = Table(
    "comment_revision",
    metadata,
    Column("comment_id", Big, ForeignKey("comment.id"), primary_key=True),
    Column("revision", Integer, primary_key=True),
    Column("body", Text, nullable=False),
    Column("body_html", Text, nullable=False),
    when("at_ms"),
)

reaction = Table(
    "reaction",
    metadata,
    Column("comment_id", Big, ForeignKey("comment.id"), primary_key=True),
    Column("account_id", Big, ForeignKey("account.id"), primary_key=True),
    Column("kind", Text, nullable=False),
    when("at_ms"),
    one_of("kind", "respect", "disagree"),
)

report = Table(
    "report",
    metadata,
    Column("comment_id", Big, ForeignKey("comment.id"), primary_key=True),
    # The account, or a digest of the address for a reader who is not signed in: one report each.
    Column("reporter", Text, primary_key=True),
    Column("account_id", Big, nullable=True),
    Column("reason", Text, nullable=False),
    words("text"),
    Column("settled", Integer, nullable=False, server_default="0"),
    when("at_ms"),
)
