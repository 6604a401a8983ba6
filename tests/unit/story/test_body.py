"""A story's Markdown becomes cleaned HTML."""

import time

import pytest
from lxml import html

from moothall.story.body import render
from tests.corpora import vectors

TAGS = {"a", "blockquote", "br", "cite", "em", "h2", "h3", "hr", "li", "ol", "p", "strong", "ul"}


@pytest.mark.parametrize(
    ("source", "drawn"),
    [
        ("Two *words* and **more**.", "<p>Two <em>words</em> and <strong>more</strong>.</p>"),
        ("# Top", "<h2>Top</h2>"),
        ("## Sub", "<h2>Sub</h2>"),
        ("### Lower", "<h3>Lower</h3>"),
        ("#### Too deep", "<h3>Too deep</h3>"),
        ("> Said so.", "<blockquote>\n<p>Said so.</p>\n</blockquote>"),
        ("- a\n- b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>"),
        ("[us](/city/)", '<p><a href="/city/" rel="noopener">us</a></p>'),
        ('"Quotes" -- and dashes...', "<p>“Quotes” – and dashes…</p>"),
        ("[out](//evil.example)", '<p><a rel="noopener">out</a></p>'),
        ("[out](/\\evil.example)", '<p><a href="/%5Cevil.example" rel="noopener">out</a></p>'),
        ("[x](javascript:alert(1))", '<p><a rel="noopener">x</a></p>'),
        ("[x](https://a@b.example/)", '<p><a rel="noopener">x</a></p>'),
        ("![a picture](https://a.example/b.png)", "<p></p>"),
        ("<script>alert(1)</script>", ""),
        ("", ""),
    ],
)
def test_what_is_drawn(source: str, drawn: str) -> None:
    """Subheads beneath the headline, quotes, lists, links, emphasis; nothing else."""
    assert render(source) == drawn


@pytest.mark.parametrize("corpus", ["xss_payloadbox_dev30", "xss_dompurify_fixtures", "xss_bleach_data"])
def test_hostile_text_is_only_text(corpus: str) -> None:
    """Of every vector, nothing is left but the allowed elements, and links that lead to pages."""
    for vector in vectors(corpus):
        for element in html.fragment_fromstring(render(vector), create_parent="div").iterdescendants():
            assert element.tag in TAGS, vector
            assert set(element.attrib) <= {"href", "rel"}, vector
            href = element.get("href", "/")
            assert href.startswith(("/", "http://", "https://", "mailto:")), vector
            assert not href.startswith("//"), vector


BOMBS = (">" * 200_000, "> " * 100_000, "> - " * 50_000, "1. > " * 40_000 + "a", "- a\n" + " > - " * 40_000)


@pytest.mark.parametrize("bomb", BOMBS)
def test_nesting_has_a_bottom(bomb: str) -> None:
    """Quotes in quotes in quotes: a dozen, and no second of work."""
    began = time.process_time()
    drawn = render(bomb)
    assert drawn.count("<blockquote>") + drawn.count("<ul>") + drawn.count("<ol>") <= 15
    assert time.process_time() - began < 1
    assert render("> > > deep").count("<blockquote>") == 3
