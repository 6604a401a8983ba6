"""Which comments are looked at a second time: few, chosen by lot, with the rare kinds among them.

Comments are sorted into strata: what the machine did, what a person then did, by which rule.  Each stratum gives at
least one, and more of it by the square root of its size, so that a thousand ordinary comments do not crowd out the
three that were restricted by mistake.  What is estimated later weighs each by how many it stands for.
"""

import hashlib
from collections.abc import Sequence
from enum import StrEnum

import msgspec

from moothall.discussion.model import CommentId
from moothall.kernel.errors import InvalidField
from moothall.kernel.limits import DAY_MS, EDIT_WINDOW_MS, SAMPLE_DAYS, SAMPLE_SIZE
from moothall.people.model import AccountId

# They hold by arrangement, whatever a comment says: there is nothing in them that could be right or wrong.
NO_JUDGEMENT = frozenset({"pre_moderation", "new_author", "sanctions", "story_open"})
_SEED_CHARS = 60


class First(StrEnum):
    """What a person decided before: nobody looked, it may stand, it was taken down."""

    NOBODY = "nobody"
    KEPT = "kept"
    REMOVED = "removed"


class Judged(msgspec.Struct, frozen=True):
    """A comment as it was decided on.  `phases`: the checks that restricted it; `rule`: the first one named."""

    id: CommentId
    revision: int
    phases: tuple[str, ...] = ()
    first: First = First.NOBODY
    rule: str = ""

    @property
    def stratum(self) -> str:
        """Its kind, as text."""
        machine = "restricted" if self.phases else "passed"
        return f"{machine} {self.first.value} {self.rule}".strip()


class Drawn(msgspec.Struct, frozen=True):
    """One of a sample.  `stands_for`: the comments of its stratum."""

    judged: Judged
    stands_for: int


class Wish(msgspec.Struct, frozen=True, kw_only=True):
    """A checked wish for a sample.  The same seed draws the same comments from the same past."""

    id: int
    actor_id: AccountId
    since_ms: int
    until_ms: int
    size: int
    seed: str
    at_ms: int


def check_wish(wanted: Wish) -> Wish:
    """The wish, ending before what may still be edited.

    Raises: InvalidField for a size or a span beyond `SAMPLE_SIZE` and `SAMPLE_DAYS`, or a seed that is none.
    """
    if not 0 < wanted.size <= SAMPLE_SIZE:
        raise InvalidField(name="size")
    if not 0 < wanted.at_ms - wanted.since_ms <= SAMPLE_DAYS * DAY_MS:
        raise InvalidField(name="days")
    if not 0 < len(wanted.seed) <= _SEED_CHARS or not wanted.seed.isprintable():
        raise InvalidField(name="seed")
    return msgspec.structs.replace(wanted, until_ms=min(wanted.until_ms, wanted.at_ms - EDIT_WINDOW_MS))


def draw(judged: Sequence[Judged], *, size: int, seed: str) -> tuple[Drawn, ...]:
    """By lot: the order in which they come is the seed's, too, so that it tells nothing of what is in them."""
    strata: dict[str, list[Judged]] = {}
    for one in judged:
        strata.setdefault(one.stratum, []).append(one)
    shares = allotted({name: len(found) for name, found in strata.items()}, size)
    chosen = [
        Drawn(one, len(strata[name]))
        for name, count in shares.items()
        for one in sorted(strata[name], key=lambda one: _lot(seed, one.id))[:count]
    ]
    return tuple(sorted(chosen, key=lambda one: _lot(f"{seed} order", one.judged.id)))


def allotted(sizes: dict[str, int], size: int) -> dict[str, int]:
    """How many of each stratum: one of each, the largest first, and the rest by the root of their sizes."""
    shares = dict.fromkeys(sizes, 0)
    for _ in range(min(size, sum(sizes.values()))):
        open_ones = [name for name, found in sizes.items() if shares[name] < found]
        # Nothing yet comes before anything; then whoever is furthest from its share.
        most = max(open_ones, key=lambda name: (shares[name] == 0, sizes[name] ** 0.5 / (shares[name] + 1), name))
        shares[most] += 1
    return shares


def _lot(seed: str, number: int) -> bytes:
    return hashlib.sha256(f"{seed}:{number}".encode()).digest()
