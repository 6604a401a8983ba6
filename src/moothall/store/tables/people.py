"""Who reads and speaks: accounts, their identities and sessions, and what they keep to themselves."""

from sqlalchemy import Column, ForeignKey, Index, LargeBinary, Table, Text, text

from moothall.store.tables.base import Big, id_column, metadata, number, one_of, when, words

# Few among the many: who is more than a reader, and whose name came with an archive.
_RAISED = text("role != 'reader'")
_IMPORTED = text("name_key IS NULL")

account = Table(
    "account",
    metadata,
    id_column(),
    Column("display_name", Text, nullable=False),
    # The look-alike form of the name; NULL while unnamed and for imported people, whose names repeat.
    Column("name_key", Text, nullable=True, unique=True),
    number("named"),
    Column("role", Text, nullable=False),
    Column("email", Text, nullable=True, index=True),
    Column("email_sha256", LargeBinary, nullable=True, index=True),
    when("banned_until_ms", null=True),
    Column("ban_reason", Text, nullable=True),
    # What a person prefers: a language tag or nothing, and whether single keys are shortcuts.
    words("lang"),
    number("single_keys"),
    # Slugs of the sections that the role is for, parted by spaces; empty for the whole site.
    words("sections"),
    when("made_at_ms"),
    one_of("role", "reader", "trusted", "moderator", "editor", "administrator"),
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
    when("made_at_ms"),
)

session = Table(
    "session",
    metadata,
    Column("token_hash", LargeBinary, primary_key=True),
    Column("account_id", Big, ForeignKey("account.id"), nullable=False, index=True),
    words("kind", "browser"),
    Column("csrf", Text, nullable=False),
    words("device"),
    when("made_at_ms"),
    when("seen_at_ms"),
    when("ends_at_ms"),
    one_of("kind", "browser", "embed"),
)

signin_flow = Table(
    "signin_flow",
    metadata,
    # SHA-256 of the secret that the browser or the mail holds: mailed link, OIDC state, hand-off, one-time link,
    # a passkey's challenge.
    Column("secret_hash", LargeBinary, primary_key=True),
    Column("kind", Text, nullable=False),
    words("data"),
    number("tries"),
    Column("account_id", Big, nullable=True),
    when("made_at_ms"),
    when("ends_at_ms"),
    one_of("kind", "mail", "provider", "link", "join", "handoff", "kept", "passkey"),
    Index("ix_signin_flow_ends", "ends_at_ms"),
)

# What an authenticator shares with us; it can't be a digest, because codes are made from it.
second_factor = Table(
    "second_factor",
    metadata,
    Column("account_id", Big, ForeignKey("account.id"), primary_key=True, autoincrement=False),
    # Empty where no authenticator was begun: then the row only counts wrong recovery codes.
    Column("secret", LargeBinary, nullable=False),
    number("confirmed"),
    # The last step of 30 seconds whose code was used; wrong codes since, and when the last of them was.
    Column("last_step", Big, nullable=False, server_default="0"),
    number("tries"),
    when("tried_at_ms"),
    when("made_at_ms"),
)

# The public halves of key pairs in people's devices.
passkey = Table(
    "passkey",
    metadata,
    # The name that the device gave it, 16 to 1,023 bytes.
    Column("credential", LargeBinary, primary_key=True),
    Column("account_id", Big, ForeignKey("account.id"), nullable=False, index=True),
    words("name"),
    # SubjectPublicKeyInfo in DER.
    Column("key", LargeBinary, nullable=False),
    # Signatures that the device says it made, up to 2^32; 0 where it does not count.
    Column("count", Big, nullable=False),
    # How browsers reach the device, parted by spaces.
    words("transports"),
    number("backed_up"),
    when("made_at_ms"),
    when("used_at_ms", null=True),
)

recovery_code = Table(
    "recovery_code",
    metadata,
    Column("account_id", Big, ForeignKey("account.id"), primary_key=True),
    # SHA-256 of 80 random bits; the row goes when it is used.
    Column("code_hash", LargeBinary, primary_key=True),
)

# Sessions that showed a second factor; they go with the session.
proved_session = Table(
    "proved_session",
    metadata,
    Column("token_hash", LargeBinary, ForeignKey("session.token_hash", ondelete="CASCADE"), primary_key=True),
    when("at_ms"),
)

block = Table(
    "block",
    metadata,
    Column("account_id", Big, ForeignKey("account.id"), primary_key=True),
    Column("blocked_id", Big, ForeignKey("account.id"), primary_key=True),
    when("at_ms"),
)

visit = Table(
    "visit",
    metadata,
    Column("account_id", Big, ForeignKey("account.id"), primary_key=True),
    Column("story_id", Big, ForeignKey("story.id"), primary_key=True),
    Column("seen_comment", Big, nullable=False),
    when("at_ms"),
)

api_key = Table(
    "api_key",
    metadata,
    Column("key_hash", LargeBinary, primary_key=True),
    Column("name", Text, nullable=False, unique=True),
    when("made_at_ms"),
)
