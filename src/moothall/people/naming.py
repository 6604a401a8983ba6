"""Which display names may be taken."""

import re
import unicodedata

import msgspec
import regex

from moothall.kernel.errors import NameEmpty, NameForbidden, NameReserved, NameTooLong
from moothall.kernel.limits import DISPLAY_NAME_GRAPHEMES, DISPLAY_NAME_MIN_GRAPHEMES
from moothall.kernel.text import graphemes, is_visible
from moothall.people.lookalikes import fold

# Controls, format characters (zero-width, bidi), surrogates, private use and unassigned; and the
# marks and letters that are drawn as nothing.
_UNSEEN = regex.compile(r"[\p{C}\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2028\u2029\u2800\u3164\uffa0]")
_PILED = regex.compile(r"\p{M}{4}")
_GRAPHEME = regex.compile(r"\X")
_VARIATION = dict.fromkeys([*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0)])
# A grapheme may be endless; with this many code points each, an honest one is not.
_POINTS_PER_GRAPHEME = 4
_WORD = re.compile(r"\w+")
# Roles as six languages call them.
_OFFICE_WORDS = """
admin administrator administration moderator moderation mod editor editorial staff newsroom team official
support system root webmaster moothall redaktion redakteur redakteurin moderatorin verwaltung rédaction
rédacteur rédactrice modérateur modératrice administrateur administratrice équipe redacción redactor
redactora moderador moderadora administrador administradora equipo редакция редактор модератор
администратор админ администрация مشرف المشرف مدير المدير محرر المحرر التحرير الإدارة
"""
_OFFICES = frozenset(map(fold, _OFFICE_WORDS.split()))
_ARTICLE = re.compile(r"(?:the|der|die|das|le|la|les|el|los)\s+", re.IGNORECASE)
# Words this long count inside a longer one too; shorter ones are part of honest names.
_LONG = 8


class Name(msgspec.Struct, frozen=True):
    """A name as shown, and the form by which look-alikes are told."""

    text: str
    key: str


def check_name(text: str, *, staff: bool = False, site_name: str = "") -> Name:
    """A name ready to be stored.

    Args:
        staff: the newsroom's own people may be called by their office.
        site_name: the publication's name, which readers may not bear.

    Raises: NameEmpty, NameTooLong, NameForbidden, NameReserved.
    """
    shown = unicodedata.normalize("NFKC", text).translate(_VARIATION)
    shown = re.sub(r"\s+", " ", shown).strip()
    if _UNSEEN.search(shown) or _PILED.search(unicodedata.normalize("NFD", shown)):
        raise NameForbidden
    if _visible(shown) < DISPLAY_NAME_MIN_GRAPHEMES:
        raise NameEmpty(limit=DISPLAY_NAME_MIN_GRAPHEMES)
    _check_length(shown)
    key = fold(shown) or shown
    if not staff and _sounds_official(shown, key, site_name):
        raise NameReserved
    return Name(shown, key)


def _check_length(shown: str) -> None:
    limit = DISPLAY_NAME_GRAPHEMES
    over = max(graphemes(shown) - limit, len(shown) - limit * _POINTS_PER_GRAPHEME)
    if over > 0:
        raise NameTooLong(over=over, limit=limit)


def _visible(text: str) -> int:
    return sum(map(is_visible, _GRAPHEME.findall(text)))


def _sounds_official(shown: str, key: str, site_name: str) -> bool:
    reserved = _OFFICES | {fold(site_name), fold(_ARTICLE.sub("", site_name, count=1))} - {""}
    words = [fold(word) for word in _WORD.findall(shown)]
    # Joined after folding: "r n" of two words is no "m".
    whole = "".join(words)
    if not {key, whole, *words}.isdisjoint(reserved):
        return True
    return any(one in text for text in (key, whole) for one in reserved if len(one) >= _LONG)
