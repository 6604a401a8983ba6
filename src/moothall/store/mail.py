"""The outbox of mails: written with what causes them, sent afterwards by `notify/mail.py`."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Row, delete, insert, or_, select, update

from moothall.kernel.errors import TooMany
from moothall.kernel.ids import id_at, made_at_ms
from moothall.kernel.letter import Letter, QueuedLetter
from moothall.kernel.limits import HOUR_MS, SECOND_MS
from moothall.store.tables import mail
from moothall.store.tx import Tx


def queue(tx: Tx, letter: Letter, at_ms: int) -> None:
    """Put a letter into the outbox, due at once."""
    row = {
        "id": letter.id,
        "recipient": letter.recipient,
        "subject": letter.subject,
        "text": letter.text,
        "html": letter.html,
        "due_at_ms": at_ms,
    }
    tx.conn.execute(insert(mail), row)


def queue_few(tx: Tx, letter: Letter, at_ms: int, *, per_hour: int) -> None:
    """As `queue`, unless the address already had that many within an hour.  Raises: TooMany."""
    since = mail.c.id >= id_at(at_ms - HOUR_MS + 1)
    query = select(mail.c.id).where(mail.c.recipient == letter.recipient, since).order_by(mail.c.id)
    recent = tx.conn.scalars(query).all()
    if len(recent) >= per_hour:
        wait_ms = made_at_ms(recent[-per_hour]) + HOUR_MS - at_ms
        raise TooMany(seconds=-(-wait_ms // SECOND_MS))
    queue(tx, letter, at_ms)


def due(conn: Connection, now_ms: int, limit: int) -> tuple[QueuedLetter, ...]:
    """Letters to send now, those waiting longest first."""
    query = select(mail).where(mail.c.sent_at_ms.is_(None), mail.c.due_at_ms <= now_ms)
    return _letters(conn.execute(query.order_by(mail.c.due_at_ms, mail.c.id).limit(limit)).all())


def next_due(conn: Connection) -> int | None:
    """When the next letter is due, unix milliseconds."""
    query = select(mail.c.due_at_ms).where(mail.c.sent_at_ms.is_(None))
    found: int | None = conn.scalar(query.order_by(mail.c.due_at_ms).limit(1))
    return found


def newest(conn: Connection, limit: int) -> tuple[QueuedLetter, ...]:
    """For the mailbox page, newest first."""
    return _letters(conn.execute(select(mail).order_by(mail.c.id.desc()).limit(limit)).all())


def sent(tx: Tx, letter_id: int, at_ms: int) -> None:
    """The server took it: its words, which hold codes, are forgotten."""
    tx.conn.execute(update(mail).where(mail.c.id == letter_id).values(sent_at_ms=at_ms, text="", html=""))


def failed(tx: Tx, letter_id: int, *, failure: str, again_at_ms: int) -> None:
    """The server did not take it; try again then."""
    tx.conn.execute(
        update(mail)
        .where(mail.c.id == letter_id)
        .values(tries=mail.c.tries + 1, failure=failure, due_at_ms=again_at_ms)
    )


def given_up(tx: Tx, letter_id: int, failure: str) -> None:
    """It will never be taken; only that it failed is kept."""
    tx.conn.execute(
        update(mail)
        .where(mail.c.id == letter_id)
        .values(tries=mail.c.tries + 1, failure=failure, sent_at_ms=0, text="", html="")
    )


def sweep(tx: Tx, before_id: int) -> int:
    """Delete letters older than an id, unless they still wait to be sent again."""
    over = or_(mail.c.sent_at_ms.is_not(None), mail.c.tries == 0)
    return tx.conn.execute(delete(mail).where(mail.c.id < before_id, over)).rowcount


def _letters(rows: Sequence[Row[Any]]) -> tuple[QueuedLetter, ...]:
    return tuple(_letter(row) for row in rows)


def _letter(row: Row[Any]) -> QueuedLetter:
    letter = Letter(row.id, row.recipient, row.subject, row.text, row.html)
    return QueuedLetter(letter, row.tries, row.due_at_ms, row.sent_at_ms, row.failure)
