"""Which host pages may sign readers in."""

import pytest

from moothall.people.model import Account, AccountId, Role, Session, SessionKind
from moothall.people.signin.handoff import host_of, knows, may_embed


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("https://news.example/story?a#b", "news.example"),
        ("https://NEWS.example:8443", "news.example:8443"),
        ("https://user:news.example@evil.example/", ""),
        ("https://news.example@evil.example", ""),
        ("null", ""),
        ("", ""),
        (None, ""),
        ("javascript:alert(1)", ""),
        ("https://[broken", ""),
        ("ftp://news.example/", ""),
    ],
)
def test_the_host_of_an_address(url: str | None, host: str) -> None:
    """Of web pages only, and never a part that merely looks like one."""
    assert host_of(url) == host


@pytest.mark.parametrize(
    ("host", "may"),
    [
        ("news.example", True),
        ("news.example:8443", True),
        ("other.example:8000", True),
        ("other.example", False),
        ("other.example:8001", False),
        ("evilnews.example", False),
        ("news.example.evil.example", False),
        ("sub.news.example", False),
        ("", False),
    ],
)
def test_only_listed_hosts_may(host: str, may: bool) -> None:
    """Listed without a port for all, with one for that one; endings do not count."""
    assert may_embed(host, ("News.example", "other.example:8000")) is may


@pytest.mark.parametrize(
    ("kind", "device", "now_ms", "known"),
    [
        (SessionKind.EMBED, "news.example", 999, True),
        (SessionKind.EMBED, "news.example", 1_000, False),
        (SessionKind.EMBED, "other.example", 999, False),
        (SessionKind.BROWSER, "news.example", 999, False),
    ],
)
def test_a_host_that_holds_a_good_token_is_known(kind: SessionKind, device: str, now_ms: int, known: bool) -> None:
    """That very host, by a token of its own that has not ended."""
    ada = Account(AccountId(1), "Ada", Role.READER, 0)
    held = Session(b"x", ada, 0, 0, "csrf", kind, device, ends_at_ms=1_000)
    assert knows([held], host="news.example", now_ms=now_ms) is known
    assert not knows([], host="news.example", now_ms=now_ms)
