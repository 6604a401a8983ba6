"""The ledger's arithmetic: how entries are chained and sealed, and how a chain is checked.

An entry's hash covers the hash before it, so whoever changes one must change all after it, and with them the
roots that were published.  What is personal stands in the payload only as a salted digest; when the salt is
erased, the digest says nothing any more and the chain is whole.
"""

import hashlib
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime

import msgspec

GENESIS = "0" * 64
"""What the first entry follows."""


class LedgerEntry(msgspec.Struct, frozen=True):
    """One link.  `payload` is JSON with sorted keys; `previous` and `hash` are SHA-256 in hex."""

    seq: int
    at_ms: int
    kind: str
    payload: str
    previous: str
    hash: str


class Root(msgspec.Struct, frozen=True):
    """The last entry of a day, `YYYY-MM-DD` in UTC."""

    day: str
    seq: int
    hash: str


class Receipt(msgspec.Struct, frozen=True):
    """With these two anybody can ask for an entry and see that it is still the same."""

    seq: int
    hash: str


class Bad(msgspec.Struct, frozen=True):
    """The first entry that is not as it was written.  `why`: gap, previous, hash, time, end, root."""

    seq: int
    why: str


def canonical(parts: Mapping[str, str]) -> str:
    """JSON with sorted keys and without spaces: the same parts are always the same bytes."""
    return msgspec.json.encode(dict(parts), order="sorted").decode()


def seal(salt: str, name: str, value: str) -> str:
    """What of a personal part anybody may see.  Args: salt: 128 random bits, hex."""
    return hashlib.sha256(canonical({"salt": salt, "name": name, "value": value}).encode()).hexdigest()


def chained(previous: str, *, seq: int, at_ms: int, kind: str, payload: str) -> LedgerEntry:
    """The entry that follows."""
    return LedgerEntry(seq, at_ms, kind, payload, previous, _hash(previous, seq, at_ms, kind, payload))


def follows(entry: LedgerEntry, before: LedgerEntry | None) -> bool:
    """Whether an entry is what its hash says, and comes after that one (None: it is the first)."""
    at = Receipt(before.seq, before.hash) if before else Receipt(0, GENESIS)
    return not _why_bad(entry, at, before.at_ms if before else 0)


def day_of(at_ms: int) -> str:
    """The day of a time in UTC, as roots are named."""
    return datetime.fromtimestamp(at_ms / 1000, UTC).strftime("%Y-%m-%d")


def first_bad(
    entries: Iterable[LedgerEntry], *, end: Receipt | None = None, roots: Iterable[Root] = ()
) -> Bad | None:
    """The first entry that is not what it was; None for a whole chain.

    Args:
        entries: all of them, in order.
        end: where the chain is said to end; entries cut off there are found by it.
        roots: published ones.  An owner of the database who writes the whole chain anew is found by them.
    """
    at = Receipt(0, GENESIS)
    published = {root.seq: root.hash for root in roots}
    last_ms = 0
    for entry in entries:
        why = _why_bad(entry, at, last_ms)
        if not why and published.pop(entry.seq, entry.hash) != entry.hash:
            why = "root"
        if why:
            return Bad(at.seq + 1, why)
        at, last_ms = Receipt(entry.seq, entry.hash), entry.at_ms
    if published:
        return Bad(at.seq + 1, "root")
    return Bad(at.seq + 1, "end") if end is not None and end != at else None


def _why_bad(entry: LedgerEntry, after: Receipt, last_ms: int) -> str:
    if entry.seq != after.seq + 1:
        return "gap"
    if entry.previous != after.hash:
        return "previous"
    if _hash(entry.previous, entry.seq, entry.at_ms, entry.kind, entry.payload) != entry.hash:
        return "hash"
    return "time" if entry.at_ms < last_ms else ""


def _hash(previous: str, seq: int, at_ms: int, kind: str, payload: str) -> str:
    return hashlib.sha256(msgspec.json.encode([previous, seq, at_ms, kind, payload])).hexdigest()
