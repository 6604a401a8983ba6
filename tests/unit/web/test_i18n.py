"""Six languages: chosen, counted and written."""

import pytest

from moothall.kernel.errors import CodeWrong, TooMany
from moothall.web.i18n import LANGUAGES, Translator, choose, direction, number, translator
from moothall.web.pages.view_plain import error_text


@pytest.mark.parametrize(
    ("wishes", "accept", "expected"),
    [
        ((None, None), "", "de"),
        (("ru", "fr"), "es", "ru"),
        (("xx", "fr"), "es", "fr"),
        ((None,), "ar-EG,en;q=0.9", "ar"),
        ((None,), "it, es;q=0.2, fr;q=0.7", "fr"),
        ((None,), "en;q=0, it", "de"),
        ((None,), "en;q=high", "de"),
        (("pt_BR", "EN-gb"), "", "en"),
    ],
)
def test_a_language_is_chosen_by_wish_then_browser_then_site(
    wishes: tuple[str | None, ...], accept: str, expected: str
) -> None:
    """The first that we speak; a weight of nought is a refusal."""
    assert choose(*wishes, accept=accept, default="de") == expected


def test_an_unknown_site_language_falls_back_to_english() -> None:
    """A wrong setting must not leave a page without words."""
    assert choose(None, default="xx") == "en"
    assert translator("xx").lang == "en"


@pytest.mark.parametrize(("lang", "way"), [("ar", "rtl"), ("he-IL", "rtl"), ("en", "ltr"), ("ru", "ltr")])
def test_directions(lang: str, way: str) -> None:
    """Of our languages and of stories in others."""
    assert direction(lang) == way


@pytest.mark.parametrize(
    ("lang", "counts"),
    [
        ("en", {0: "0 comments", 1: "1 comment", 2: "2 comments", 1_204: "1,204 comments"}),
        ("ru", {1: "1 комментарий", 2: "2 комментария", 5: "5 комментариев", 21: "21 комментарий"}),
        ("ar", {0: "لا تعليقات", 1: "تعليق واحد", 2: "تعليقان", 3: "3 تعليقات", 11: "11 تعليقًا", 100: "100 تعليق"}),
        ("fr", {0: "0 commentaire", 1: "1 commentaire", 2: "2 commentaires"}),
    ],
)
def test_plurals_follow_the_language(lang: str, counts: dict[int, str]) -> None:
    """Arabic has six forms, Russian three."""
    words = translator(lang)
    assert {n: words.tn("{n} comment", "{n} comments", n) for n in counts} == counts


def test_forms_for_the_browser_are_named_by_category() -> None:
    """`Intl.PluralRules` knows categories, gettext knows positions."""
    singular, plural = "Show {n} new comment", "Show {n} new comments"
    assert set(translator("ar").forms(singular, plural)) == {"zero", "one", "two", "few", "many", "other"}
    assert set(translator("ar").forms("{n} hour ago", "{n} hours ago")) == {"one", "two", "few", "other"}
    assert "zero" not in translator("ar").forms(singular, plural, least=1)
    assert translator("ru").forms(singular, plural)["few"] == "Показать {n} новых комментария"
    assert translator("en").forms(singular, plural) == {"one": singular, "other": plural}


@pytest.mark.parametrize(
    ("lang", "text"),
    [("en", "12,345"), ("de", "12.345"), ("es", "12.345"), ("ar", "12,345"), ("fr", "12\u202f345")],
)
def test_numbers_are_written_as_the_language_does(lang: str, text: str) -> None:
    """With Latin digits everywhere."""
    assert number(lang, 12_345) == text


def test_whole_numbers_in_messages_are_written_too() -> None:
    """A limit of two thousand reads 2,000."""
    words = Translator("en", {})
    assert words.t("At most {limit} characters.", limit=2_000) == "At most 2,000 characters."


def test_every_language_is_named_by_itself() -> None:
    """The footer's links are for those who read nothing else."""
    assert LANGUAGES["ar"] == "العربية"
    assert len(LANGUAGES) == 6


@pytest.mark.parametrize(
    ("lang", "one", "two", "five"),
    [
        ("en", "1 try is left", "2 tries are left", "5 tries are left"),
        ("de", "bleibt noch 1 Versuch.", "bleiben noch 2 Versuche.", "bleiben noch 5 Versuche."),
        ("fr", "reste 1 essai.", "reste 2 essais.", "reste 5 essais."),
        ("es", "queda 1 intento.", "quedan 2 intentos.", "quedan 5 intentos."),
        ("ru", "осталась 1 попытка.", "осталось 2 попытки.", "осталось 5 попыток."),
        ("ar", "محاولة واحدة", "محاولتان", "5 محاولات"),
    ],
)
def test_an_error_that_counts_takes_the_form_of_its_number(lang: str, one: str, two: str, five: str) -> None:
    """As other messages do."""
    for count, expected in ((1, one), (2, two), (5, five)):
        assert expected in error_text(translator(lang), CodeWrong(n=count))


@pytest.mark.parametrize(
    ("lang", "second", "just_under", "minutes"),
    [
        ("en", "in 1 second.", "in 119 seconds.", "in 58 minutes."),
        ("de", "in 1 Sekunde noch", "in 119 Sekunden noch", "in 58 Minuten noch"),
        ("fr", "dans 1 seconde.", "dans 119 secondes.", "dans 58 minutes."),
        ("es", "dentro de 1 segundo.", "dentro de 119 segundos.", "dentro de 58 minutos."),
        ("ru", "через 1 секунду.", "через 119 секунд.", "через 58 минут."),
        ("ar", "ثانية واحدة", "119 ثانية", "58 دقيقة"),
    ],
)
def test_an_error_that_waits_says_how_long(lang: str, second: str, just_under: str, minutes: str) -> None:
    """In the form of its number, in minutes where there are many seconds, and never too short."""
    for seconds, expected in ((1, second), (119, just_under), (57 * 60 + 1, minutes)):
        assert expected in error_text(translator(lang), TooMany(seconds=seconds))
