"""How long sessions last, and what browsers call themselves."""

import pytest

from moothall.kernel.limits import (
    EMBED_SESSION_MS,
    SESSION_ABSOLUTE_MS,
    SESSION_IDLE_MS,
    SESSION_SEEN_MS,
    STAFF_SESSION_IDLE_MS,
)
from moothall.kernel.secret import digest, keyed, new_code, new_secret, same
from moothall.people.device import device_of
from moothall.people.model import Account, AccountId, Role, Session, SessionKind
from moothall.people.session import begin, is_stale, lasts


def session(role: Role = Role.READER, *, seen_at_ms: int = 0, ends_at_ms: int = SESSION_ABSOLUTE_MS) -> Session:
    who = Account(AccountId(1), "Ada", role, 0)
    return Session(b"x", who, 0, seen_at_ms, "csrf", ends_at_ms=ends_at_ms)


@pytest.mark.parametrize(
    ("role", "idle_ms"),
    [
        (Role.READER, SESSION_IDLE_MS),
        (Role.TRUSTED, SESSION_IDLE_MS),
        (Role.MODERATOR, STAFF_SESSION_IDLE_MS),
        (Role.EDITOR, STAFF_SESSION_IDLE_MS),
        (Role.ADMINISTRATOR, STAFF_SESSION_IDLE_MS),
    ],
)
def test_unused_sessions_end_by_role(role: Role, idle_ms: int) -> None:
    """A moment before they are good, at that moment not."""
    assert (lasts(session(role), idle_ms - 1), lasts(session(role), idle_ms)) == (True, False)


def test_no_session_outlasts_its_end() -> None:
    """Even one used a moment ago."""
    used = session(seen_at_ms=999, ends_at_ms=1_000)
    assert (lasts(used, 999), lasts(used, 1_000)) == (True, False)


def test_a_new_session_lasts_as_its_kind_does() -> None:
    """A browser's half a year at most, an embed's token some hours; only the hash is in it."""
    for kind, life in ((SessionKind.BROWSER, SESSION_ABSOLUTE_MS), (SessionKind.EMBED, EMBED_SESSION_MS)):
        new = begin("token", "csrf", kind=kind, device="", now_ms=7)
        assert (new.token_hash, new.ends_at_ms - new.now_ms) == (digest("token"), life)


def test_last_seen_is_written_now_and_then() -> None:
    """Not with every page."""
    assert (is_stale(session(), SESSION_SEEN_MS - 1), is_stale(session(), SESSION_SEEN_MS)) == (False, True)


@pytest.mark.parametrize(
    ("agent", "device"),
    [
        ("Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0", "Firefox · Linux"),
        ("Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/156.0 Safari/537.36 Edg/156.0", "Edge · Windows"),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 26_0 like Mac OS X) Mobile Safari/604.1",
            "Safari · iPhone",
        ),
        (
            "Mozilla/5.0 (Linux; Android 16) Chrome/156.0 Mobile Safari/537.36",
            "Chrome · Android",
        ),
        ("curl/8.5.0", "curl"),
        ("<script>alert(1)</script>", ""),
        ("", ""),
    ],
)
def test_a_browser_is_told_by_name_and_system(agent: str, device: str) -> None:
    """Nothing of what it says is kept as it said it."""
    assert device_of(agent) == device


def test_secrets_are_long_and_codes_short() -> None:
    """256 bits for machines, six digits for people; comparing an empty secret is never true."""
    assert len({new_secret() for _ in range(100)}) == 100
    assert all(len(code) == 6 and code.isdecimal() for code in (new_code() for _ in range(1_000)))
    assert (same("a", "a"), same("a", "b"), same("", "")) == (True, False, False)
    assert keyed(b"one", "192.0.2.1") != keyed(b"two", "192.0.2.1")
