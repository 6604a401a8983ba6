"""Message catalogues: English text is the key, gettext `.po` files hold the rest.

Catalogues are read once through Babel, when a language is first asked for.  A message without a
translation is shown in English; `tests/unit/web/test_catalogue.py` says which.
"""

import gettext
from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from functools import cache, lru_cache
from pathlib import Path

from babel import Locale
from babel.dates import format_timedelta
from babel.messages.pofile import read_po
from babel.numbers import format_decimal

LANGUAGES: Mapping[str, str] = {
    "en": "English",
    "de": "Deutsch",
    "fr": "Français",
    "es": "Español",
    "ar": "العربية",
    "ru": "Русский",
}
"""Every language that we speak, by its own name."""

DEFAULT = "en"
LOCALE_DIR = Path(__file__).parent / "locale"
# Days before months and 24 hours, as the other five languages write them.
_LOCALES = {"en": "en_GB"}
_RIGHT_TO_LEFT = frozenset({"ar"})
# A number past the largest sample of any plural rule here; see `Translator.forms`.
_SAMPLES = range(201)
# Waits are told in minutes from two of them on.
_MINUTES_FROM_S = 120


class Translator:
    """One language's words."""

    def __init__(
        self, lang: str, texts: Mapping[str, tuple[str, ...]], rule: Callable[[int], int] | None = None
    ) -> None:
        self.lang = lang
        self.dir = direction(lang)
        self._texts = texts
        self._rule = rule or (lambda n: int(n != 1))

    def t(self, msgid: str, /, **params: object) -> str:
        """The message in this language, `{name}`s filled; whole numbers as the language writes them."""
        text = self._texts.get(msgid, (msgid,))[0]
        return text.format(**{key: self._said(value) for key, value in params.items()}) if params else text

    def _said(self, value: object) -> object:
        return number(self.lang, value) if isinstance(value, int) else value

    def tn(self, singular: str, plural: str, n: int, /, **params: object) -> str:
        """The form that `n` things take; `{n}` is filled with the number as this language writes it."""
        forms = self._texts.get(singular)
        text = forms[self._rule(n)] if forms else (singular if n == 1 else plural)
        return text.format(n=number(self.lang, n), **params)

    def after(self, seconds: int) -> str:
        """How long from now, never less than that: "in 90 seconds", "in 57 minutes"."""
        rounded = seconds if seconds < _MINUTES_FROM_S else -(-seconds // 60) * 60
        wait = timedelta(seconds=rounded)
        threshold = _MINUTES_FROM_S / 60
        return format_timedelta(wait, threshold=threshold, add_direction=True, locale=locale_of(self.lang))

    def forms(self, singular: str, plural: str, *, least: int = 0) -> dict[str, str]:
        """All forms by CLDR plural category, `{n}` unfilled, for counts of `least` and more: what
        `Intl.PluralRules` chooses from.

        Categories that only fractions or millions have are left out, and so are those that say the same as
        `other`, which is always there.
        """
        category = Locale.parse(self.lang).plural_form
        forms = self._texts.get(singular)
        table: dict[str, str] = {}
        for n in _SAMPLES[least:]:
            table.setdefault(category(n), forms[self._rule(n)] if forms else (singular, plural)[n != 1])
        other = table.setdefault("other", plural if forms is None else forms[-1])
        return {name: text for name, text in table.items() if name == "other" or text != other}


@cache
def translator(lang: str) -> Translator:
    """The translator of a language that we speak; English for any other."""
    path = LOCALE_DIR / f"{lang}.po"
    if lang not in LANGUAGES or not path.exists():
        return Translator(DEFAULT, {})
    with path.open("rb") as file:
        catalogue = read_po(file, locale=lang)
    texts: dict[str, tuple[str, ...]] = {}
    for message in catalogue:
        key = message.id[0] if isinstance(message.id, (tuple, list)) else message.id
        forms = message.string if isinstance(message.string, (tuple, list)) else (message.string,)
        if key and all(forms) and not message.fuzzy:
            texts[key] = tuple(str(form) for form in forms)
    return Translator(lang, texts, gettext.c2py(catalogue.plural_expr))


def direction(lang: str) -> str:
    """`rtl` or `ltr`, of any language tag."""
    return "rtl" if lang.partition("-")[0] in _RIGHT_TO_LEFT | {"he", "fa", "ur", "yi", "ckb"} else "ltr"


def choose(*wishes: str | None, accept: str = "", default: str = DEFAULT) -> str:
    """The first wish that we speak, then the best of an `Accept-Language` value, then `default`."""
    for tag in (*wishes, *_by_weight(accept), default):
        lang = (tag or "").replace("_", "-").partition("-")[0].lower()
        if lang in LANGUAGES:
            return lang
    return DEFAULT


def locale_of(lang: str) -> Locale:
    """Babel's locale for dates and numbers."""
    return _locale(lang if lang in LANGUAGES else DEFAULT)


@cache
def _locale(lang: str) -> Locale:
    return Locale.parse(_LOCALES.get(lang, lang))


def number(lang: str, n: int) -> str:
    """`1,204` as the language writes it; small numbers come from a table."""
    if 0 <= n < len(_SMALL):
        return _SMALL[n]
    return _large(lang, n)


@lru_cache(maxsize=4_096)
def _large(lang: str, n: int) -> str:
    return format_decimal(n, locale=locale_of(lang))


# Latin digits without a group sign: the same in all six languages.
_SMALL: Sequence[str] = tuple(str(n) for n in range(1000))


def _by_weight(accept: str) -> list[str]:
    """Language tags of an `Accept-Language` value, best first.  Source: RFC 9110, 12.5.4."""
    weighed: list[tuple[float, str]] = []
    for part in accept[:500].split(","):
        tag, _, rest = part.partition(";")
        weight = _weight(rest.strip().removeprefix("q="))
        if tag.strip() and weight > 0:
            weighed.append((weight, tag.strip()))
    return [tag for _, tag in sorted(weighed, key=lambda pair: -pair[0])]


def _weight(text: str) -> float:
    try:
        return float(text) if text else 1.0
    except ValueError:
        return 0.0
