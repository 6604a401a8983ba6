"""Comments put together from parts: what is said hangs together, and is not soon said again."""

import random
import re
from collections import deque
from collections.abc import Callable
from typing import NamedTuple

import msgspec

from moothall.seed.supply import Supply, slots

_CHOICE = re.compile(r"\[([^][]*\|[^][]*)\]")
_SLOT = re.compile(r"\{(\w+)\}")
_TRIES = 30
_DEEP = 3
# A line is passed over for so many others, where there is choice; a deck is cut no deeper than this.
_RINGING = 60
_CUT = 6


class Uttered(NamedTuple):
    """What is said, what it is about, the sentence of it that others may quote, and the lines it was made of."""

    body: str
    topic: str
    gist: str = ""
    lines: tuple[str, ...] = ()


class Addressed(msgspec.Struct, frozen=True):
    """What is answered: whose words, the words, and how deep the answer will stand; `other` is a bystander."""

    name: str
    said: Uttered
    depth: int
    other: str


class Speech:
    """Speaks for all readers of one discussion; never the same comment twice."""

    def __init__(self, supply: Supply, dice: random.Random) -> None:
        self._supply, self._dice = supply, dice
        self._decks = _Decks(dice)
        self._used: list[str] = []
        self._said = {one.body for one in (*supply.early, *supply.late)}
        self._topics = tuple(supply.topics)
        self._topic_of = {line: name for name, topic in supply.topics.items() for line in topic.claims}
        self._claims = tuple(self._topic_of)
        self._named: dict[str, str] = {}

    def root(self) -> Uttered:
        """A comment of its own."""
        return self._new(self._statement)

    def answer(self, to: Addressed) -> Uttered:
        """A reply, about what it answers where that is about anything."""
        topic = to.said.topic or self._dice.choice(self._topics)
        self._named = {"name": to.name, "other": to.other}
        return self._new(lambda: self._reply(to, topic))

    def part(self, name: str, to: str) -> Uttered:
        """A line of a section: for what moderators will stop."""
        self._named = {"name": to}
        return self._new(lambda: Uttered(self._dealt(self._supply.parts[name]), ""))

    def _statement(self) -> Uttered:
        dice, parts = self._dice, self._supply.parts
        raw = self._decks.dealt(self._claims)
        topic, claim = self._topic_of[raw], self._filled(raw)
        shape = dice.random()
        if shape < 0.26:
            body = claim
        elif shape < 0.36:
            body = f"> {dice.choice(self._supply.topics[topic].quotes)}\n\n{claim}"
        elif shape < 0.62:
            body = f"{self._dealt(parts['open'])} {claim}"
        elif shape < 0.76:
            body = f"{claim} {self._dealt(self._claims)}"
        elif shape < 0.84:
            body = f"{claim} {self._dealt(parts['close'])}"
        else:
            body = self._speech(claim, listed=shape > 0.96)
        return Uttered(body, topic, claim)

    def _speech(self, claim: str, *, listed: bool) -> str:
        """Somebody with more than one thing to say."""
        parts, second = self._supply.parts, self._dealt(self._claims)
        if not listed:
            return f"{self._dealt(parts['open'])} {claim}\n\n{second} {self._dealt(parts['close'])}"
        return f"{self._dealt(parts['list'])}\n\n- {claim}\n- {second}\n- {self._dealt(self._claims)}"

    def _reply(self, to: Addressed, topic: str) -> Uttered:
        dice, said, parts = self._dice, self._supply.topics[topic], self._supply.parts
        shape, gist = dice.random(), to.said.gist
        if to.depth > _DEEP and shape < 0.5:
            return Uttered(self._dealt(parts["deep"]), topic)
        if to.said.topic and shape < (0.46 if gist else 0.64):
            answer = self._dealt(said.answers)
            if answer == gist:
                answer = self._dealt(said.answers)
            quoted = f"> {gist}\n\n" if gist and shape < 0.13 else ""
            return Uttered(f"{quoted}{answer}", topic, answer)
        # Nodding is for what was just said, not for a story told at length.
        if gist and shape < 0.68:
            return Uttered(self._dealt(parts["nod"]), topic)
        claim = self._dealt(said.claims)
        body = f"{self._dealt(parts['nod'])} {claim}" if gist and shape < 0.84 else claim
        return Uttered(body, topic, claim)

    def _dealt(self, lines: tuple[str, ...]) -> str:
        return self._filled(self._decks.dealt(lines))

    def _filled(self, line: str) -> str:
        """The line with its choices made and its slots filled."""
        self._used.append(line)
        line = _CHOICE.sub(lambda found: self._dice.choice(found[1].split("|")), line)
        return _SLOT.sub(lambda found: self._named.get(found[1]) or self._dice.choice(slots()[found[1]]), line)

    def _new(self, make: Callable[[], Uttered]) -> Uttered:
        for _ in range(_TRIES):
            self._used = []
            said = make()
            if said.body not in self._said:
                break
        self._said.add(said.body)
        return said._replace(lines=tuple(self._used))


class _Decks:
    """Deals lines: each is dealt once before any comes again, and not while it still rings in the ears."""

    def __init__(self, dice: random.Random) -> None:
        self._dice = dice
        self._decks: dict[tuple[str, ...], list[str]] = {}
        self._lately: deque[str] = deque(maxlen=_RINGING)

    def dealt(self, lines: tuple[str, ...]) -> str:
        """The line of these that has rested longest, more or less."""
        deck = self._decks.setdefault(lines, self._dice.sample(lines, len(lines)))
        rested = (n for n in range(min(_CUT, len(deck))) if deck[n] not in self._lately)
        line = deck.pop(next(rested, 0))
        # Back near the bottom, so that the order is not the same the next time.
        deck.insert(len(deck) - self._dice.randrange(min(_CUT, len(deck)) or 1), line)
        self._lately.append(line)
        return line
