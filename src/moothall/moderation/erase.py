"""Forgetting a person: two people decide, the thread keeps its shape.

Source: Regulation (EU) 2016/679, Article 17.
"""

from collections.abc import Iterable, Sequence
from enum import StrEnum

import msgspec

from moothall.discussion.model import CommentId
from moothall.kernel.errors import Forbidden, SamePerson
from moothall.people.model import Account, AccountId
from moothall.people.role import STAFF, Right, may

# Shorter quotations are anybody's words.
_QUOTED_CHARS = 20


class Wanted(StrEnum):
    """Whose comment it was; what it said; both."""

    AUTHOR = "author"
    TEXT = "text"
    BOTH = "both"


class Erasure(msgspec.Struct, frozen=True):
    """A request to forget somebody, until another administrator confirms it."""

    id: int
    account_id: AccountId
    wanted: Wanted
    asked_by: AccountId
    asked_at_ms: int


class Done(Erasure, frozen=True):
    """An erasure that was confirmed and done.  It holds numbers and times, and nothing of the person."""

    confirmed_by: AccountId
    done_at_ms: int


class Erased(msgspec.Struct, frozen=True):
    """What was done.  `quotes` are comments of others that still hold the person's words."""

    comments: int
    quotes: tuple[CommentId, ...]


def check_asked(who: Account, by: Account) -> None:
    """Raises: Forbidden without the right to manage, and for staff, whose role is taken away first."""
    if not may(by.role, Right.MANAGE) or who.role in STAFF:
        raise Forbidden


def check_confirmed(asked: Erasure, by: Account) -> None:
    """Raises: Forbidden without the right to manage; SamePerson for whoever asked."""
    if not may(by.role, Right.MANAGE):
        raise Forbidden
    if by.id == asked.asked_by:
        raise SamePerson


def quoting(said: Sequence[str], others: Iterable[tuple[CommentId, str]]) -> tuple[CommentId, ...]:
    """Which of the others' texts quote one of these, by whole lines of a Markdown quotation."""
    lines = {line for text in said for line in map(_bare, text.splitlines()) if len(line) >= _QUOTED_CHARS}
    whole = "\n".join(_bare(line) for text in said for line in text.splitlines())
    return tuple(number for number, body in others if any(_is_from(line, lines, whole) for line in _quoted(body)))


def _quoted(body: str) -> list[str]:
    return [_bare(line) for line in body.splitlines() if line.lstrip().startswith(">")]


def _is_from(line: str, lines: set[str], whole: str) -> bool:
    return line in lines or (len(line) >= _QUOTED_CHARS and line in whole)


def _bare(line: str) -> str:
    """Without the marks of a quotation and the spaces around it, whatever the case."""
    return " ".join(line.lstrip("> \t").split()).casefold()
