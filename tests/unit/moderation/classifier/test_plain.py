"""The text as the scorer reads it."""

import pytest

from moothall.moderation.classifier.features import features, located
from moothall.moderation.classifier.plain import plain, plain_mapped


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("You 1d10t!!!", " you idiot! "),
        ("i\u200bd\u200bi\u200bo\u200bt", " idiot "),
        ("ｉｄｉｏｔ", " idiot "),
        ("іdіоt", " idiot "),
        ("i d i o t there", " idiot there "),
        ("soooo good", " so good "),
        ("See https://example.org/a, @joe", " see "),
        ("", ""),
        ("\u200b \n", ""),
    ],
)
def test_disguises_are_undone(written: str, read: str) -> None:
    """Leet, look-alikes, what is unseen, spacing and repeats read as the plain word."""
    assert plain(written) == read


def test_each_character_knows_where_it_came_from() -> None:
    """Offsets rise, stay inside the text, and lead back to the word as it was written."""
    text = "Well, you i\u200bd\u200bi\u200bo\u200bt of 2020 s t u p i d things!!!"
    seen, origin = plain_mapped(text)
    assert len(seen) == len(origin)
    assert list(origin) == sorted(origin)
    at = seen.index("idiot")
    assert text[origin[at] : origin[at + 4] + 1] == "i\u200bd\u200bi\u200bo\u200bt"


@pytest.mark.parametrize("text", ["a plain comment", "a gay man and two muslims", "ünïcode größe 한국", "x"])
def test_both_ways_to_count_find_the_same(text: str) -> None:
    """The quick way and the way that knows places cannot drift apart."""
    seen = plain(text)
    assert features(seen) == sorted({bucket for bucket, _, _ in located(seen)})


def test_which_group_is_named_changes_nothing() -> None:
    """By construction: n-grams that touch a name are left out."""
    texts = [f"My {name} neighbour sings." for name in ("muslim", "jewish", "white", "transgender")]
    assert len({tuple(features(plain(text))) for text in texts}) == 1
    assert features(plain("My horrid neighbour sings.")) != features(plain(texts[0]))
