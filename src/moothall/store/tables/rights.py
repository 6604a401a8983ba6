"""What people are owed for decisions: the ledger, statements of reasons, sanctions, appeals, notices, erasure."""

from sqlalchemy import Column, ForeignKey, Index, Integer, Table, Text, text

from moothall.store.tables.base import Big, id_column, metadata, number, one_of, when, words

# Append-only; each hash covers the one before it.  The payload holds no personal data, only sealed parts.
ledger = Table(
    "ledger",
    metadata,
    Column("seq", Big, primary_key=True, autoincrement=False),
    Column("at_ms", Big, nullable=False),
    Column("kind", Text, nullable=False),
    Column("payload", Text, nullable=False),
    Column("previous", Text, nullable=False),
    Column("hash", Text, nullable=False, unique=True),
    Column("decision_id", Big, nullable=False, unique=True),
)

# One row: the end of the chain.  Appends change it first, so that PostgreSQL lets in one at a time.
ledger_head = Table(
    "ledger_head",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("seq", Big, nullable=False),
    when("at_ms"),
    Column("hash", Text, nullable=False),
)

# The end of the chain on each day (UTC), as it is published.
ledger_root = Table(
    "ledger_root",
    metadata,
    Column("day", Text, primary_key=True),
    Column("seq", Big, nullable=False),
    Column("hash", Text, nullable=False),
)

# What opens the sealed parts of an entry; an erasure deletes it, and the chain stays whole.
ledger_opening = Table(
    "ledger_opening",
    metadata,
    Column("seq", Big, primary_key=True, autoincrement=False),
    Column("salt", Text, nullable=False),
    Column("parts", Text, nullable=False),
    Column("account_id", Big, nullable=True, index=True),
)

_STANDS = text("ended_at_ms IS NULL")

# Its id is that of the decision that it explains.
statement = Table(
    "statement",
    metadata,
    id_column(),
    Column("account_id", Big, nullable=True),
    Column("comment_id", Big, nullable=True),
    Column("story_id", Big, nullable=True),
    Column("restriction", Text, nullable=False),
    Column("rule", Text, nullable=True),
    Column("ground", Text, nullable=False),
    Column("breach", Text, nullable=False),
    words("keyword"),
    Column("source", Text, nullable=False),
    number("found_by_machine"),
    number("decided_by_machine"),
    # JSON: pairs of code-point offsets in the text as it was at `revision`.
    words("spans", "[]"),
    words("phases", "[]"),
    number("revision"),
    words("note"),
    words("lang"),
    when("said_at_ms", null=True),
    when("until_ms", null=True),
    when("at_ms"),
    when("ended_at_ms", null=True),
    Index("ix_statement_account", "account_id", "id"),
    Index("ix_statement_comment", "comment_id", "id"),
    Index("ix_statement_stands", "story_id", "id", sqlite_where=_STANDS, postgresql_where=_STANDS),
    Index("ix_statement_at", "at_ms", "id"),
    one_of("ground", "terms", "law"),
)

# What a decision changed, so that it can be undone exactly.
decision_trace = Table(
    "decision_trace",
    metadata,
    Column("decision_id", Big, primary_key=True, autoincrement=False),
    Column("rule", Text, nullable=True),
    number("report_count"),
    number("revision"),
    # JSON: the reporters whose reports it settled, and the statements that it ended.
    words("settled", "[]"),
    words("ended", "[]"),
    Column("undone_by", Big, nullable=True),
)

sanction = Table(
    "sanction",
    metadata,
    id_column(),
    Column("account_id", Big, ForeignKey("account.id"), nullable=False),
    Column("kind", Text, nullable=False),
    when("until_ms", null=True),
    Column("rule", Text, nullable=True),
    words("reason"),
    when("at_ms"),
    when("lifted_at_ms", null=True),
    Index("ix_sanction_account", "account_id", "id"),
    one_of("kind", "warn", "slow", "pre_moderate", "suspend", "ban"),
)

# What became of a statement at the EU's Transparency Database; its PUID is made of its id.
eu_sent = Table(
    "eu_sent",
    metadata,
    Column("statement_id", Big, primary_key=True, autoincrement=False),
    Column("fate", Text, nullable=False),
    words("said"),
    when("at_ms"),
    one_of("fate", "sent", "refused", "unfit"),
)

_OPEN_APPEAL = text("decided_at_ms IS NULL")

appeal = Table(
    "appeal",
    metadata,
    id_column(),
    # The statement, or the notice, whose decision is complained about; one appeal each.
    Column("statement_id", Big, nullable=True, unique=True),
    Column("notice_id", Big, nullable=True, unique=True),
    Column("account_id", Big, nullable=True, index=True),
    words("reason"),
    when("at_ms"),
    Column("outcome", Text, nullable=True),
    Column("decided_by", Big, nullable=True),
    words("note"),
    when("decided_at_ms", null=True),
    one_of("outcome", "upheld", "partly", "reversed"),
    Index("ix_appeal_open", "id", sqlite_where=_OPEN_APPEAL, postgresql_where=_OPEN_APPEAL),
)

_OPEN_NOTICE = text("decided_at_ms IS NULL")

notice = Table(
    "notice",
    metadata,
    id_column(),
    # SHA-256 of the code on the receipt.
    Column("code_sha256", Text, nullable=False, unique=True),
    Column("comment_id", Big, ForeignKey("comment.id"), nullable=False, index=True),
    number("revision"),
    Column("account_id", Big, nullable=True, index=True),
    Column("sender", Text, nullable=False),
    number("trusted"),
    Column("breach", Text, nullable=False),
    Column("explanation", Text, nullable=False),
    words("legal_reference"),
    words("name"),
    words("email"),
    words("lang"),
    when("at_ms"),
    Column("outcome", Text, nullable=True),
    Column("decided_by", Big, nullable=True),
    words("note"),
    when("decided_at_ms", null=True),
    one_of("outcome", "acted", "kept", "unfounded"),
    Index("ix_notice_open", "trusted", "id", sqlite_where=_OPEN_NOTICE, postgresql_where=_OPEN_NOTICE),
)

# Whose notices were manifestly unfounded, and how often: warned first, then refused for a time.
notice_sender = Table(
    "notice_sender",
    metadata,
    Column("sender", Text, primary_key=True),
    number("unfounded"),
    when("warned_at_ms", null=True),
    when("refused_until_ms", null=True),
)

trusted_flagger = Table(
    "trusted_flagger",
    metadata,
    Column("account_id", Big, ForeignKey("account.id"), primary_key=True, autoincrement=False),
    Column("name", Text, nullable=False),
    when("until_ms", null=True),
    when("at_ms"),
)

erasure = Table(
    "erasure",
    metadata,
    id_column(),
    Column("account_id", Big, nullable=False, index=True),
    Column("wanted", Text, nullable=False),
    words("reason"),
    Column("asked_by", Big, nullable=False),
    when("asked_at_ms"),
    Column("confirmed_by", Big, nullable=True),
    when("done_at_ms", null=True),
    one_of("wanted", "author", "text", "both"),
)
