"""Where a sign-in may lead back to."""

import pytest

from moothall.web.return_path import return_path
from tests.corpora import vectors


@pytest.mark.parametrize(
    "path",
    ["/", "/news/old-bridge-abc234?sort=newest#c-1", "/signin/handoff?hash=a_c", "/c/x?a=%2F%2Fb", "/a//b"],
)
def test_paths_of_ours_are_kept(path: str) -> None:
    """As they are, query and fragment too."""
    assert return_path(path) == path


def test_letters_beyond_ascii_are_encoded() -> None:
    """A header takes no others."""
    assert return_path("/topics/brücke") == "/topics/br%C3%BCcke"


@pytest.mark.parametrize(
    "bad",
    [None, "", "news", "//evil.example", "/\\evil.example", "\\\\evil.example", "https://evil.example",
     "javascript:alert(1)", "/\t/evil.example", "/\n/evil.example", "\t//evil.example", " //evil.example",
     "/a\r\nX: y", "///evil.example", "/a b", "/" + "a" * 3000, "/\x00", "/a\\b",
     "/signin?handoff=abc", "/signin/?handoff=abc", "/%73ignin?handoff=abc", "/./signin?handoff=abc",
     "/x/%2e%2e/signin?handoff=abc", "/signin/name?next=/", "/signin/handoff/../?handoff=abc"],
)  # fmt: skip
def test_everything_else_leads_to_the_front_page(bad: str | None) -> None:
    """Whatever could be read as another host, whatever begins a sign-in, and whatever is damaged."""
    assert return_path(bad) == "/"


def test_no_known_trick_leads_elsewhere() -> None:
    """The corpus of open redirects: what is kept is one slash, no second one, and nothing that browsers drop."""
    for trick in vectors("open_redirect_patt_dev30"):
        for tried in (trick, f"/{trick}", f"/{trick.lstrip('/')}"):
            kept = return_path(tried)
            assert kept.startswith("/"), tried
            assert not kept.startswith(("//", "/\\")), tried
            assert kept.isascii(), tried
            assert not any(c <= " " or c in "\\\x7f" for c in kept), tried
