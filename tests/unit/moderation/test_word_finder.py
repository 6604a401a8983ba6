"""Words of a list are found however they are dressed up, at the place where the author wrote them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moothall.kernel.fold import fold, fold_mapped
from moothall.moderation.standards_model import WordList
from moothall.moderation.word_finder import WordFinder

LISTS = {
    "rude": WordList("en", ("booby", "dunderhead*", "go away", "nitwit", "windbag* of straw*")),
    "grob": WordList("de", ("Straßenköter", "Blödsinn")),
    "ru": WordList("ru", ("болван", "дурень*")),
    "ja": WordList("ja", ("ばか",)),
    "ar": WordList("ar", ("أحمق",)),
}
FINDER = WordFinder(LISTS)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("You booby!", "booby"),
        ("You BOOBY", "BOOBY"),
        ("a dunderheaded plan", "dunderheaded"),
        ("you b00by", "b00by"),
        ("you n1tw1t!", "n1tw1t"),
        ("you nit\u200bwit", "nit\u200bwit"),
        ("you nit\u00adwit", "nit\u00adwit"),
        ("you nitwіt", "nitwіt"),  # a Cyrillic letter
        ("you ｎｉｔｗｉｔ", "ｎｉｔｗｉｔ"),
        ("you nítwìt", "nítwìt"),
        ("you niiiitwit", "niiiitwit"),
        ("you n i t w i t there", "n i t w i t"),
        ("you n.i.t.w.i.t", "n.i.t.w.i.t"),
        ("you n-i-t-w-i-t", "n-i-t-w-i-t"),
        ("just go  away now", "go  away"),
        ("g0 away", "g0 away"),
        ("ein STRASSENKÖTER", "STRASSENKÖTER"),
        ("so ein Blo\u0308dsinn", "Blo\u0308dsinn"),
        ("ты болван", "болван"),
        ("дурню? дурень", "дурень"),
        ("あなたはばかです", "ばか"),
        ("أنت أحمق", "أحمق"),
    ],
)
def test_a_word_is_found_in_every_dress(text: str, found: str) -> None:
    """With the span that the author wrote, whatever became of it on the way."""
    hits = FINDER.find(text)
    assert [text[hit.start : hit.end] for hit in hits] == [found]


@pytest.mark.parametrize(
    "text",
    [
        "The boobytrap",
        "go or stay away",
        "away, go",
        "nit wit",
        "A plan.",
        "",
        "1984 was 1,984 years",
        "!!! $$$ @@@",
    ],
)
def test_other_words_are_left_alone(text: str) -> None:
    """A word inside another, or a phrase in another order, is not what the list says."""
    assert FINDER.find(text) == ()


def test_russian_words_are_not_read_as_latin_ones() -> None:
    """Look-alikes are read as Latin in a Latin text only."""
    finder = WordFinder({"en": WordList("en", ("pot",))})
    assert finder.find("you рot")
    assert not finder.find("открой рот, пожалуйста")


def test_an_entry_of_two_lists_is_told_for_both() -> None:
    """Each list has its own rule."""
    finder = WordFinder({"a": WordList("en", ("nitwit",)), "b": WordList("en", ("nit*",))})
    assert {hit.listed for hit in finder.find("nitwit")} == {"a", "b"}
    assert len(finder.find("nitwit " * 50)) == 20


@given(st.text(max_size=80))
def test_the_way_back_is_the_way_there(text: str) -> None:
    """Folding a text whole and character by character is the same; each character has its origin."""
    whole, (mapped, origin) = fold(text), fold_mapped(text)
    assert whole == mapped
    assert len(origin) == len(mapped)
    assert list(origin) == sorted(origin)


@given(st.text(alphabet="nitw boy0!|1$@.- дурень\u200bｎ", max_size=60))
def test_any_text_is_survived(text: str) -> None:
    """Every hit lies inside the text, and what a list finds in a text it finds in a longer one."""
    for hit in FINDER.find(text):
        assert 0 <= hit.start < hit.end <= len(text)
    assert FINDER.find(f"booby {text}")
