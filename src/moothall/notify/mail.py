"""Sends the mails of the outbox through SMTP.

Mails are written in the transaction that causes them and sent afterwards, so that none is lost when
the server or we go down, and nobody waits for a mail server.
"""

import asyncio
from contextlib import suppress
from email.message import EmailMessage
from email.policy import SMTP as SMTP_POLICY
from email.utils import format_datetime, formataddr
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

import aiosmtplib
import structlog

from moothall.kernel.clock import Clock, to_datetime
from moothall.kernel.letter import QueuedLetter
from moothall.kernel.limits import MAIL_BATCH, MAIL_RETRY_MS, MAIL_STUCK_S, MAIL_TIMEOUT_S, SECOND_MS
from moothall.store import mail as outbox
from moothall.store.database import Database

log = structlog.get_logger("moothall.mail")
_LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
_PORTS = {"smtp": 587, "smtps": 465}
_GONE_WRONG = (aiosmtplib.SMTPException, OSError, TimeoutError)


class SmtpServer(NamedTuple):
    """`starttls` None: when the server offers it."""

    host: str
    port: int
    tls: bool
    starttls: bool | None
    user: str | None
    password: str | None


class Sender(NamedTuple):
    """Whom mail comes from."""

    name: str
    address: str


def smtp_server(url: str) -> SmtpServer:
    """What `smtp://user:password@host:port` or `smtps://…` means.

    A password crosses a network only encrypted: then a server without STARTTLS is refused.
    Raises: ValueError.
    """
    parts = urlsplit(url)
    if parts.scheme not in _PORTS or not parts.hostname:
        raise ValueError("smtp_url must be smtp://host:port or smtps://host:port")
    tls = parts.scheme == "smtps"
    guarded = parts.username is not None and parts.hostname not in _LOOPBACK
    return SmtpServer(
        host=parts.hostname,
        port=parts.port or _PORTS[parts.scheme],
        tls=tls,
        starttls=False if tls else (True if guarded else None),
        user=unquote(parts.username) if parts.username else None,
        password=unquote(parts.password) if parts.password else None,
    )


class Mailer:
    """The one sender of a site; without a server, mails stay where the mailbox page shows them."""

    def __init__(self, db: Database, clock: Clock, *, server: SmtpServer | None, sender: Sender) -> None:
        self._db = db
        self._clock = clock
        self._server = server
        self._sender = sender
        self._woken = asyncio.Event()
        self._stopped = False

    def wake(self) -> None:
        """Something was put into the outbox."""
        self._woken.set()

    def stop(self) -> None:
        """Let `run` end once what it is sending is sent: a letter cut off half-way would go out twice."""
        self._stopped = True
        self._woken.set()

    async def run(self) -> None:
        """Send until stopped."""
        if self._server is None:
            return
        while not self._stopped:
            self._woken.clear()
            try:
                await self.deliver_due()
                wait_s = await self._wait_s()
            except Exception as wrong:  # noqa: BLE001 - a full disk now must not end all mail for ever
                log.error("mail_stuck", error=repr(wrong))
                wait_s = MAIL_STUCK_S
            if self._stopped:
                return
            with suppress(TimeoutError):
                await asyncio.wait_for(self._woken.wait(), wait_s)

    async def deliver_due(self) -> int:
        """Send what is due now; returns how many the server took."""
        if self._server is None:
            return 0
        taken = 0
        while letters := await self._db.read(lambda c: outbox.due(c, self._clock(), MAIL_BATCH)):
            taken += await self._deliver(self._server, letters)
        return taken

    async def _deliver(self, server: SmtpServer, letters: tuple[QueuedLetter, ...]) -> int:
        """Over one connection; every letter is marked, so that the next batch is another."""
        smtp = _connection(server)
        try:
            await smtp.connect()
        except _GONE_WRONG as wrong:
            for queued in letters:
                await self._put_off(queued, wrong, final=False)
            return 0
        try:
            taken = [await self._send(smtp, queued) for queued in letters]
            with suppress(*_GONE_WRONG):
                await smtp.quit()
        finally:
            smtp.close()
        return sum(taken)

    async def _send(self, smtp: aiosmtplib.SMTP, queued: QueuedLetter) -> bool:
        try:
            await smtp.send_message(self._message(queued))
        except (*_GONE_WRONG, ValueError) as wrong:
            await self._put_off(queued, wrong, final=_is_final(wrong))
            return False
        now_ms = self._clock()
        await self._db.write(lambda tx: outbox.sent(tx, queued.letter.id, now_ms))
        return True

    async def _put_off(self, queued: QueuedLetter, wrong: Exception, *, final: bool) -> None:
        failure = f"{type(wrong).__name__}: {wrong}"[:500]
        letter_id = queued.letter.id
        log.warning("mail_not_sent", letter=letter_id, tries=queued.tries + 1, error=failure)
        if final or queued.tries >= len(MAIL_RETRY_MS):
            await self._db.write(lambda tx: outbox.given_up(tx, letter_id, failure))
            return
        again_at_ms = self._clock() + MAIL_RETRY_MS[queued.tries]
        await self._db.write(lambda tx: outbox.failed(tx, letter_id, failure=failure, again_at_ms=again_at_ms))

    async def _wait_s(self) -> float | None:
        """Until the next letter is due; for ever when there is none."""
        due_ms = await self._db.read(outbox.next_due)
        return None if due_ms is None else max(0, due_ms - self._clock()) / SECOND_MS

    def _message(self, queued: QueuedLetter) -> EmailMessage:
        letter = queued.letter
        message = EmailMessage(policy=SMTP_POLICY)
        message["From"] = formataddr((self._sender.name, self._sender.address))
        message["To"] = letter.recipient
        message["Subject"] = letter.subject
        message["Date"] = format_datetime(to_datetime(self._clock()))
        # Named by the letter: a retry after a lost answer is the same mail to the reader's server.
        domain = self._sender.address.rpartition("@")[2] or "localhost"
        message["Message-ID"] = f"<{letter.id}@{domain}>"
        message["Auto-Submitted"] = "auto-generated"
        message.set_content(letter.text)
        if letter.html:
            message.add_alternative(letter.html, subtype="html")
        return message


def _connection(server: SmtpServer) -> aiosmtplib.SMTP:
    return aiosmtplib.SMTP(
        hostname=server.host,
        port=server.port,
        use_tls=server.tls,
        start_tls=server.starttls,
        username=server.user,
        password=server.password,
        timeout=MAIL_TIMEOUT_S,
    )


def _is_final(wrong: Exception) -> bool:
    """Whether trying this letter again is in vain.  Source: RFC 5321, 4.2.1.

    A refused sender or login is our own mistake and may be mended, so that those are tried again.
    """
    if isinstance(wrong, aiosmtplib.SMTPRecipientsRefused):
        return all(map(_is_final, wrong.recipients))
    if isinstance(wrong, (aiosmtplib.SMTPRecipientRefused, aiosmtplib.SMTPDataError)):
        return wrong.code >= 500
    return isinstance(wrong, ValueError)
