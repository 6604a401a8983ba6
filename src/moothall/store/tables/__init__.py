"""Every table, once, for SQLite and PostgreSQL alike: one file a room."""

from moothall.store.tables.base import Big, metadata
from moothall.store.tables.comment import comment, comment_revision, reaction, report
from moothall.store.tables.console import act, claim, kept
from moothall.store.tables.delivery import mail, outbox
from moothall.store.tables.exchange import import_map, import_run
from moothall.store.tables.moderation import decision, finding, review_sample, sampled
from moothall.store.tables.people import account, api_key, block, identity, session, signin_flow, visit
from moothall.store.tables.rights import (
    appeal,
    decision_trace,
    erasure,
    ledger,
    ledger_head,
    ledger_opening,
    ledger_root,
    notice,
    notice_sender,
    sanction,
    statement,
    trusted_flagger,
)
from moothall.store.tables.standards import nudge, standards
from moothall.store.tables.story import (
    correction,
    keyword,
    photo,
    photo_rendition,
    section,
    site,
    story,
    story_keyword,
    story_related,
)

__all__ = [
    "Big",
    "account",
    "act",
    "api_key",
    "appeal",
    "block",
    "claim",
    "comment",
    "comment_revision",
    "correction",
    "decision",
    "decision_trace",
    "erasure",
    "finding",
    "identity",
    "import_map",
    "import_run",
    "kept",
    "keyword",
    "ledger",
    "ledger_head",
    "ledger_opening",
    "ledger_root",
    "mail",
    "metadata",
    "notice",
    "notice_sender",
    "nudge",
    "outbox",
    "photo",
    "photo_rendition",
    "reaction",
    "report",
    "review_sample",
    "sampled",
    "sanction",
    "section",
    "session",
    "signin_flow",
    "site",
    "standards",
    "statement",
    "story",
    "story_keyword",
    "story_related",
    "trusted_flagger",
    "visit",
]
