"""What the fictional readers say: the same for the same story, every time."""

import random
from collections import deque
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from moothall.discussion.model import State
from moothall.people.model import Role
from moothall.seed.model import Newsroom, SeedComment, SeedStory

_FOLDER = Path(__file__).parent / "voices"
_SMALL = "small"
# Of a hundred comments, about so many are roots; the others answer something.
_ROOT_SHARE = 0.38
# An answer is given to something recent, more often than not.
_RECENT = 14
_DEEPEST = 11
# So many comments at each end are hand-written where the supply lasts.
_END = 70
# A sentence is not said again before so many others.
_APART = 60


def comments_for(newsroom: Newsroom, story: SeedStory, *, scale: float = 1.0) -> Iterator[SeedComment]:
    """A story's discussion, oldest first, parents before their replies.

    Args:
        scale: share of the discussion's size, from 0 to 1.
    """
    dice = random.Random(f"moothall:{story.slug}")  # noqa: S311 - the same for everybody is the point
    count = max(min(3, story.comments), round(story.comments * scale))
    supply = _Supply(story, count, dice)
    authors = [n for n, person in enumerate(newsroom.people) if person.role in {Role.READER, Role.TRUSTED}]
    times = _times(story, count, dice)
    depths, voices = [0], [-1]
    for key in range(1, count + 1):
        parent = _parent(key, depths, supply, dice)
        depths.append(depths[parent] + 1 if parent else 0)
        author = dice.choice([one for one in dice.sample(authors, 3) if one != voices[parent]])
        voices.append(author)
        yield SeedComment(
            key=key,
            parent=parent,
            author=author,
            body=supply.answer(key, depths[key]) if parent else supply.root(key),
            seconds_ago=times[key - 1],
            respect=_respect(dice, depths[key]),
            disagree=int(dice.expovariate(0.6)),
            state=_state(dice, key, count),
        )


class _Supply:
    """Hand-written remarks stand at both ends of a discussion, where its first pages are; between them
    sentences are put together, none twice within a screen or two."""

    def __init__(self, story: SeedStory, count: int, dice: random.Random) -> None:
        parts = _voice(story.voices)
        self._dice = dice
        self._parts = parts
        self._composes = bool(parts.get("middle"))
        self._wholes = _halves(parts.get("whole", ()), dice)
        self._answers = _halves(parts.get("answer", ()), dice)
        self._late_from = max(count - _END, count // 2)
        self._used: deque[str] = deque(maxlen=_APART)
        self.can_answer = self._answers != ([], [])

    def root(self, key: int) -> str:
        """A remark of its own."""
        ready = self._wholes[key > self._late_from]
        if not self._composes:
            return (ready or self._wholes[0] or self._wholes[1]).pop()
        at_an_end = key < _END or key > self._late_from
        return ready.pop() if ready and at_an_end and self._dice.random() < 0.8 else self._composed()

    def answer(self, key: int, depth: int) -> str:
        """What is said to somebody."""
        deep = self._parts.get("deep", ())
        if depth > 2 and deep and self._dice.random() < 0.5:
            return self._fresh(deep)
        ready = self._answers[key > self._late_from]
        if ready and (key < _END or key > self._late_from):
            return ready.pop()
        return self._fresh(self._parts["answer"]) if self._dice.random() < 0.4 else self._composed()

    def _composed(self) -> str:
        dice, parts = self._dice, self._parts
        shape = dice.random()
        said = [self._fresh(parts["middle"])]
        if shape < 0.75:
            said.insert(0, self._fresh(parts["open"]))
        if shape > 0.45:
            said.append(self._fresh(parts["middle"]))
        text = " ".join(said)
        if dice.random() < 0.4:
            text += ("\n\n" if dice.random() < 0.3 else " ") + self._fresh(parts["close"])
        return text

    def _fresh(self, lines: tuple[str, ...]) -> str:
        """A line not said just before; the least recent where all were."""
        unsaid = [line for line in lines if line not in self._used]
        line = self._dice.choice(unsaid) if unsaid else min(lines, key=self._used.index)
        if line in self._used:
            self._used.remove(line)
        self._used.append(line)
        return line


@cache
def _voice(name: str) -> dict[str, tuple[str, ...]]:
    """The parts of a supply by name; a small discussion is one part of the common file."""
    path = _FOLDER / f"{name}.txt"
    if not path.exists():
        return {"whole": _voice(_SMALL)[name]}
    parts: dict[str, list[str]] = {}
    current: list[str] = []
    for line in path.read_text("utf-8").splitlines():
        if line.startswith("= "):
            current = parts.setdefault(line[2:], [])
        elif line:
            current.append(line.replace("\\n", "\n"))
    return {part: tuple(lines) for part, lines in parts.items()}


def _halves(lines: tuple[str, ...], dice: random.Random) -> tuple[list[str], list[str]]:
    """For the beginning of a discussion, and for its end."""
    mixed = list(lines)
    dice.shuffle(mixed)
    return mixed[::2], mixed[1::2]


def _parent(key: int, depths: list[int], supply: _Supply, dice: random.Random) -> int:
    """0 for a root; else an earlier comment, mostly a recent one."""
    if key < 4 or not supply.can_answer or dice.random() < _ROOT_SHARE:
        return 0
    span = _RECENT if dice.random() < 0.8 else key - 1
    for _ in range(6):
        parent = dice.randint(max(1, key - span), key - 1)
        if depths[parent] < _DEEPEST:
            return parent
    return 0


def _times(story: SeedStory, count: int, dice: random.Random) -> list[int]:
    """Seconds ago, falling: a rush after publication that thins out, and the last ones a moment ago."""
    span = max(story.minutes_ago * 60 - 120, 60)
    shares = sorted(dice.random() ** 1.7 for _ in range(count))
    return [max(20, int(span * (1 - share)) + 20) for share in shares]


def _respect(dice: random.Random, depth: int) -> int:
    return min(140, int(dice.paretovariate(1.1 + 0.2 * min(depth, 4))) - 1 + int(dice.expovariate(0.5)))


def _state(dice: random.Random, key: int, count: int) -> State:
    """A few that wait, were removed or taken back, in discussions large enough to bear it."""
    if count < 50 or key < 4:
        return State.LIVE
    chance = dice.random()
    if chance < 0.006:
        return State.HELD
    if chance < 0.012:
        return State.REMOVED
    return State.WITHDRAWN if chance < 0.018 else State.LIVE
