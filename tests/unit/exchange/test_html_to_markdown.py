"""Foreign HTML in, our Markdown out, and what readers then see."""

import re
from html import escape, unescape

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from moothall.discussion.body import render
from moothall.exchange.html_to_markdown import to_markdown
from moothall.exchange.record import Markup
from moothall.kernel.text import clean
from tests.corpora import vectors

ALLOWED = re.compile(
    r'</?(?:blockquote|br|code|del|em|li|ol(?: start="\d+")?|p|pre|strong|ul)>|</a>'
    r'|<a (?:href="(?:https?://|mailto:)[^"<>]*" )?rel="ugc nofollow noopener noreferrer">'
)
DISQUS_COUNTER = "http://disq.us/url?url=http%3A%2F%2Fe.example%2Fa%3AFGtTPMvBqSWpdBv9pRRvxbxUxbY&amp;cuid=1"


@pytest.mark.parametrize(
    ("html", "markdown"),
    [
        ("<p>One.</p><p>Two.</p>", "One.\n\nTwo."),
        ("One.<br><br>Two.<br>Three.", "One.\n\nTwo.\nThree."),
        ("One.\n\nTwo.\nThree.", "One.\n\nTwo.\nThree."),
        ("<p>One\nline.</p>", "One line."),
        ("<b>bold</b> and <i>slanted</i> and <s>gone</s>", "**bold** and *slanted* and ~~gone~~"),
        ("<b><i>both</i></b>", "***both***"),
        ("<b><b>twice</b></b>", "**twice**"),
        ("<b> spaced </b>out", "**spaced** out"),
        ("<b>Stop!</b>now", "Stop!now"),
        ("<b>a</b><i>b</i>", "**a**b"),
        ("<b>one<br><br>two</b>", "one\n\ntwo"),
        ("<blockquote><p>said</p></blockquote>answer", "> said\n\nanswer"),
        ("<blockquote>a<blockquote>b</blockquote></blockquote>", "> a\n>\n> > b"),
        ("<ul><li>a</li><li>b</li></ul>", "- a\n- b"),
        ("<ol><li>a</li><li><p>b</p><p>c</p></li></ol>", "1. a\n2. b\n\n   c"),
        ('<a href="https://e.example/x">words</a>', "[words](https://e.example/x)"),
        ('<a href="https://e.example/(x)">words</a>', "[words](<https://e.example/(x)>)"),
        ('<a href="https://e.example/long/way">e.example/lon...</a>', "<https://e.example/long/way>"),
        ('<a href="https://e.example/long/way">https://e.example/lo…</a>', "<https://e.example/long/way>"),
        (f'<a href="{DISQUS_COUNTER}">http://e.example/a</a>', "<http://e.example/a>"),
        ('<a href="mailto:ada@e.example">Ada</a>', "[Ada](mailto:ada@e.example)"),
        ('<a href="javascript:alert(1)">words</a>', "words"),
        ('<a href="https://e.example"><p>words</p></a>', "words"),
        ("see https://e.example/a_b_c.", "see <https://e.example/a_b_c>."),
        ('<img src="https://e.example/x.png" alt="A bridge">', "[A bridge](https://e.example/x.png)"),
        ('<img src="https://e.example/x.png">', "<https://e.example/x.png>"),
        ("<code>a*b</code>", "`a*b`"),
        ("<code>a`b</code>", "``a`b``"),
        ("<pre>if a:\n    b</pre>", "```\nif a:\n    b\n```"),
        ("<h2>Head</h2>text", "**Head**\n\ntext"),
        ("<table><tr><td>a</td><td>b</td></tr></table>", "a\n\nb"),
        ("<script>alert(1)</script><style>p{}</style>", ""),
        ("<p> </p><br>", ""),
        ("1. x", "1\\. x"),
        ("# x", "\\# x"),
        ("snake_case and _x_", "snake_case and \\_x\\_"),
        ("\ue000words\ue001", "words"),
    ],
)
def test_html_becomes_our_markdown(html: str, markdown: str) -> None:
    """Each element that old comments use."""
    assert to_markdown(html, Markup.HTML) == markdown


def test_wordpress_line_ends_count() -> None:
    """As WordPress prints them: also beside tags, but not around blocks or in preformatted text."""
    html = "One\ntwo <b>x</b>\r\n\r\n<blockquote>said\n</blockquote>\n\nthree<pre>a\n\nb</pre>"
    assert to_markdown(html, Markup.HTML_LINES) == "One\ntwo **x**\n\n> said\n\nthree\n\n```\na\n\nb\n```"


def test_our_own_markdown_is_left_alone() -> None:
    """It is rendered and cleaned like any comment's."""
    assert to_markdown("  **x** <b>y</b> ", Markup.MARKDOWN) == "**x** <b>y</b>"


def seen(html: str) -> str:
    """The words that a reader sees, spaces levelled."""
    return " ".join(unescape(re.sub(r"<br>|</?(?:p|li|ul|ol|blockquote|pre)>", " ", html)
                             if "<" in html else html).replace("\xa0", " ").split())  # fmt: skip


@given(st.text(st.characters(exclude_categories=["Cs", "Co", "Cc", "Cf", "Zl", "Zp"]), max_size=60))
def test_plain_text_is_seen_as_it_was(text: str) -> None:
    """Nothing in a text becomes formatting by accident, and nothing is lost."""
    assume("&lt;" not in text)  # the renderer's one word for a bare "<"
    html = render(to_markdown(escape(text), Markup.HTML))
    assert seen(re.sub(r"</?a\b[^>]*>", "", html)) == " ".join(clean(text).split())


MARKED = st.lists(
    st.one_of(
        st.sampled_from(
            ["<b>", "</b>", "<i>", "</i>", "<p>", "<br>", "<blockquote>", "</blockquote>", "<ul>", "<li>"]
        ),
        st.text("ab!. *_-1#>\n", max_size=6),
    ),
    max_size=14,
).map("".join)


@given(MARKED)
def test_no_mark_is_left_visible(html: str) -> None:
    """Emphasis is either read as emphasis or left out: asterisks that nobody wrote do not appear."""
    shown = re.sub(r"<[^>]*>", "", render(to_markdown(html, Markup.HTML)))
    assert shown.count("*") == unescape(re.sub(r"<[^>]*>", "", html)).count("*")


@pytest.mark.parametrize("name", ["xss_dompurify_fixtures", "xss_payloadbox_dev30", "naughty_strings_blns"])
def test_hostile_html_comes_out_harmless(name: str) -> None:
    """No element, attribute or address beyond the few that comments may have."""
    for vector in vectors(name):
        html = render(to_markdown(vector, Markup.HTML))
        assert "<" not in ALLOWED.sub("", html), vector


def test_many_paragraphs_without_ends_are_not_nested() -> None:
    """Nor are items, cells and pictures: all of a long, sloppy comment is kept as it was."""
    text = to_markdown(
        "".join(f"<p>Line <b>{n}</b><br><img src='https://e.example/{n}'>" for n in range(500)), Markup.HTML
    )
    assert text.count("**") == 1_000
    assert text.count("\n\n") == 499
