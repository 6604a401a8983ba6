"""A version of the standards as it is kept, and what changed between two."""

import hashlib
from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher
from enum import StrEnum

import msgspec

from moothall.kernel.errors import TextTooLong
from moothall.kernel.limits import STANDARDS_NOTE_GRAPHEMES
from moothall.kernel.text import clean, graphemes
from moothall.moderation.standards_model import Standards, Worded
from moothall.moderation.standards_read import parse
from moothall.people.model import AccountId


class Version(msgspec.Struct, frozen=True, kw_only=True):
    """One stored document.  `number` counts from 1; no actor: the command line.  `id` names its row in the log."""

    number: int
    actor_id: AccountId | None
    at_ms: int
    note: str
    sha256: str
    source: str = ""


class Proposal(msgspec.Struct, frozen=True, kw_only=True):
    """A checked document, ready to be kept as the version after `after`."""

    id: int
    after: int
    actor_id: AccountId | None
    at_ms: int
    note: str
    source: str
    standards: Standards

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.source.encode()).hexdigest()


def propose(
    source: str, *, decision_id: int, after: int, actor_id: AccountId | None, note: str, at_ms: int
) -> Proposal:
    """Raises: StandardsInvalid, TextTooLong."""
    source = source.replace("\r\n", "\n")
    note = clean(note)
    over = graphemes(note) - STANDARDS_NOTE_GRAPHEMES
    if over > 0:
        raise TextTooLong(name="note", over=over, limit=STANDARDS_NOTE_GRAPHEMES)
    return Proposal(
        id=decision_id,
        after=after,
        actor_id=actor_id,
        at_ms=at_ms,
        note=note,
        source=source,
        standards=parse(source),
    )


class Kind(StrEnum):
    """What became of a rule."""

    ADDED = "added"
    CHANGED = "changed"
    GONE = "gone"


class Piece(msgspec.Struct, frozen=True):
    """Some words: `old` only before, `new` only after, or in both."""

    text: str
    old: bool = False
    new: bool = False


class Change(msgspec.Struct, frozen=True):
    """What became of one rule's wording."""

    kind: Kind
    number: str
    title: tuple[Piece, ...]
    text: tuple[Piece, ...]


def changes(before: Standards, after: Standards, lang: str) -> tuple[Change, ...]:
    """The rules whose wording or number changed, in the order of the newer document; those gone last."""
    old, new = _worded(before, lang), _worded(after, lang)
    there = [_change(old.get(key), rule) for key, rule in new.items()]
    gone = [_change(rule, None) for key, rule in old.items() if key not in new]
    return tuple(change for change in [*there, *gone] if change is not None)


def _worded(standards: Standards, lang: str) -> dict[str, Worded]:
    return {rule.key: rule.worded(lang) for rule in sorted(standards.rules, key=lambda rule: rule.index)}


def _change(old: Worded | None, new: Worded | None) -> Change | None:
    told = new or old
    if told is None or (old and new and (old.number, old.title, old.text) == (new.number, new.title, new.text)):
        return None
    kind = Kind.CHANGED if old and new else Kind.ADDED if new else Kind.GONE
    return Change(
        kind=kind,
        number=told.number,
        title=pieces(old.title if old else "", new.title if new else ""),
        text=pieces(old.text if old else "", new.text if new else ""),
    )


def pieces(old: str, new: str) -> tuple[Piece, ...]:
    """Word by word: what stayed, what went, what came."""
    return tuple(_pieces(old.split(), new.split()))


def _pieces(old: list[str], new: list[str]) -> Iterator[Piece]:
    for kind, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            yield Piece(_text(old[a:b]))
            continue
        if b > a:
            yield Piece(_text(old[a:b]), old=True)
        if d > c:
            yield Piece(_text(new[c:d]), new=True)


def _text(words: Iterable[str]) -> str:
    return " ".join(words)
