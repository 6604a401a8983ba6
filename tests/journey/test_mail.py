"""Mail through a real SMTP server: sent, tried again, given up."""

import asyncio
import email
import threading
from collections.abc import AsyncIterator, Iterator
from contextlib import suppress
from dataclasses import dataclass, field, replace
from email.message import EmailMessage
from email.policy import default

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from moothall.kernel.errors import StoreFull
from moothall.kernel.letter import Letter
from moothall.kernel.limits import MAIL_RETRY_MS
from moothall.notify.mail import Mailer, Sender, smtp_server
from moothall.store import mail
from moothall.store.database import Database
from tests.newsroom.clock import FakeClock
from tests.newsroom.ports import free_port
from tests.newsroom.site import Site, code_in, site_over

pytestmark = pytest.mark.anyio
SENDER = Sender("The Harrowgate Courier", "discussion@courier.example")


@dataclass
class Postbox:
    """What a mail server took; `refusal` is what it says instead."""

    taken: list[Envelope] = field(default_factory=list)
    refusal: str = ""
    bounced: str = ""
    arrived: threading.Event = field(default_factory=threading.Event)

    async def handle_RCPT(  # noqa: N802 - the server's own word
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if self.bounced:
            return self.bounced
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        if self.refusal:
            return self.refusal
        self.taken.append(envelope)
        self.arrived.set()
        return "250 OK"

    @property
    def messages(self) -> list[EmailMessage]:
        return [email.message_from_bytes(one.content, policy=default) for one in self.taken]


@pytest.fixture
def postbox() -> Postbox:
    return Postbox()


@pytest.fixture
def server(postbox: Postbox) -> Iterator[Controller]:
    """A mail server of this machine, on a port of its own."""
    controller = Controller(postbox, hostname="127.0.0.1", port=free_port())
    controller.start()
    yield controller
    with suppress(AssertionError):
        controller.stop()


def address(server: Controller) -> str:
    return f"smtp://127.0.0.1:{server.port}"


@pytest.fixture
def mailer(db: Database, clock: FakeClock, server: Controller) -> Mailer:
    return Mailer(db, clock, server=smtp_server(address(server)), sender=SENDER)


async def put(db: Database, clock: FakeClock, *, number: int = 1, to: str = "ada@example.org") -> None:
    letter = Letter(
        number, to, "123456 ist dein Code – Grüße", "Zeile 1\n\nhttps://courier.example/x\n", "<p>Hi</p>"
    )
    await db.write(lambda tx: mail.queue(tx, letter, clock()))


def kept(db: Database) -> list[tuple[int, int | None, str, str | None]]:
    """Of each letter: tries, when it was sent, its text, what went wrong; oldest first."""
    letters = db.read_now(lambda c: mail.newest(c, 100))
    return [(one.tries, one.sent_at_ms, one.letter.text, one.failure) for one in reversed(letters)]


async def test_a_letter_arrives_whole_and_its_words_are_forgotten(
    db: Database, clock: FakeClock, mailer: Mailer, postbox: Postbox
) -> None:
    """Sender, subject, both forms, its id and the mark that no program need answer."""
    await put(db, clock)
    assert await mailer.deliver_due() == 1
    (message,) = postbox.messages
    assert message["From"] == "The Harrowgate Courier <discussion@courier.example>"
    assert (message["To"], message["Subject"]) == ("ada@example.org", "123456 ist dein Code – Grüße")
    assert (message["Message-ID"], message["Auto-Submitted"]) == ("<1@courier.example>", "auto-generated")
    assert message.get_body(("plain",)).get_content().splitlines() == ["Zeile 1", "", "https://courier.example/x"]
    assert "<p>Hi</p>" in message.get_body(("html",)).get_content()
    assert postbox.taken[0].rcpt_tos == ["ada@example.org"]
    assert kept(db) == [(0, clock(), "", None)]
    assert await mailer.deliver_due() == 0


async def test_what_fails_for_now_is_tried_again_later_and_later(
    db: Database, clock: FakeClock, mailer: Mailer, postbox: Postbox
) -> None:
    """Five more times, then it is given up and its words forgotten."""
    postbox.refusal = "451 later, please"
    await put(db, clock)
    for tried, pause_ms in enumerate(MAIL_RETRY_MS, start=1):
        assert await mailer.deliver_due() == 0
        ((tries, sent_at, text, failure),) = kept(db)
        assert (tries, sent_at, bool(text), "451" in failure) == (tried, None, True, True)
        clock.move(pause_ms - 1)
        await mailer.deliver_due()
        assert kept(db)[0][0] == tried
        clock.move(1)
    await mailer.deliver_due()
    assert kept(db)[0][:3] == (len(MAIL_RETRY_MS) + 1, 0, "")
    assert postbox.taken == []


async def test_an_address_that_is_none_is_given_up_at_once(
    db: Database, clock: FakeClock, mailer: Mailer, postbox: Postbox
) -> None:
    """And the letters after it go out over the same connection."""
    await put(db, clock, number=1, to="gone@example.org")
    postbox.bounced = "550 no such person"
    await mailer.deliver_due()
    assert kept(db)[0][:3] == (1, 0, "")
    postbox.bounced = ""
    for number in (2, 3):
        await put(db, clock, number=number)
    assert await mailer.deliver_due() == 2


async def test_a_server_that_is_down_loses_nothing(
    db: Database, clock: FakeClock, mailer: Mailer, server: Controller, postbox: Postbox
) -> None:
    """What waited is sent when it is back, once."""
    server.stop()
    await put(db, clock)
    assert await mailer.deliver_due() == 0
    assert kept(db)[0][1] is None
    again = Controller(postbox, hostname="127.0.0.1", port=server.port)
    again.start()
    clock.move(MAIL_RETRY_MS[0])
    assert await mailer.deliver_due() == 1
    again.stop()
    assert len(postbox.taken) == 1


async def test_a_subject_cannot_add_headers(
    db: Database, clock: FakeClock, mailer: Mailer, postbox: Postbox
) -> None:
    """A line end in it is refused, for good."""
    letter = Letter(1, "ada@example.org", "Hi\r\nBcc: eve@example.org", "Text")
    await db.write(lambda tx: mail.queue(tx, letter, clock()))
    assert await mailer.deliver_due() == 0
    assert postbox.taken == []
    assert kept(db)[0][1] == 0


async def test_the_mailer_wakes_for_new_mail_and_outlives_trouble(
    db: Database, clock: FakeClock, mailer: Mailer, postbox: Postbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It sends what comes while it runs, and goes on when the store did not answer once."""
    real, failed = mail.due, threading.Event()

    def once(*args: object) -> object:
        monkeypatch.setattr(mail, "due", real)
        failed.set()
        raise StoreFull

    monkeypatch.setattr(mail, "due", once)
    task = asyncio.create_task(mailer.run())
    assert await asyncio.to_thread(failed.wait, 10)
    await put(db, clock)
    mailer.wake()
    assert await asyncio.to_thread(postbox.arrived.wait, 10)
    mailer.stop()
    await asyncio.wait_for(task, 10)
    assert kept(db)[0][1] == clock()


@pytest.fixture
async def site(db: Database, clock: FakeClock, mailer: Mailer) -> AsyncIterator[Site]:
    """A site that sends through that server."""
    async with site_over(db, clock) as opened:
        opened.serve(replace(opened.parts, mailer=mailer))
        yield opened


async def test_a_code_goes_through_the_server_and_signs_in(site: Site, mailer: Mailer, postbox: Postbox) -> None:
    """The whole way, as a newsroom runs it."""
    browser = site.browser()
    await browser.get("/signin")
    await browser.submit("/signin/email", email="ada@example.org")
    await browser.follow()
    await mailer.deliver_due()
    text = postbox.messages[0].get_body(("plain",)).get_content()
    await browser.submit("/signin/code", code=code_in(text))
    assert await browser.me()
    assert await site.mails() == [""]
