"""A language that was asked for goes along with the links of a page."""

import pytest

from moothall.web.carried import along, asked_in, in_markup


@pytest.mark.parametrize(
    ("path", "led"),
    [
        ("/", "/?lang=de"),
        ("/city/a-bcdfgh#discussion", "/city/a-bcdfgh?lang=de#discussion"),
        ("/city/?cursor=x", "/city/?cursor=x&lang=de"),
        ("/city/?lang=fr", "/city/?lang=fr"),
        ("/city/?a=b&lang=fr", "/city/?a=b&lang=fr"),
        ("/feed.xml", "/feed.xml"),
    ],
)
def test_an_address_gets_the_language_once(path: str, led: str) -> None:
    """Before the fragment, beside what is there; feeds have no words of ours."""
    assert along(path, "de") == led
    assert along(path, "") == path


@pytest.mark.parametrize(
    ("markup", "led"),
    [
        ('<a href="/city/">', '<a href="/city/?lang=de">'),
        ('<a class="x" href="/c/1?a=b">', '<a class="x" href="/c/1?a=b&amp;lang=de">'),
        ('<form action="/signin/email">', '<form action="/signin/email?lang=de">'),
        ('<button formaction="/c/1/reply">', '<button formaction="/c/1/reply?lang=de">'),
        ('<a data-mh-to="/fragments/x">', '<a data-mh-to="/fragments/x?lang=de">'),
        (
            '<a data-mh-to="https://us.example/fragments/x">',
            '<a data-mh-to="https://us.example/fragments/x?lang=de">',
        ),
    ],
)
def test_what_leads_to_our_pages_carries_it(markup: str, led: str) -> None:
    """Links, forms, buttons, and the pieces that the widget fetches."""
    assert in_markup(markup, "de") == led
    assert in_markup(markup, "") == markup


@pytest.mark.parametrize(
    "markup",
    [
        '<a href="https://elsewhere.example/city/">',
        '<a href="//elsewhere.example/">',
        '<link href="/static/site.css?v=1">',
        '<img src="/media/1/320.jpg">',
        '<link href="/feed.xml">',
        '<a href="?lang=fr">',
        '<a href="#main">',
    ],
)
def test_all_else_stays_as_it_is(markup: str) -> None:
    """Other hosts, files, feeds and places on the same page."""
    assert in_markup(markup, "de") == markup


@pytest.mark.parametrize(
    ("query", "lang"),
    [(b"lang=de", "de"), (b"a=b&lang=fr", "fr"), (b"lang=de&a=b", "de"), (b"lang=xx", ""), (b"slang=de", ""),
     (b"lang=deu", ""), (b"", "")],
)  # fmt: skip
def test_only_languages_that_we_speak_count(query: bytes, lang: str) -> None:
    """Whatever else stands there is nobody's wish."""
    assert asked_in(query) == lang
