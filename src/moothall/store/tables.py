"""Every table, once, for SQLite and PostgreSQL alike.

Ids and times are made by the application (63-bit integers; unix milliseconds), states are text with a
check, there are no database booleans, and text keys compare byte by byte.
"""

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    text,
)

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

# SQLite gives rowid speed only to INTEGER PRIMARY KEY; PostgreSQL needs BIGINT for 63 bits.
Big = BigInteger().with_variant(Integer(), "sqlite")


def _id() -> Column[int]:
    return Column("id", Big, primary_key=True, autoincrement=False)


def _when(name: str, *, null: bool = False) -> Column[int]:
    return Column(name, Big, nullable=null)


def _words(name: str, default: str | None = "") -> Column[str]:
    return Column(name, Text, nullable=False, server_default=default)


def _number(name: str) -> Column[int]:
    return Column(name, Integer, nullable=False, server_default="0")


def _one_of(name: str, *values: str) -> CheckConstraint:
    return CheckConstraint(f"{name} IN ({', '.join(repr(v) for v in values)})", name=name)


site = Table(
    "site",
    metadata,
    Column("key", Text, primary_key=True),
    Column("value", Text, nullable=False),
)

section = Table(
    "section",
    metadata,
    Column("slug", Text, primary_key=True),
    Column("name", Text, nullable=False),
    _number("position"),
)

story = Table(
    "story",
    metadata,
    _id(),
    Column("code", Text, nullable=False, unique=True),
    Column("url", Text, nullable=False, unique=True),
    _number("external"),
    Column("slug", Text, nullable=False),
    Column("lang", Text, nullable=False),
    Column("section_slug", Text, ForeignKey("section.slug"), nullable=False),
    Column("headline", Text, nullable=False),
    _words("standfirst"),
    _words("byline"),
    _words("dateline_place"),
    _words("dateline_agency"),
    _words("body"),
    _words("body_html"),
    Column("photo_id", Big, nullable=True),
    _words("photo_caption"),
    _words("photo_credit"),
    _words("photo_alt"),
    _number("published"),
    _when("published_at_ms"),
    _when("updated_at_ms", null=True),
    _when("embargo_until_ms", null=True),
    Column("discussion", Text, nullable=False),
    _when("closes_at_ms", null=True),
    Column("moderation", Text, nullable=False),
    _number("comment_count"),
    Column("newest_comment", Big, nullable=False, server_default="0"),
    Column("version", Big, nullable=False, server_default="0"),
    _when("made_at_ms"),
    _when("changed_at_ms"),
    _one_of("discussion", "open", "closed", "off"),
    _one_of("moderation", "pre", "post"),
    Index("ix_story_front", "published", "published_at_ms"),
    Index("ix_story_section", "section_slug", "published", "published_at_ms"),
)

keyword = Table(
    "keyword",
    metadata,
    Column("slug", Text, primary_key=True),
    Column("name", Text, nullable=False),
)

story_keyword = Table(
    "story_keyword",
    metadata,
    Column("story_id", Big, ForeignKey("story.id"), primary_key=True),
    Column("keyword_slug", Text, ForeignKey("keyword.slug"), primary_key=True, index=True),
    _number("position"),
)

story_related = Table(
    "story_related",
    metadata,
    Column("story_id", Big, ForeignKey("story.id"), primary_key=True),
    Column("related_id", Big, ForeignKey("story.id"), primary_key=True),
    _number("position"),
)

correction = Table(
    "correction",
    metadata,
    _id(),
    Column("story_id", Big, ForeignKey("story.id"), nullable=False, index=True),
    Column("text", Text, nullable=False),
    _when("at_ms"),
)

photo = Table(
    "photo",
    metadata,
    _id(),
    Column("sha256", LargeBinary, nullable=False, unique=True),
    Column("width", Integer, nullable=False),
    Column("height", Integer, nullable=False),
    _words("widths"),
    _words("caption"),
    _words("credit"),
    _words("alt"),
    _when("made_at_ms"),
)

photo_rendition = Table(
    "photo_rendition",
    metadata,
    Column("photo_id", Big, ForeignKey("photo.id"), primary_key=True),
    Column("width", Integer, primary_key=True),
    Column("mime", Text, nullable=False),
    Column("bytes", LargeBinary, nullable=False),
)

# Few among the many: who is more than a reader, and whose name came with an archive.
_RAISED = text("role != 'reader'")
_IMPORTED = text("name_key IS NULL")

account = Table(
    "account",
    metadata,
    _id(),
    Column("display_name", Text, nullable=False),
    # The look-alike form of the name; NULL while unnamed and for imported people, whose names repeat.
    Column("name_key", Text, nullable=True, unique=True),
    _number("named"),
    Column("role", Text, nullable=False),
    Column("email", Text, nullable=True, index=True),
    Column("email_sha256", LargeBinary, nullable=True, index=True),
    _when("banned_until_ms", null=True),
    Column("ban_reason", Text, nullable=True),
    _when("made_at_ms"),
    _one_of("role", "reader", "trusted", "moderator", "editor", "administrator"),
    Index("ix_account_raised", "role", "id", sqlite_where=_RAISED, postgresql_where=_RAISED),
    Index("ix_account_imported", "display_name", "id", sqlite_where=_IMPORTED, postgresql_where=_IMPORTED),
)

