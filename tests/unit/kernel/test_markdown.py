"""Markdown to HTML, again and again."""

import resource

import pytest
from cmarkgfm import cmark

from moothall.kernel.markdown import to_html
from tests.corpora import corpus

OPTIONS = cmark.Options.CMARK_OPT_HARDBREAKS | cmark.Options.CMARK_OPT_VALIDATE_UTF8
EXTENSIONS = ("autolink", "strikethrough")


@pytest.mark.parametrize("text", ["", "**x**\ny", "~~gone~~ https://e.example", "\x00 ä \ud7ff 😀", "> " * 500])
def test_it_is_what_the_binding_gives(text: str) -> None:
    """Only the memory differs."""
    assert to_html(text, options=OPTIONS, extensions=EXTENSIONS) == cmark.markdown_to_html_with_extensions(
        text, OPTIONS, list(EXTENSIONS)
    )


def test_the_whole_specification_is_what_the_binding_gives() -> None:
    """All examples of CommonMark."""
    import json

    for line in corpus("security/commonmark_spec_0_31.jsonl").read_text("utf-8").splitlines():
        text = json.loads(line)["md"]
        assert to_html(text, options=OPTIONS, extensions=EXTENSIONS) == cmark.markdown_to_html_with_extensions(
            text, OPTIONS, list(EXTENSIONS)
        )


def test_rendering_does_not_gather_memory() -> None:
    """10,000 comments through the binding's own function leave some 65 MB behind."""
    text = "Who **keeps** it now? https://e.example/bridge " * 6

    def peak_mb() -> float:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024

    for _ in range(200):
        to_html(text, options=OPTIONS, extensions=EXTENSIONS)
    before = peak_mb()
    for _ in range(10_000):
        to_html(text, options=OPTIONS, extensions=EXTENSIONS)
    assert peak_mb() - before < 8
