"""Which display names may be taken, and which look alike."""

import unicodedata

import pytest

from moothall.kernel.errors import NameEmpty, NameForbidden, NameReserved, NameTooLong
from moothall.people.lookalikes import fold
from moothall.people.naming import check_name
from tests.corpora import vectors

SITE = "The Harrowgate Courier"


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("Ada", "Ada"),
        ("  Ada   Byrne ", "Ada Byrne"),
        ("Ａda", "Ada"),
        ("José Ángel", "José Ángel"),
        ("Иван Петров", "Иван Петров"),
        ("سارة", "سارة"),
        ("李娜", "李娜"),
        ("नेहा", "नेहा"),
        ("🌻🌻", "🌻🌻"),
        ("Editha", "Editha"),
        ("Modesta Teamer", "Modesta Teamer"),
        ("x" * 40, "x" * 40),
        ("o\u0302\u0323\u0301k", unicodedata.normalize("NFKC", "o\u0302\u0323\u0301k")),
    ],
)
def test_honest_names_are_taken(typed: str, shown: str) -> None:
    """In any script, tidied."""
    assert check_name(typed, site_name=SITE).text == shown


@pytest.mark.parametrize("typed", ["", " ", "A", "\n\t", "\u3000\u00a0", "a\ufe0f", "\u00b4"])
def test_too_little_to_see_is_refused(typed: str) -> None:
    """Two visible characters at least; spaces and marks are none."""
    with pytest.raises(NameEmpty):
        check_name(typed)


@pytest.mark.parametrize(
    "typed",
    ["Ada\u200b", "\u200b\u200b", "A\u202eda", "Ada\u2066", "Ada\ufeff", "A\u00adda", "Ada\x00", "Ada\x1b[31m",
     "\u3164\u3164", "Ada\u115f", "Ada\u2800", "Ada\U000e0041", "Ada\ue000", "Ada\u034f",
     "Z\u0327\u0322\u0323\u0344a"],
)  # fmt: skip
def test_what_cannot_be_seen_or_piles_up_is_refused(typed: str) -> None:
    """Zero-width, direction, control, private and blank characters; more than three marks in a row."""
    with pytest.raises(NameForbidden):
        check_name(typed)


def test_too_long_says_by_how_much() -> None:
    """In characters as people count them, also where each is made of many."""
    with pytest.raises(NameTooLong) as refused:
        check_name("👩🏽" * 43)
    assert refused.value.params == {"over": 3, "limit": 40}
    with pytest.raises(NameTooLong):
        check_name("\u1100" * 500 + "ab")


@pytest.mark.parametrize(
    "typed",
    ["Moderator", "m0derat0r", "Мoderator", "The Moderator", "ADMIN", "Adm1n Bob", "Редактор", "Modératrice",
     "Redaktion", "Harrowgate Courier", "the-harrowgate-courier", "Harrowgate Cоurier News", "Support", "Moothall"],
)  # fmt: skip
def test_readers_may_not_sound_official(typed: str) -> None:
    """Offices in six languages and the publication's own name, also disguised; staff may."""
    with pytest.raises(NameReserved):
        check_name(typed, site_name=SITE)
    assert check_name(typed, site_name=SITE, staff=True).text


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ada Byrne", "АDА ВYRNЕ"),
        ("Ada Byrne", "Adä-Byrne."),
        ("Ada Byrne", "4da Byrn3"),
        ("Illinois", "lllin0is"),
        ("Modern", "Modem"),
        ("Vivian Wu", "Vivian VVu"),
        ("paypal", "раураӏ"),
        ("Sophia", "ЅОРНІА"),
        ("Alpha", "Αlρhα"),
        ("Straße", "STRASSE"),
        ("Ⓐⓓⓐ", "Ada"),
        ("𝓐𝓭𝓪", "ada"),
        ("dotless", "dotless"),
        ("Ali", "Alı"),
    ],
)
def test_look_alikes_have_one_form(one: str, other: str) -> None:
    """Case, accents, digits, spaces, other alphabets and pairs of letters."""
    assert fold(one) == fold(other)


@pytest.mark.parametrize(("one", "other"), [("Anna", "Hanna"), ("Иван", "Игорь"), ("李娜", "李雷"), ("राम", "रमा")])
def test_other_names_stay_others(one: str, other: str) -> None:
    """Folding does not eat names."""
    assert fold(one) != fold(other)


def test_no_text_breaks_the_check() -> None:
    """Whatever is typed is taken or refused by name; what is taken is clean and has a form."""
    for corpus in ("naughty_strings_blns", "fuzzdb_unicode", "fuzzdb_unicode_corrupted"):
        for text in vectors(corpus):
            try:
                name = check_name(text, site_name=SITE)
            except (NameEmpty, NameForbidden, NameReserved, NameTooLong):
                continue
            assert name.key
            assert not any(unicodedata.category(c)[0] == "C" for c in name.text)
