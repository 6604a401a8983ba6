"""Sloppy and hostile tags: paired, bounded, and no word lost."""

from html import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moothall.exchange.html_nesting import nested
from moothall.exchange.html_tokens import Tag, tokens
from moothall.kernel.limits import IMPORT_NESTING

WITHOUT_END = {"", "br", "hr", "img"}
NAMES = ["p", "div", "blockquote", "ul", "ol", "li", "pre", "h2", "h3", "table", "tr", "td", "dl", "dt", "dd", "b",
         "strong", "i", "em", "a", "code", "q", "s", "br", "hr", "img", "span", "x-y"]  # fmt: skip
WORDS = st.text("abc <>&\"'\n", min_size=1, max_size=5).map(escape)
TAGS = st.builds("<{}{}>".format, st.sampled_from(["", "/"]), st.sampled_from(NAMES))
SLOPPY = st.lists(st.one_of(WORDS, TAGS), max_size=40).map("".join)


def written(html: str) -> str:
    """What comes out, as HTML."""
    return "".join(t if isinstance(t, str) else f"<{'/' * t.closes}{t.name}>" for t in nested(tokens(html)))


@pytest.mark.parametrize(
    ("html", "out"),
    [
        ("<p>a<p>b", "<p>a</p><p>b</p>"),
        ("<p>a<blockquote>b</blockquote>c", "<p>a</p><blockquote>b</blockquote>c"),
        ("<ul><li>a<li>b</ul>c", "<ul><li>a</li><li>b</li></ul>c"),
        ("<ul><li>a<ul><li>b</ul><li>c</ul>", "<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>"),
        ("<li><div>a<li>b", "<li><div>a</div></li><li>b</li>"),
        ("<dl><dt>a<dd>b<dt>c</dl>", "<dl><dt>a</dt><dd>b</dd><dt>c</dt></dl>"),
        ("<table><tr><td>a<td>b<tr><td>c</table>d",
         "<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>d"),
        ("<td>a<table><td>b</table>c<td>d", "<td>a<table><td>b</td></table>c</td><td>d</td>"),
        ("<h2>a<h3>b</h2>c", "<h2>a</h2><h3>b</h3>c"),
        ("<b>a<i>b</b>c</i>d", "<b>a<i>b</i></b><i>c</i>d"),
        ("<p><b>a<p>b</b>c", "<p><b>a</b></p><p><b>b</b>c</p>"),
        ("<p><b>a<p></b>b", "<p><b>a</b></p><p>b</p>"),
        ("<b>a<p>b</b>c</p>d", "<b>a<p>bc</p>d</>"),
        ("<b>a<strong>b</strong>c</b>d", "<b>abc</b>d"),
        ("<a>a<a>b</a>c", "<a>a</a><a>b</a>c"),
        ("a</p></b></td>b", "ab"),
        ("<p>a<hr>b", "<p>a</p><hr>b"),
        ("<pre>a<pre>b</pre>c</pre>d", "<pre>a<>b<>c</pre>d"),
        ("a<svg><title>b</title><g>c</svg>d<svg/>e", "ade"),
        ("a<svg>b<p>c", "a<p>c</p>"),
        ("a<template><p>b</template>c", "ac"),
        ("<span>a</span><x-y>b", "ab"),
    ],
)  # fmt: skip
def test_tags_are_paired(html: str, out: str) -> None:
    """As browsers pair them, in the cases that comments have."""
    assert written(html) == out


@given(SLOPPY)
def test_whatever_is_opened_is_closed_in_order(html: str) -> None:
    """Whoever reads the tokens needs no more than a stack."""
    stack: list[str] = []
    for token in nested(tokens(html)):
        if isinstance(token, Tag) and token.closes:
            assert stack.pop() == token.name or token.name == ""
        elif isinstance(token, Tag) and token.name not in WITHOUT_END:
            stack.append(token.name)
    assert stack == []


@given(SLOPPY)
def test_no_word_is_lost(html: str) -> None:
    """All texts come out, as they were and in their order."""
    before = "".join(token for token in tokens(html) if isinstance(token, str))
    assert "".join(token for token in nested(tokens(html)) if isinstance(token, str)) == before


@given(st.lists(TAGS, min_size=1, max_size=6).map("".join))
def test_no_tag_costs_more_than_the_bound(unit: str) -> None:
    """However it is repeated: open tags are bounded, and each tag brings a few others at most."""
    taken = list(tokens(f"{unit}x" * 300))
    made = list(nested(taken))
    deep = deepest = 0
    for token in made:
        if isinstance(token, Tag) and (token.closes or token.name not in WITHOUT_END):
            deep += -1 if token.closes else 1
            deepest = max(deepest, deep)
    assert deepest <= IMPORT_NESTING
    assert len(made) <= 14 * len(taken) + 2 * IMPORT_NESTING


def test_beyond_the_bound_blocks_are_only_breaks() -> None:
    """Their words stay apart, and their ends end nothing else."""
    deep = "<div>" * (IMPORT_NESTING + 2)
    out = written(f"{deep}a</div>b</div>c</div>d")
    assert out.startswith("<div>" * IMPORT_NESTING + "<><>a<>b<>c</div>d")
