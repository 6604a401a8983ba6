"""Which host pages may sign readers in."""

import pytest

from moothall.people.signin.handoff import host_of, may_embed


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("https://news.example/story?a#b", "news.example"),
        ("https://NEWS.example:8443", "news.example:8443"),
        ("https://user:news.example@evil.example/", "evil.example"),
        ("https://news.example@evil.example", "evil.example"),
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
