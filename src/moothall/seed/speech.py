"""Comments put together from parts: what is said hangs together, and is not soon said again."""

import random
import re
from collections.abc import Callable
from typing import NamedTuple

import msgspec

from moothall.seed.supply import Supply, slots

_CHOICE = re.compile(r"\[([^][]*\|[^][]*)\]")
_SLOT = re.compile(r"\{(\w+)\}")
_TRIES = 30
_DEEP = 3


class Uttered(NamedTuple):
    """What is said, what it is about, and the sentence of it that others may quote."""

    body: str
    topic: str
    gist: str = ""


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
        self._decks: dict[tuple[str, ...], list[str]] = {}
        self._said = {one.body for one in (*supply.early, *supply.late)}
        self._topics = tuple(supply.topics)
        self._named: dict[str, str] = {}

    def root(self) -> Uttered:
        """A comment of its own."""
        topic = self._dice.choice(self._topics)
        return self._new(lambda: self._statement(topic))

    def answer(self, to: Addressed) -> Uttered:
        """A reply, about what it answers where that is about anything."""
        topic = to.said.topic or self._dice.choice(self._topics)
        self._named = {"name": to.name, "other": to.other}
        return self._new(lambda: self._reply(to, topic))

    def part(self, name: str, to: str) -> Uttered:
        """A line of a section: for what moderators will stop."""
        self._named = {"name": to}
        return self._new(lambda: Uttered(self._dealt(self._supply.parts[name]), ""))

    def _statement(self, topic: str) -> Uttered:
        dice, parts, said = self._dice, self._supply.parts, self._supply.topics[topic]
        claim = self._dealt(said.claims)
        shape = dice.random()
        if shape < 0.26:
            body = claim
        elif shape < 0.36:
            body = f"> {self._dealt(said.quotes)}\n\n{claim}"
        elif shape < 0.62:
            body = f"{self._dealt(parts['open'])} {claim}"
        elif shape < 0.76:
            body = f"{claim} {self._dealt(said.claims)}"
        elif shape < 0.84:
            body = f"{claim} {self._dealt(parts['close'])}"
        else:
            body = self._speech(claim, topic, listed=shape > 0.96)
        return Uttered(body, topic, claim)

    def _speech(self, claim: str, topic: str, *, listed: bool) -> str:
        """Somebody with more than one thing to say."""
        parts = self._supply.parts
        second = self._dealt(self._supply.topics[self._dice.choice(self._topics)].claims)
        if not listed:
            return f"{self._dealt(parts['open'])} {claim}\n\n{second} {self._dealt(parts['close'])}"
        third = self._dealt(self._supply.topics[topic].claims)
        return f"{self._dealt(parts['list'])}\n\n- {claim}\n- {second}\n- {third}"

    def _reply(self, to: Addressed, topic: str) -> Uttered:
        dice, said, parts = self._dice, self._supply.topics[topic], self._supply.parts
        shape = dice.random()
        if to.depth > _DEEP and shape < 0.5:
            return Uttered(self._dealt(parts["deep"]), topic)
        if to.said.topic and (shape < 0.46 or not to.said.gist):
            answer = self._dealt(said.answers)
            if answer == to.said.gist:
                answer = self._dealt(said.answers)
            quoted = f"> {to.said.gist}\n\n" if to.said.gist and shape < 0.13 else ""
            return Uttered(f"{quoted}{answer}", topic, answer)
        if shape < 0.68:
            return Uttered(self._dealt(parts["nod"]), topic)
        claim = self._dealt(said.claims)
        body = f"{self._dealt(parts['nod'])} {claim}" if shape < 0.84 else claim
        return Uttered(body, topic, claim)

    def _dealt(self, lines: tuple[str, ...]) -> str:
        """A line with its choices made; each is dealt once before any comes again."""
        deck = self._decks.setdefault(lines, [])
        if not deck:
            deck += self._dice.sample(lines, len(lines))
        line = _CHOICE.sub(lambda found: self._dice.choice(found[1].split("|")), deck.pop())
        return _SLOT.sub(lambda found: self._named.get(found[1]) or self._dice.choice(slots()[found[1]]), line)

    def _new(self, make: Callable[[], Uttered]) -> Uttered:
        for _ in range(_TRIES):
            said = make()
            if said.body not in self._said:
                break
        self._said.add(said.body)
        return said
