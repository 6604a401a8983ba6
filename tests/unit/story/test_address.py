"""Addresses of our own pages and of host pages."""

import pytest

from moothall.story.address import code_of, old_path, own_code, own_path, same_page

SITE = "https://courier.example"


def test_a_path_ends_in_the_code() -> None:
    """Section, words, code; and back."""
    assert own_path("city", "old-bridge", "bcdfgh") == "/city/old-bridge-bcdfgh"
    assert code_of("old-bridge-bcdfgh") == "bcdfgh"


@pytest.mark.parametrize("name", ["bcdfgh", "-bcdfgh", "old-bridge", "old-bridge-bcdfg", "old-bridge-bcdfga", ""])
def test_a_name_without_code_has_none(name: str) -> None:
    """Too short, with a vowel, or with nothing before it."""
    assert code_of(name) is None


@pytest.mark.parametrize(
    "path", ["/city/old-bridge-bcdfgh", "/x/y-bcdfgh", "/s/bcdfgh", "/city/old-bridge-bcdfgh?lang=de#discussion"]
)
def test_our_own_addresses_have_a_code(path: str) -> None:
    """The page under any section and words, and the short link."""
    assert own_code(SITE + path, SITE) == "bcdfgh"


@pytest.mark.parametrize(
    "url",
    [
        f"{SITE}.evil.example/city/old-bridge-bcdfgh",
        "https://other.example/city/old-bridge-bcdfgh",
        "/city/old-bridge-bcdfgh",
        f"{SITE}/old-bridge-bcdfgh",
        f"{SITE}/a/b/c-bcdfgh",
        f"{SITE}/s/old-bcdfgh",
        SITE,
        "",
    ],
)
def test_other_addresses_are_not_ours(url: str) -> None:
    """Another host, another shape."""
    assert own_code(url, SITE) is None


@pytest.mark.parametrize(
    ("url", "kept"),
    [
        ("HTTPS://Paper.Example:443/a/B?x=1#top", "https://paper.example/a/B?x=1"),
        ("http://paper.example", "http://paper.example/"),
        ("http://paper.example:8080/a", "http://paper.example:8080/a"),
        ("https://[2001:DB8::1]/a", "https://[2001:db8::1]/a"),
        ("/city/old-bridge-bcdfgh", "/city/old-bridge-bcdfgh"),
        ("https://user@paper.example/a", "https://user@paper.example/a"),
        ("https://paper.example:99999/", "https://paper.example:99999/"),
        ("javascript:alert(1)", "javascript:alert(1)"),
    ],
)
def test_one_page_has_one_form(url: str, kept: str) -> None:
    """What browsers treat as the same address is the same; what is no address is left alone."""
    assert same_page(url) == kept
    assert same_page(kept) == kept


@pytest.mark.parametrize(
    ("link", "path"),
    [
        ("https://old.example/bridge/", "/bridge"),
        ("https://old.example/bridge", "/bridge"),
        ("https://old.example/", "/"),
        ("https://old.example", "/"),
        ("/%D0%BC%D0%BE%D1%81%D1%82/", "/мост"),
        ("/story.php?id=7&x=%20", "/story.php?id=7&x=%20"),
    ],
)
def test_an_old_address_has_one_form(link: str, path: str) -> None:
    """Whatever host it had, with or without a slash, however it is encoded."""
    assert old_path(link) == path
