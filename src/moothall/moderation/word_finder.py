"""Finds the entries of word lists in a text.  Only look-ups in tables: no pattern of a newsroom's is ever run."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

import msgspec

from moothall.kernel.fold import fold, fold_mapped
from moothall.moderation.standards_model import WordList
from moothall.moderation.word_forms import (
    TOKEN,
    Token,
    letter_offsets,
    may_be_spaced,
    meant,
    plain,
    read,
    spaced,
)

_HEAD = 3
_UNSPACED = re.compile(r"[\u0e00-\u0eff\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]")
# Longer words are not looked for letter by letter.
_LONGEST = 24
# What one comment can leave in findings.
_MOST = 20


class Hit(msgspec.Struct, frozen=True):
    """An entry of a list, at a span of the original text in code points."""

    listed: str
    start: int
    end: int


class WordFinder:
    """Lists as tables: whole words, stems, phrases by their first word, and scripts written without spaces."""

    def __init__(self, lists: Mapping[str, WordList]) -> None:
        self._words: dict[str, set[str]] = {}
        self._stems: dict[str, set[str]] = {}
        self._heads: dict[str, set[int]] = {}
        self._phrases: dict[str, list[tuple[tuple[str, ...], bool, str]]] = {}
        self._unspaced: dict[str, set[str]] = {}
        for name, words in lists.items():
            for entry in words.entries:
                self._add(name, entry)
        # Sets beside the tables: a set meets a set by the smaller one, and a table by walking all of it.
        self._word_set = frozenset(self._words)
        self._firsts = frozenset(self._phrases)
        self._unspaced_sizes = sorted({len(word) for word in self._unspaced}, reverse=True)
        self._longest = min(max(map(len, self._words), default=0), _LONGEST)
        self._empty = not lists

    def find(self, text: str) -> tuple[Hit, ...]:
        """At most twenty, in the text's order, each list once a place."""
        if self._empty:
            return ()
        if not self._may_hit(*read(text)):
            return ()
        folded, origin = fold_mapped(text)
        spans = sorted(set(self._spans(folded)), key=lambda span: span[1:])
        return tuple(Hit(name, origin[start], origin[end - 1] + 1) for name, start, end in spans[:_MOST])

    def _add(self, name: str, entry: str) -> None:
        is_stem = entry.endswith("*")
        tokens = TOKEN.findall(fold(entry.rstrip("*")))
        if not tokens:
            return
        if len(tokens) > 1:
            self._phrases.setdefault(tokens[0], []).append((tuple(tokens[1:]), is_stem, name))
        elif _is_unspaced(tokens[0]):
            self._unspaced.setdefault(tokens[0], set()).add(name)
        elif is_stem:
            self._stems.setdefault(tokens[0], set()).add(name)
            self._heads.setdefault(tokens[0][:_HEAD], set()).add(len(tokens[0]))
        else:
            self._words.setdefault(tokens[0], set()).add(name)

    def _may_hit(self, folded: str, there: Sequence[str]) -> bool:
        """Exact for single words; a phrase may hit when all of its words are there."""
        tokens = {*there, *[form for form, _, _ in meant(folded)]}
        if not tokens.isdisjoint(self._word_set):
            return True
        # A list and no generator: most texts have no such token, and then it costs half as much.
        if [token for token in tokens if token[:_HEAD] in self._heads and self._stems_of(token)]:
            return True
        if self._unspaced and _UNSPACED.search(folded):
            return True
        if may_be_spaced(there) and any(self._inside(apart) for apart in spaced(folded)):
            return True
        firsts = tokens.intersection(self._firsts)
        return any(
            _all_there(rest, tokens, is_stem) for first in firsts for rest, is_stem, _ in self._phrases[first]
        )

    def _spans(self, folded: str) -> Iterator[tuple[str, int, int]]:
        there = plain(folded)
        also = meant(folded)
        for token, start, end in (*there, *also):
            for name in (*self._words.get(token, ()), *self._stems_of(token)):
                yield name, start, end
        yield from self._phrase_spans(there, also)
        for apart in spaced(folded):
            offsets = letter_offsets(folded, apart[1], apart[2])
            for name, first, last in self._inside(apart):
                yield name, offsets[first], offsets[last] + 1
        if self._unspaced:
            yield from self._unspaced_spans(there)

    def _stems_of(self, token: str) -> list[str]:
        sizes = self._heads.get(token[:_HEAD])
        if not sizes:
            return []
        return [name for size in sizes for name in self._stems.get(token[:size], ())]

    def _phrase_spans(self, there: Sequence[Token], also: Iterable[Token]) -> Iterator[tuple[str, int, int]]:
        if not self._phrases:
            return
        forms: dict[int, set[str]] = {}
        for form, start, _ in (*there, *also):
            forms.setdefault(start, set()).add(form)
        tokens = [(forms[start], start, end) for _, start, end in there]
        for at, (first, start, _) in enumerate(tokens):
            for word in first.intersection(self._firsts):
                for rest, is_stem, name in self._phrases[word]:
                    last = at + len(rest)
                    if last < len(tokens) and _follows(tokens[at + 1 : last + 1], rest, is_stem):
                        yield name, start, tokens[last][2]

    def _inside(self, apart: Token) -> list[tuple[str, int, int]]:
        """Letters apart hide where words begin, so each stretch of them is looked up; there are sixty at most.

        Returns: names with the positions of the first and the last letter.
        """
        joined, longest = apart[0], self._longest
        found: list[tuple[str, int, int]] = []
        for a in range(len(joined) - _HEAD + 1):
            for b in range(a + _HEAD, min(len(joined), a + longest) + 1):
                found += [(name, a, b - 1) for name in self._words.get(joined[a:b], ())]
            found += [(name, a, len(joined) - 1) for name in self._stems_of(joined[a:])]
        return found

    def _unspaced_spans(self, there: Sequence[Token]) -> Iterator[tuple[str, int, int]]:
        for token, start, _ in there:
            if not _is_unspaced(token):
                continue
            for a in range(len(token)):
                for size in self._unspaced_sizes:
                    for name in self._unspaced.get(token[a : a + size], ()):
                        yield name, start + a, start + a + min(size, len(token) - a)


def _all_there(rest: tuple[str, ...], tokens: set[str], is_stem: bool) -> bool:
    return tokens.issuperset(rest[:-1] if is_stem else rest)


def _follows(tokens: Sequence[tuple[set[str], int, int]], rest: tuple[str, ...], is_stem: bool) -> bool:
    *inner, last = zip(tokens, rest, strict=True)
    if not all(word in forms for (forms, _, _), word in inner):
        return False
    (forms, _, _), word = last
    return word in forms or (is_stem and any(form.startswith(word) for form in forms))


def _is_unspaced(token: str) -> bool:
    """Thai, Lao, Khmer, kana and Han: words are not set apart."""
    return _UNSPACED.search(token) is not None
