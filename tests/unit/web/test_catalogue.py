"""No message goes untranslated."""

import json
from pathlib import Path

import pytest

from moothall.web.catalogue import messages, placeholders, read, update
from moothall.web.i18n import DEFAULT, LANGUAGES, LOCALE_DIR
from moothall.web.pages.strings import CORE, WRITER

WANTED = messages()
OTHERS = [lang for lang in LANGUAGES if lang != DEFAULT]
_WIDGET = Path(__file__).parents[3] / "widget" / "strings.json"


@pytest.mark.parametrize("lang", OTHERS)
def test_every_message_has_its_translation(lang: str) -> None:
    """`python -m moothall.web.catalogue` adds what is new; somebody has to fill it in."""
    known = read(LOCALE_DIR / f"{lang}.po", lang)
    bare = [one for one in WANTED if not all(known.get(one) or [""])]
    assert bare == []


@pytest.mark.parametrize("lang", OTHERS)
def test_translations_keep_the_placeholders(lang: str) -> None:
    """A lost or misspelt `{name}` would break the page; a plural form may leave its number out."""
    for singular, forms in read(LOCALE_DIR / f"{lang}.po", lang).items():
        whole = placeholders(singular) | placeholders(WANTED.get(singular) or "")
        for form in [forms] if isinstance(forms, str) else forms:
            assert placeholders(form) <= whole, form
            assert isinstance(forms, tuple) or placeholders(form) == whole, form


def test_arabic_counts_stand_where_their_rule_looks() -> None:
    """Eleven to 99 ask for the accusative, hundreds never do; our rule counts hundreds before them."""
    hundred, eleven = 4, 5
    forms = [one for one in read(LOCALE_DIR / "ar.po", "ar").values() if isinstance(one, tuple)]
    accusative = [one for one in forms if "ًا" in one[hundred] + one[eleven]]
    assert len(accusative) > 9
    assert [
        one for one in accusative if "{n}" in one[hundred] and one[hundred].count("ًا") >= one[eleven].count("ًا")
    ] == []


@pytest.mark.parametrize("lang", OTHERS)
def test_links_in_messages_survive(lang: str) -> None:
    """Words in brackets become links; a translation has as many."""
    for singular, text in read(LOCALE_DIR / f"{lang}.po", lang).items():
        assert isinstance(text, tuple) or text.count("[") == singular.count("["), text


def test_messages_are_found_everywhere() -> None:
    """In templates, in code, in errors and in the widget's list."""
    assert {
        "Join the discussion",
        "Related stories",
        "There is nothing at this address.",
        "Community standards",
        "Link copied",
    } <= set(WANTED)
    assert WANTED["{n} comment"] == "{n} comments"


def test_the_widget_and_the_server_say_the_same() -> None:
    """The widget's types are made from its own list of words; ours sends them."""
    listed = json.loads(_WIDGET.read_text("utf-8"))
    for name, ours in (("core", CORE), ("writer", WRITER)):
        assert {key: list(text) if isinstance(text, tuple) else text for key, text in ours.items()} == listed[name]


def test_a_catalogue_keeps_what_is_known(tmp_path: Path) -> None:
    """Bringing a file up to date twice changes nothing; what is gone goes."""
    path = tmp_path / "ru.po"
    path.write_bytes((LOCALE_DIR / "ru.po").read_bytes())
    update(path, "ru", WANTED)
    once = path.read_bytes()
    update(path, "ru", WANTED)
    assert path.read_bytes() == once
    assert read(path, "ru") == read(LOCALE_DIR / "ru.po", "ru")
    update(path, "ru", {"New words": None})
    assert read(path, "ru") == {"": read(path, "ru").get("", ""), "New words": ""}
