"""Tags and texts out of anything, in time that rises with its length."""

import time

import pytest

from moothall.exchange.html_to_markdown import to_markdown
from moothall.exchange.html_tokens import Tag, plain, tokens
from moothall.exchange.record import Markup

# Each repeated without end.  All have made some parser, regular expression or Markdown writer slow.
SHAPES = (
    "<p><i>", "<p><i>a", "<b><p>", "<b>a", "<div></x>", "<div><!--</div>-->", '<div a="</div">', "<ul></x><li>",
    "<pre></pre", "<pre>", "<pre><b>", "<code>`", "<code>`</code>", "<blockquote>a<br>", "<ul><li>a",
    "<ol><li>x<p>y", "<table><tr><td><i>a", "<dd><i>", "<b><div></b>a", "<b><i></b></i>",
    "<a href=http://e.example/>x", "<q>a</q>", "<i> a </i>", "<i>.</i>a", "<b>\n\n", "<i></i>", "<h2>a",
    "<svg>", "<math><mi>", "<script>", "<style></style", "<textarea>", "<template>", "&amp;", "&", "&#", "&#1",
    "<!--", "<!-- a -->", "<![CDATA[", "<![", "<?", "<", "</", "<a ", '<a "', "<a b=", '<a b="', "<a b='",
    "<a/", "<p a='>", "*", "_", "[", "[](", "`", "`a``b", "*_[]()`", "~", "\n", "\n\t ", " ", "<br>", "<br> ",
    "http://", "http://a ", "http://a)", "http:\\", "\ue000", "1", "#", "> ", "&nbsp;",
)  # fmt: skip


@pytest.mark.parametrize(
    ("html", "found"),
    [
        ("a < b", ["a < b"]),
        ("a <b>c</B >", ["a ", "<b>", "c", "</b>"]),
        ("a<br/>b<br />", ["a", "<br>", "b", "<br>"]),
        ("a<!-- <b> -->b<!-->c<!--->d<!-- x --!>e", ["a", "b", "c", "d", "e"]),
        ("a<!-- b", ["a"]),
        ("a<!doctype x>b<?php c ?>d</ e>f</>g<![CDATA[h]]>i", ["a", "b", "d", "f", "g", "i"]),
        ("a<b title='>'>c", ["a", "<b>", "c"]),
        ('a<b title=">c', ["a", "<b>", "c"]),
        ("a<b c", ["a<b c"]),
        ("a<script>b<i></i></script >c", ["a", "<script>", "</script>", "c"]),
        ("a<STYLE>b", ["a", "<style>"]),
        ("a<", ["a<"]),
        ("a</", ["a</"]),
        ("", []),
    ],
)
def test_what_is_a_tag_and_what_is_text(html: str, found: list[str]) -> None:
    """As browsers read it, but that a tag without end stays to be read."""
    assert [t if isinstance(t, str) else f"<{'/' * t.closes}{t.name}>" for t in tokens(html)] == found


@pytest.mark.parametrize(
    ("attributes", "value"),
    [
        (' href="a b"', "a b"),
        (" HREF='a&amp;b'", "a&b"),
        (" x=y href=a/b", "a/b"),
        (" href = a href=b", "a"),
        ("", ""),
        (" href", ""),
        (' data-href="x"', ""),
    ],
)
def test_an_attribute_is_found(attributes: str, value: str) -> None:
    """In each of the ways to write it."""
    assert Tag("a", closes=False, attributes=attributes).attribute("href") == value


def test_a_reference_to_no_character_is_a_mark_of_its_own() -> None:
    """Thousands of digits were once more than Python reads as a number, and ended the import."""
    assert plain(f"a&#{'1' * 5_000};b&#x{'f' * 5_000}z&#65;") == "a\ufffdb\ufffdzA"


@pytest.mark.parametrize("markup", [Markup.HTML, Markup.HTML_LINES])
@pytest.mark.parametrize("unit", SHAPES)
def test_time_rises_with_the_length_only(unit: str, markup: Markup) -> None:
    """Four times the length takes about four times as long; the square of it would be sixteen.

    What takes a fifth of a second for 40,000 characters is left alone: it is too short to be measured well.
    """
    short, long = (cost((unit * 40_000)[:size], markup) for size in (10_000, 40_000))
    assert long < 0.2 or long < 9 * short


def cost(html: str, markup: Markup) -> float:
    """CPU seconds, the best of three."""
    spent = []
    for _ in range(3):
        began = time.process_time()
        to_markdown(html, markup)
        spent.append(time.process_time() - began)
    return min(spent)
