"""Words of an address."""

import re

import pytest

from moothall.story.slug import slug
from tests.corpora import vectors


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("River bridge to close for eleven months", "river-bridge-to-close-for-eleven-months"),
        ("  “It’s over,” says the council – again! ", "its-over-says-the-council-again"),
        ("Café crème à la Zürich", "cafe-creme-a-la-zurich"),
        ("El pingüino y la cigüeña", "el-pinguino-y-la-ciguena"),
        ("Smørrebrød, żółw & İstanbul’da ılık", "smorrebrod-zolw-istanbulda-ilik"),
        ("ﬁne ＡＢＣ x̂", "fine-abc-x"),
        ("Новый мост через ёлки", "новый-мост-через-ёлки"),
        ("النهر يتنفس", "النهر-يتنفس"),
        ("हिन्दी समाचार", "हिन्दी-समाचार"),
        ("橋が閉まる", "橋が閉まる"),
        ("Γέφυρα κλείνει", "γέφυρα-κλείνει"),
        ("3:2 after 90+4", "3-2-after-90-4"),
        ("---", "story"),
        ("🎉🎉", "story"),
        ("", "story"),
    ],
)
def test_every_language_keeps_its_words(text: str, words: str) -> None:
    """Latin loses its accents, other scripts are kept whole, and something is always left."""
    assert slug(text) == words


def test_german_spells_its_umlauts_out() -> None:
    """Elsewhere the same letters just lose their dots."""
    assert slug("Brücke im Öl, Straße", lang="de") == "bruecke-im-oel-strasse"
    assert slug("Brücke im Öl, Straße", lang="sv") == "brucke-im-ol-strasse"


def test_a_long_headline_ends_at_a_word() -> None:
    """At most seventy characters, never half a word unless the word alone is longer."""
    assert slug("word " * 40) == "-".join(["word"] * 14)
    assert slug("x" * 200) == "x" * 70


def test_an_empty_one_may_be_asked_for() -> None:
    """A keyword of nothing but signs has no address."""
    assert slug("!!!", fallback="") == ""


def test_a_slug_is_one_safe_part_of_a_path() -> None:
    """Whatever the headline: no slash, dot, space, control, mark of direction, nor doubled hyphen."""
    for text in vectors("naughty_strings_blns"):
        made = slug(text)
        assert made
        assert not re.search(r"[\x00-\x2c./:-@\[-`{-\x9f\s\u200b-\u200f\u202a-\u202e\u2066-\u2069]|--", made), made
        assert not made.startswith("-")
        assert not made.endswith("-")
        assert slug(made) == made, "a slug is its own slug"
