"""What readers say, as it was written down: threads word for word, and the parts that others are made of.

A file has sections, `= name`.  In `early` and `late` lie threads: a line of stars and a head begins a comment,
as many stars as it is deep, and what follows is its text.  In all others every line is one thing to say.
`= topic NAME` holds lines that belong together: `^` quotes the story, `~` answers, the rest stand alone.
"""

import re
from functools import cache
from pathlib import Path
from typing import NamedTuple

import msgspec

from moothall.discussion.model import State

_FOLDER = Path(__file__).parent / "voices"
_HEAD = re.compile(r"^(\*+)(?: (.*))?$")
_MARK = re.compile(r"([+-]\d+)")


class Written(msgspec.Struct, frozen=True):
    """A comment written out; `parent` is its place in the same list, None for a root.

    `who` is a display name, or a label that stands for the same reader throughout.
    """

    parent: int | None
    who: str
    body: str
    topic: str = ""
    state: State = State.LIVE
    respect: int = 0
    disagree: int = 0


class Topic(NamedTuple):
    """Lines that may stand together, or answer one another."""

    quotes: tuple[str, ...]
    claims: tuple[str, ...]
    answers: tuple[str, ...]


class Supply(msgspec.Struct, frozen=True):
    """All that there is to say beneath one story; `early` and `late` are for the two ends of its discussion."""

    early: tuple[Written, ...]
    late: tuple[Written, ...]
    topics: dict[str, Topic]
    parts: dict[str, tuple[str, ...]]


@cache
def supply_of(name: str) -> Supply:
    """The supply in a file of `voices`; an empty name is an empty supply."""
    sections = _sections(name) if name else {}
    return Supply(
        early=_threads(sections.pop("early", [])),
        late=_threads(sections.pop("late", [])),
        topics={part[6:]: _topic(lines) for part, lines in sections.items() if part.startswith("topic ")},
        parts={part: _said(lines) for part, lines in sections.items() if not part.startswith("topic ")},
    )


@cache
def slots() -> dict[str, tuple[str, ...]]:
    """What may stand in a `{slot}`, by its name."""
    return {name: _said(lines) for name, lines in _sections("slots").items()}


def _sections(name: str) -> dict[str, list[str]]:
    sections: dict[str, list[str]] = {}
    lines: list[str] = []
    for line in (_FOLDER / f"{name}.txt").read_text("utf-8").splitlines():
        if line.startswith("= "):
            lines = sections.setdefault(line[2:], [])
        else:
            lines.append(line)
    return sections


def _said(lines: list[str]) -> tuple[str, ...]:
    return tuple(line for line in lines if line)


def _topic(lines: list[str]) -> Topic:
    said = _said(lines)
    marked = {mark: tuple(line[2:] for line in said if line.startswith(mark)) for mark in ("^ ", "~ ")}
    return Topic(marked["^ "], tuple(line for line in said if line[:2] not in marked), marked["~ "])


def _threads(lines: list[str]) -> tuple[Written, ...]:
    written: list[Written] = []
    above: list[int] = []
    head, text = "", [""]
    for line in [*lines, "*"]:
        opened = _HEAD.match(line)
        if not opened:
            text.append(line)
            continue
        if head:
            written.append(_comment(head, "\n".join(text).strip(), above))
        depth = len(opened[1]) - 1
        above = [*above[: depth - 1], len(written) - 1] if depth else []
        head, text = opened[2] or "", []
    return tuple(written)


def _comment(head: str, body: str, above: list[int]) -> Written:
    """A comment from its head: a name or label, then `#topic`, `+respect-disagree` and a state, where given."""
    words = head.split(" ")
    topic = next((word[1:] for word in words if word.startswith("#")), "")
    state = next((State(word) for word in words if word in set(State)), State.LIVE)
    marks = [int(mark) for word in words if word[0] == "+" for mark in _MARK.findall(word)]
    name = " ".join(word for word in words if word[0] not in "#+" and word not in set(State))
    respect, disagree = (*marks, 0, 0)[:2]
    return Written(above[-1] if above else None, name, body, topic, state, respect, -disagree)