identity = Table(
    "identity",
    metadata,
    Column("issuer", Text, primary_key=True),
    Column("subject", Text, primary_key=True),
    Column("account_id", Big, ForeignKey("account.id"), nullable=False, index=True),
    Column("claimed_name", Text, nullable=True),
    Column("claimed_email", Text, nullable=True),
    _when("made_at_ms"),
)

session = Table(
    "session",
    metadata,
    Column("token_hash", LargeBinary, primary_key=True),
    Column("account_id", Big, ForeignKey("account.id"), nullable=False, index=True),
    _words("kind", "browser"),
    Column("csrf", Text, nullable=False),
    _words("device"),
    _when("made_at_ms"),
    _when("seen_at_ms"),
    _when("ends_at_ms"),
    _one_of("kind", "browser", "embed"),
)

signin_flow = Table(
    "signin_flow",
    metadata,
    # SHA-256 of the secret that the browser or the mail holds: mailed link, OIDC state, hand-off, one-time link.
    Column("secret_hash", LargeBinary, primary_key=True),
    Column("kind", Text, nullable=False),
    _words("data"),
    _number("tries"),
    Column("account_id", Big, nullable=True),
    _when("made_at_ms"),
    _when("ends_at_ms"),
    _one_of("kind", "mail", "provider", "link", "join", "handoff", "kept"),
    Index("ix_signin_flow_ends", "ends_at_ms"),
)

block = Table(
    "block",
    metadata,
    Column("account_id", Big, ForeignKey("account.id"), primary_key=True),
    Column("blocked_id", Big, ForeignKey("account.id"), primary_key=True),
    _when("at_ms"),
)

visit = Table(
    "visit",
    metadata,
    Column("account_id", Big, ForeignKey("account.id"), primary_key=True),
    Column("story_id", Big, ForeignKey("story.id"), primary_key=True),
    Column("seen_comment", Big, nullable=False),
    _when("at_ms"),
)

api_key = Table(
    "api_key",
    metadata,
    Column("key_hash", LargeBinary, primary_key=True),
    Column("name", Text, nullable=False, unique=True),
    _when("made_at_ms"),
)

_SHOWN = text("shown = 1")

comment = Table(
    "comment",
    metadata,
    _id(),
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
    _when("edited_at_ms", null=True),
    _number("revision"),
    _number("respect"),
    _number("disagree"),
    # Wilson lower bound in millionths.
    _number("score"),
    # Direct replies with shown = 1.
    _number("reply_count"),
    _number("report_count"),
    Column("removal_rule", Text, nullable=True),
    Column("key", Text, nullable=True),
    _one_of("state", "live", "held", "rejected", "withdrawn", "removed"),
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
    _when("at_ms"),
)

reaction = Table(
    "reaction",
    metadata,
    Column("comment_id", Big, ForeignKey("comment.id"), primary_key=True),
    Column("account_id", Big, ForeignKey("account.id"), primary_key=True),
    Column("kind", Text, nullable=False),
    _when("at_ms"),
    _one_of("kind", "respect", "disagree"),
)

report = Table(
    "report",
    metadata,
    Column("comment_id", Big, ForeignKey("comment.id"), primary_key=True),
    # The account, or a digest of the address for a reader who is not signed in: one report each.
    Column("reporter", Text, primary_key=True),
    Column("account_id", Big, nullable=True),
    Column("reason", Text, nullable=False),
    _words("text"),
    Column("settled", Integer, nullable=False, server_default="0"),
    _when("at_ms"),
)

finding = Table(
    "finding",
    metadata,
    Column("comment_id", Big, ForeignKey("comment.id"), primary_key=True),
    Column("revision", Integer, primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("phase", Text, nullable=False),
    Column("rule", Text, nullable=True),
    Column("weight", Text, nullable=False),
    _words("detail"),
    _number("starts"),
    _number("ends"),
)

decision = Table(
    "decision",
    metadata,
    _id(),
    Column("kind", Text, nullable=False),
    Column("actor_id", Big, nullable=True),
    Column("story_id", Big, nullable=True),
    Column("comment_id", Big, nullable=True, index=True),
    Column("account_id", Big, nullable=True, index=True),
    Column("rule", Text, nullable=True),
    _words("note"),
    _words("before"),
    _words("after"),
    _when("at_ms"),
)

outbox = Table(
    "outbox",
    metadata,
    Column("seq", Big, primary_key=True, autoincrement=True),
    Column("story_id", Big, nullable=False),
    Column("kind", Text, nullable=False),
    Column("comment_id", Big, nullable=False, server_default="0"),
    Column("parent_id", Big, nullable=False, server_default="0"),
    _number("a"),
    _number("b"),
    _when("at_ms"),
    Index("ix_outbox_story", "story_id", "seq"),
    sqlite_autoincrement=True,
)

mail = Table(
    "mail",
    metadata,
    _id(),
    Column("recipient", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("text", Text, nullable=False),
    _words("html"),
    _number("tries"),
    _when("due_at_ms"),
    _when("sent_at_ms", null=True),
    Column("failure", Text, nullable=True),
    Index("ix_mail_due", "sent_at_ms", "due_at_ms"),
    Index("ix_mail_recipient", "recipient", "id"),
)

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
    _words("counts"),
    _when("at_ms"),
    _when("done_at_ms", null=True),
)
