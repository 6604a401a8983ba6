"""Text as people see it."""

import pytest

from moothall.kernel.text import clean, cut, graphemes, is_visible


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("  a\r\nb\rc \n", "a\nb\nc"),
        ("a\x00b\x1b[31mc", "ab[31mc"),
        ("e\u0301", "é"),
        ("safe\u202egnp.exe", "safegnp.exe"),
        ("a\u2066b\u2069", "ab"),
        ("tab\tstays", "tab\tstays"),
        ("half \ud83d pair", "half  pair"),
        ("one\u2028two", "one\ntwo"),
        ("می\u200cخواهم", "می\u200cخواهم"),
    ],
)
def test_clean(text: str, cleaned: str) -> None:
    """Controls and direction overrides go; what words need stays."""
    assert clean(text) == cleaned


@pytest.mark.parametrize(
    ("text", "count"), [("", 0), ("abc", 3), ("né", 2), ("👩‍👩‍👧‍👦", 1), ("🇫🇷🇩🇪", 2), ("각", 1)]
)
def test_graphemes(text: str, count: int) -> None:
    """Counted as a reader counts."""
    assert graphemes(text) == count


@pytest.mark.parametrize("text", ["", " \n", "\u200b", "\u2060\u00ad", "\u3164", "\u2800", "\u0301", "\U000e0020"])
def test_invisible(text: str) -> None:
    """What draws nothing is nothing; one letter makes it something."""
    assert not is_visible(text)
    assert is_visible(text + "a")


def test_cut_keeps_words_whole() -> None:
    """An excerpt ends at a word, marked, within its limit."""
    assert cut("short", 10) == "short"
    assert cut("The bridge will close in January", 20) == "The bridge will…"
    assert cut("a" * 50, 10) == "a" * 9 + "…"
    assert graphemes(cut("é " * 100, 30)) <= 30
