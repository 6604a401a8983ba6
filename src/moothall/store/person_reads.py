"""Everything that is kept of a person, read in one snapshot."""

from typing import Any

from sqlalchemy import Connection

from moothall.kernel.errors import NotFound
from moothall.kernel.ids import made_at_ms, to_text
from moothall.moderation.person_archive import PersonRecord, Said, when
from moothall.people.model import AccountId
from moothall.store.raw import row, rows

# What others wrote or are is not in it: no reporter, no moderator, no author of what was reacted to.
_SHEETS: dict[str, tuple[tuple[str, ...], str]] = {
    "account": (
        ("id", "name", "role", "email", "made_at_ms", "banned_until_ms", "ban_reason"),
        "SELECT id, display_name, role, email, made_at_ms, banned_until_ms, ban_reason FROM account WHERE id = ?",
    ),
    "identities": (
        ("issuer", "subject", "claimed_name", "claimed_email", "made_at_ms"),
        "SELECT issuer, subject, claimed_name, claimed_email, made_at_ms FROM identity WHERE account_id = ?",
    ),
    "sessions": (
        ("kind", "device", "made_at_ms", "seen_at_ms", "ends_at_ms"),
        "SELECT kind, device, made_at_ms, seen_at_ms, ends_at_ms FROM session WHERE account_id = ?",
    ),
    "passkeys": (
        ("name", "transports", "backed_up", "made_at_ms", "used_at_ms"),
        "SELECT name, transports, backed_up, made_at_ms, used_at_ms FROM passkey WHERE account_id = ?",
    ),
    "reactions": (
        ("comment_id", "kind", "at_ms"),
        "SELECT comment_id, kind, at_ms FROM reaction WHERE account_id = ? ORDER BY at_ms",
    ),
    "reports": (
        ("comment_id", "reason", "text", "at_ms"),
        "SELECT comment_id, reason, text, at_ms FROM report WHERE account_id = ? ORDER BY at_ms",
    ),
    "blocks": (("blocked_id", "at_ms"), "SELECT blocked_id, at_ms FROM block WHERE account_id = ?"),
    "decisions": (
        ("id", "restriction", "rule", "note", "comment_id", "at_ms", "until_ms", "ended_at_ms"),
        (
            "SELECT id, restriction, rule, note, comment_id, at_ms, until_ms, ended_at_ms FROM statement"
            " WHERE account_id = ? ORDER BY id"
        ),
    ),
    "appeals": (
        ("id", "statement_id", "reason", "at_ms", "outcome", "note", "decided_at_ms"),
        "SELECT id, statement_id, reason, at_ms, outcome, note, decided_at_ms FROM appeal WHERE account_id = ?",
    ),
    "notices": (
        ("id", "comment_id", "breach", "explanation", "name", "email", "at_ms", "outcome", "note"),
        (
            "SELECT id, comment_id, breach, explanation, name, email, at_ms, outcome, note FROM notice"
            " WHERE account_id = ?"
        ),
    ),
}
_SAID = (
    "SELECT c.id, s.url, s.headline, c.parent_id, c.state, c.body, c.body_html, c.edited_at_ms FROM comment c"
    " JOIN story s ON s.id = c.story_id WHERE c.author_id = ? ORDER BY c.id"
)
_EARLIER = (
    "SELECT r.comment_id, r.body FROM comment_revision r JOIN comment c ON c.id = r.comment_id"
    " WHERE c.author_id = ? ORDER BY r.comment_id, r.revision"
)


def person_record(conn: Connection, account_id: AccountId, *, now_ms: int) -> PersonRecord:
    """Raises: NotFound."""
    found = row(conn, "SELECT display_name FROM account WHERE id = ?", [account_id])
    if found is None:
        raise NotFound
    earlier: dict[int, tuple[str, ...]] = {}
    for number, body in rows(conn, _EARLIER, [account_id]):
        earlier[number] = (*earlier.get(number, ()), body)
    said = tuple(
        Said(
            id=one[0],
            story_url=one[1],
            headline=one[2],
            parent_id=one[3],
            state=one[4],
            body=one[5],
            body_html=one[6],
            at_ms=made_at_ms(one[0]),
            edited_at_ms=one[7],
            earlier=earlier.get(one[0], ()),
        )
        for one in rows(conn, _SAID, [account_id])
    )
    sheets = {name: _sheet(conn, names, sql, account_id) for name, (names, sql) in _SHEETS.items()}
    return PersonRecord(found[0], now_ms, said, sheets)


def _sheet(conn: Connection, names: tuple[str, ...], sql: str, account_id: AccountId) -> list[list[str]]:
    found = rows(conn, sql, [account_id])
    cells = [[_cell(name, value) for name, value in zip(names, one, strict=True)] for one in found]
    return [[name.removesuffix("_ms") for name in names], *cells]


def _cell(name: str, value: Any) -> str:
    if value is None:
        return ""
    if name.endswith("_ms"):
        return when(value)
    return to_text(value) if name == "id" or name.endswith("_id") else str(value)
