"""The text as the scorer reads it."""

import pytest

from moothall.moderation.classifier.features import Reading, features, located
from moothall.moderation.classifier.plain import plain, plain_mapped

READING = Reading("en", (3, 4, 5), 400_000)


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
    assert features(seen, READING) == sorted({bucket for bucket, _, _ in located(seen, READING)})


def test_which_group_is_named_changes_nothing() -> None:
    """By construction: n-grams that touch a name are left out."""
    texts = [f"My {name} neighbour sings." for name in ("muslim", "jewish", "white", "transgender")]
    assert len({tuple(features(plain(text), READING)) for text in texts}) == 1
    assert features(plain("My horrid neighbour sings."), READING) != features(plain(texts[0]), READING)


@pytest.mark.parametrize(
    ("language", "before", "names", "after"),
    [
        ("de", "Die", ("Türken", "Musliminnen", "jüdischen", "Frauen"), "singen im Chor."),
        ("pt", "Os", ("judeus", "africanos", "idosos"), "cantam no coral."),
        ("ko", "우리", ("무슬림", "여성", "조선족"), " 이웃이 노래해요."),
        ("zh", "我的", ("黑人", "女性", "穆斯林"), "邻居会唱歌。"),
        ("ar", "جاء", ("المسلمون", "والنساء", "للاجئين"), "إلى المكتبة."),
    ],
)
def test_names_are_unseen_in_every_language(language: str, before: str, names: tuple[str, ...], after: str) -> None:
    """With endings, particles and articles; another word there is seen."""
    reading = Reading(language, (2, 3), 80_000)
    texts = [f"{before} {name} {after}" for name in (*names, "xyzzy")]
    *named, other = [tuple(features(plain(text), reading)) for text in texts]
    assert len(set(named)) == 1
    assert other != named[0]


def test_letters_that_change_places_keep_their_word() -> None:
    """Inside a longer word; the first and the last letter count."""
    pairs = [("horrible", "hrorible"), ("stupid", "stuipd")]
    for word, twisted in pairs:
        same = set(features(f" {word} ", READING)) & set(features(f" {twisted} ", READING))
        assert same
        assert not set(features(f" {word} ", READING)) & set(features(f" {twisted[::-1]} ", READING))
