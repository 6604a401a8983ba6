"""How long a session lasts, by role."""

from moothall.kernel.limits import (
    EMBED_SESSION_MS,
    SESSION_ABSOLUTE_MS,
    SESSION_IDLE_MS,
    SESSION_SEEN_MS,
    STAFF_SESSION_IDLE_MS,
)
from moothall.kernel.secret import digest
from moothall.people.model import NewSession, Session, SessionKind
from moothall.people.role import STAFF


def begin(token: str, csrf: str, *, kind: SessionKind, device: str, now_ms: int) -> NewSession:
    """A session to be opened; `token` stays with the browser."""
    life_ms = EMBED_SESSION_MS if kind is SessionKind.EMBED else SESSION_ABSOLUTE_MS
    return NewSession(digest(token), csrf, kind, device, now_ms, now_ms + life_ms)


def lasts(session: Session, now_ms: int) -> bool:
    """Whether a session is still good: not too old, not too long unused."""
    staff = session.account.role in STAFF
    idle_ms = STAFF_SESSION_IDLE_MS if staff else SESSION_IDLE_MS
    return now_ms < session.ends_at_ms and now_ms - session.seen_at_ms < idle_ms


def is_stale(session: Session, now_ms: int) -> bool:
    """Whether its "last seen" should be written anew."""
    return now_ms - session.seen_at_ms >= SESSION_SEEN_MS
