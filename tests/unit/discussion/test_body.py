"""A reader's Markdown becomes safe HTML, whatever it holds."""

import html.parser
import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moothall.discussion.body import clean, is_good_url, render
from tests.corpora import vectors

_ALLOWED = {"a", "blockquote", "br", "code", "del", "em", "li", "ol", "p", "pre", "strong", "ul"}


class _Audit(html.parser.HTMLParser):
    """Collects what is not on the allow-list."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.faults: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in _ALLOWED:
            self.faults.append(tag)
        for name, value in attrs:
            good_link = tag == "a" and name == "href" and re.match(r"(https?://|mailto:)", value or "")
            good_rel = tag == "a" and name == "rel" and value == "ugc nofollow noopener noreferrer"
            if not (good_link or good_rel):
                self.faults.append(f"{tag} {name}={value}")


def faults(rendered: str) -> list[str]:
    audit = _Audit()
    audit.feed(rendered)
    audit.close()
    return audit.faults


@pytest.mark.parametrize(
    ("source", "html"),
    [
        ("*em* **strong**", "<p><em>em</em> <strong>strong</strong></p>"),
        ("one\ntwo", "<p>one<br>\ntwo</p>"),
        ("> said", "<blockquote>\n<p>said</p>\n</blockquote>"),
        ("- a\n- b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>"),
        ("I <3 <b>you</b>", "<p>I &lt;3 &lt;b&gt;you&lt;/b&gt;</p>"),
        ("`a<b`", "<p><code>a&lt;b</code></p>"),
        ("# Loud", "<p><strong>Loud</strong></p>"),
        ("[x](javascript:alert(1))", '<p><a rel="ugc nofollow noopener noreferrer">x</a></p>'),
        (
            "https://example.org/a",
            '<p><a href="https://example.org/a" rel="ugc nofollow noopener noreferrer">https://example.org/a</a></p>',
        ),
        (
            "![cat](https://example.org/c.png)",
            '<p><a href="https://example.org/c.png" rel="ugc nofollow noopener noreferrer">cat</a></p>',
        ),
    ],
)
def test_the_small_markdown(source: str, html: str) -> None:
    """Emphasis, quotes, lists and links are drawn; tags are text, pictures are links."""
    assert render(source) == html


@pytest.mark.parametrize(
    "name", ["xss_dompurify_fixtures", "xss_bleach_data", "xss_payloadbox_dev30", "naughty_strings_blns"]
)
def test_hostile_vectors_leave_nothing(name: str) -> None:
    """Every vector, as Markdown and as imported HTML, is reduced to the allow-list."""
    for vector in vectors(name):
        assert faults(render(vector)) == [], vector
        assert faults(clean(vector)) == [], vector


@given(st.text(alphabet="<>[]()!`*_~#&\\\"'/:ajsvcriptonhe \n", max_size=200))
def test_any_text_is_reduced_to_the_allow_list(text: str) -> None:
    """No mixture of marks gets past, and cleaning what was cleaned changes nothing."""
    rendered = render(text)
    assert faults(rendered) == []
    assert clean(rendered) == rendered


@pytest.mark.parametrize(
    "bomb",
    ["[" * 5000, "*" * 10000, "> " * 5000, "`" * 9999 + " ", "[a](" * 2500, "<" * 10000, "- " * 5000, "![" * 5000],
)
def test_markdown_bombs_stay_cheap(bomb: str) -> None:
    """Ten kilobytes made to be slow cost less than a quarter of a second."""
    started = time.process_time()
    render(bomb)
    assert time.process_time() - started < 0.25


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)", "\u2003javascript:alert(1)", "//example.org", "http://", "http:///x", "ftp://x.example",
        "https://good.example@evil.example", "https://x.example/\u202egnp", "https://x.example\\@y.example",
        "data:text/html,x",
        "http://[::1", "http://x.example:99999999/", "mailto:nobody",
    ],
)  # fmt: skip
def test_links_that_mislead(url: str) -> None:
    """Schemes, hosts and hidden characters are checked by parsing, beside links that are fine."""
    assert not is_good_url(url)
    assert is_good_url("https://example.org/a?b=c#d")
    assert is_good_url("mailto:desk@example.org")


_PIECES = [*"a<>&[\"'\\!`\n\t\r\xa0*_", "b ", "\n\n", "**", "```", "~~", "> ", "- ", "1. ", "3) ", "# ", "](", ")"]
_PIECES += ["https://x.example", "&lt;", "&nbsp;", "    "]


@given(st.lists(st.sampled_from(_PIECES), max_size=20))
def test_rendered_text_is_as_the_cleaner_leaves_it(pieces: list[str]) -> None:
    """What was seen to need no cleaning is what the cleaner makes of it, to the byte."""
    rendered = render("".join(pieces))
    assert clean(rendered) == rendered
