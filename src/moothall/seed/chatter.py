"""What the fictional readers say: the same for the same story, every time."""

import random
from collections import deque
from collections.abc import Iterator

import msgspec

from moothall.discussion.model import State
from moothall.people.model import Role
from moothall.seed.model import Newsroom, SeedComment, SeedStory
from moothall.seed.people import GUESTS
from moothall.seed.speech import Addressed, Speech, Uttered
from moothall.seed.supply import Written, supply_of
from moothall.seed.turns import turns

# Of a hundred comments that are put together, about so many are roots; the others answer something.
_ROOT_SHARE = 0.36
# An answer is given to something recent, more often than not.
_RECENT = 16
_DEEPEST = 12
# Somebody speaks again after so many others.
_APART = 9
# Offers things for sale, and is held.
_HAWKER = "Best Deals"
# Each reader may react once, and not everybody does.
_MOST_REACTIONS = 160
# Comments made up by rule stay below those written by hand.
_MOST_MADE_UP = 18
# What repeats another gets no more than this.
_LITTLE = 2


class _Said(msgspec.Struct, frozen=True):
    comment: SeedComment
    depth: int
    uttered: Uttered


def comments_for(newsroom: Newsroom, story: SeedStory, *, scale: float = 1.0) -> Iterator[SeedComment]:
    """A story's discussion, oldest first, parents before their replies.

    Args:
        scale: share of the discussion's size, from 0 to 1; at least 3 comments where there are so many.
    """
    count = max(min(3, story.comments), round(story.comments * scale))
    if count:
        yield from _Discussion(newsroom, story, count).comments()


class _Discussion:
    """One story's readers, talking."""

    def __init__(self, newsroom: Newsroom, story: SeedStory, count: int) -> None:
        self._dice = random.Random(f"moothall:{story.slug}")  # noqa: S311 - the same for everybody is the point
        self._supply = supply_of(story.voices)
        self._speech = Speech(self._supply, self._dice)
        self._turns = turns(self._supply, count, self._dice)
        self._times = _times(story.minutes_ago, len(self._turns), self._dice)
        self._names = [person.name for person in newsroom.people]
        self._readers = [
            n for n, one in enumerate(newsroom.people) if one.role is Role.READER and one.name not in GUESTS
        ]
        self._known: dict[str, int] = {name: n for n, name in enumerate(self._names)}
        self._lately: deque[int] = deque(maxlen=_APART)
        self._honoured: set[str] = set()
        self._said: list[_Said] = []

    def comments(self) -> Iterator[SeedComment]:
        """All of it, in order."""
        keys: dict[tuple[bool, int], int] = {}
        for key, turn in enumerate(self._turns, 1):
            if turn is None:
                self._make_up(key)
            else:
                keys[turn.late, turn.place] = key
                self._write_down(key, turn.one, keys[turn.parent] if turn.parent else 0)
            yield self._said[-1].comment

    def _write_down(self, key: int, one: Written, parent: int) -> None:
        dice = self._dice
        respect = one.respect or (dice.randint(4, 12) if parent else dice.randint(12, 30))
        # Only what the supply has more to say about is taken up by others.
        said = Uttered(one.body, one.topic if one.topic in self._supply.topics else "")
        reactions = (respect, one.disagree)
        self._add(key, said, parent=parent, author=self._author(one.who), reactions=reactions, state=one.state)

    def _make_up(self, key: int) -> None:
        dice, state, parent = self._dice, _state(self._dice), self._parent(key)
        author = self._author(_HAWKER if state is State.HELD else "")
        other = self._called(dice.choice(self._readers))
        if state in {State.REMOVED, State.HELD}:
            said = self._speech.part("rude" if state is State.REMOVED else "spam", other)
        elif parent:
            above = self._said[parent - 1]
            name = self._called(above.comment.author)
            said = self._speech.answer(Addressed(name, above.uttered, above.depth + 1, other))
        else:
            said = self._speech.root()
        reactions = self._reactions(parent, said)
        self._add(key, said, parent=parent, author=author, reactions=reactions, state=state)

    def _add(
        self, key: int, said: Uttered, *, parent: int, author: int, reactions: tuple[int, int], state: State
    ) -> None:
        depth = self._said[parent - 1].depth + 1 if parent else 0
        respect, disagree = (0, 0) if state is State.HELD else reactions
        comment = SeedComment(
            key=key,
            parent=parent,
            author=author,
            body=said.body,
            seconds_ago=self._times[key - 1],
            respect=min(respect, _MOST_REACTIONS),
            disagree=disagree,
            state=state,
        )
        self._lately.append(author)
        self._said.append(_Said(comment, depth, said))

    def _parent(self, key: int) -> int:
        """0 for a root; else an earlier comment that has something to answer."""
        dice = self._dice
        if dice.random() < _ROOT_SHARE:
            return 0
        span = _RECENT if dice.random() < 0.85 else key - 1
        for _ in range(8):
            parent = dice.randint(max(1, key - span), key - 1) if key > 1 else 0
            above = self._said[parent - 1] if parent else None
            if above and above.uttered.topic and above.comment.state is State.LIVE and above.depth < _DEEPEST:
                return parent
        return 0

    def _author(self, who: str) -> int:
        """Whoever is meant; for a label or nobody, a reader who did not just speak."""
        if who in self._known:
            return self._known[who]
        found = self._dice.choice([n for n in self._dice.sample(self._readers, 20) if n not in self._lately])
        if who:
            self._known[who] = found
        return found

    def _called(self, person: int) -> str:
        """What others call somebody: by the first of two names, else by the whole."""
        first, *rest = self._names[person].split(" ")
        return first if len(rest) == 1 and len(first) > 2 and first.isascii() else self._names[person]

    def _reactions(self, parent: int, said: Uttered) -> tuple[int, int]:
        """Respect goes to who says a thing first: the most respected do not repeat one another."""
        dice = self._dice
        respect = min(_MOST_MADE_UP, int(dice.paretovariate(1.2)) - 1 + int(dice.expovariate(0.6)))
        respect = respect // 2 if parent else respect
        if not parent:
            repeated = not self._honoured.isdisjoint(said.lines)
            self._honoured.update(() if repeated else said.lines)
            respect = min(respect, _LITTLE) if repeated else max(respect, _LITTLE + 2)
        return respect, int(dice.expovariate(0.7)) + respect // 6


def _times(minutes_ago: int, count: int, dice: random.Random) -> list[int]:
    """Seconds ago, each at least a second after the one before: a rush that thins out, with an echo."""
    span = max(minutes_ago * 60 - 120, 60)
    shares = sorted(
        min(1.0, dice.random() ** 1.7 if dice.random() < 0.86 else abs(dice.gauss(0.55, 0.06)))
        for _ in range(count)
    )
    times = [int(span * (1 - share)) + 20 for share in shares]
    for n in range(count - 2, -1, -1):
        times[n] = max(times[n], times[n + 1] + 1)
    return times


def _state(dice: random.Random) -> State:
    """Among comments that are put together, a few that wait, were removed or taken back."""
    chance = dice.random()
    if chance < 0.005:
        return State.HELD
    if chance < 0.013:
        return State.REMOVED
    return State.WITHDRAWN if chance < 0.02 else State.LIVE
