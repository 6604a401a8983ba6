"""Sending statements of reasons to the EU's Transparency Database, so that it may be stopped and begun again.

A statement's own number is its PUID, and what became of each is kept after each batch: what was sent is not sent
again, and what may have been sent, when an answer was lost, is asked for by its PUID.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from moothall.kernel.limits import EU_BATCH, EU_RETRY_S
from moothall.moderation.eu_statement import EuStatement
from moothall.notify.eu_database import Answer, Later, Refused, Taken, Unfit

SENT, REFUSED = "sent", "refused"


class Shelf(Protocol):
    """What is to be sent, oldest first, and what became of it."""

    def following(self, limit: int) -> Sequence[EuStatement]:
        """Those that nothing became of yet; what the schema does not allow is put aside by itself."""
        ...

    def keep(self, fate: str, found: Sequence[tuple[EuStatement, str]]) -> None:
        """What became of some, each with what was said."""
        ...


class Database(Protocol):
    """The other end."""

    def send(self, records: Sequence[EuStatement]) -> Answer:
        """Raises: Refused."""
        ...

    def has(self, puid: str) -> bool | None:
        """None when it cannot be told now."""
        ...


@dataclass
class Counts:
    """What one run did."""

    sent: int = 0
    refused: int = 0
    requests: int = 0


def send_all(
    shelf: Shelf, database: Database, *, pause: Callable[[float], None], told: Callable[[Counts], None]
) -> Counts:
    """Until nothing is left.  Raises: Refused, also after as many waits as `EU_RETRY_S` has.

    Args:
        pause: waits that many seconds.
        told: is shown how far it is after each batch.
    """
    counts = Counts()
    while records := shelf.following(EU_BATCH):
        _send(shelf, _Patient(database, pause, counts), records, counts)
        told(counts)
    return counts


class _Patient:
    """Asks again after a while, longer each time; what it was asked to wait, it waits."""

    def __init__(self, database: Database, pause: Callable[[float], None], counts: Counts) -> None:
        self._database = database
        self._pause = pause
        self._counts = counts

    def send(self, records: Sequence[EuStatement]) -> Taken | Unfit:
        """Raises: Refused."""
        why = ""
        for wait_s in (*EU_RETRY_S, None):
            self._counts.requests += 1
            answer = self._database.send(records)
            if not isinstance(answer, Later):
                return answer
            why = answer.why
            if wait_s is not None:
                self._pause(max(wait_s, min(answer.seconds or 0, EU_RETRY_S[-1])))
        raise Refused(f"The Transparency Database does not answer ({why}). What is left is sent next time.")

    def has(self, puid: str) -> bool:
        """Raises: Refused."""
        for wait_s in (*EU_RETRY_S, None):
            found = self._database.has(puid)
            if found is not None:
                return found
            if wait_s is not None:
                self._pause(wait_s)
        raise Refused("The Transparency Database does not answer. What is left is sent next time.")


def _send(shelf: Shelf, database: _Patient, records: Sequence[EuStatement], counts: Counts) -> None:
    """All of them: of a batch that is refused, the rows that are wrong are put aside and the others sent."""
    waiting = [list(records)]
    while waiting:
        batch = waiting.pop()
        answer = database.send(batch)
        if isinstance(answer, Taken):
            shelf.keep(SENT, [(one, "") for one in batch])
            counts.sent += len(batch)
            continue
        wrong = {n: said for n, said in answer.rows.items() if n < len(batch)}
        if not wrong and len(batch) > 1:
            # It does not say which: halves find it in a few steps.
            half = len(batch) // 2
            waiting += [batch[half:], batch[:half]]
            continue
        _put_aside(shelf, database, [(batch[n], said) for n, said in (wrong or {0: ""}).items()], counts)
        rest = [one for n, one in enumerate(batch) if n not in (wrong or {0: ""})]
        if rest:
            waiting.append(rest)


def _put_aside(shelf: Shelf, database: _Patient, found: Sequence[tuple[EuStatement, str]], counts: Counts) -> None:
    """What is refused because it is there already was sent before, and its answer lost."""
    there = [one for one in found if database.has(one[0].puid)]
    other = [one for one in found if one not in there]
    shelf.keep(SENT, [(record, "") for record, _ in there])
    shelf.keep(REFUSED, other)
    counts.sent += len(there)
    counts.refused += len(other)
