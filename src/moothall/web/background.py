"""What runs beside the requests: mail goes out, what is over is swept away."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress

import structlog
from litestar import Litestar

from moothall.kernel.ids import id_at
from moothall.kernel.limits import (
    MAIL_KEPT_MS,
    MAIL_STOP_S,
    OUTBOX_KEPT_MS,
    OUTBOX_SWEEP,
    SECOND_MS,
    STANDARDS_FOLLOW_MS,
    SWEEP_EVERY_MS,
)
from moothall.store import mail, outbox
from moothall.store.recent import remember
from moothall.web.services import Services

log = structlog.get_logger("moothall.background")


@asynccontextmanager
async def background(app: Litestar) -> AsyncIterator[None]:
    """From the server's start to its stop."""
    parts: Services = app.state["services"]
    mail_goes = asyncio.create_task(parts.mailer.run())
    sweeping = asyncio.create_task(_repeat(lambda: sweep(parts), SWEEP_EVERY_MS))
    remembering = asyncio.create_task(remember(parts.db, parts.recent, parts.clock()))
    following = asyncio.create_task(_repeat(parts.standards.follow, STANDARDS_FOLLOW_MS))
    try:
        yield
    finally:
        sweeping.cancel()
        following.cancel()
        remembering.cancel()
        parts.mailer.stop()
        await asyncio.wait({mail_goes}, timeout=MAIL_STOP_S)
        for task in (mail_goes, sweeping, following, remembering):
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task
        await parts.http.aclose()


async def sweep(parts: Services) -> None:
    """Delete sessions, flows, mails and events that are over."""
    now_ms = parts.clock()
    await parts.people.sweep(now_ms)
    await parts.db.write(lambda tx: mail.sweep(tx, id_at(now_ms - MAIL_KEPT_MS)))
    await _forget(parts, now_ms - OUTBOX_KEPT_MS)


async def _forget(parts: Services, before_ms: int) -> None:
    """In steps, so that other writes come between."""
    gone = OUTBOX_SWEEP
    while gone == OUTBOX_SWEEP:
        gone = await parts.db.write(lambda tx: outbox.forget(tx, before_ms, OUTBOX_SWEEP))


async def _repeat(act: Callable[[], Awaitable[object]], every_ms: int) -> None:
    while True:
        try:
            await act()
        except Exception as wrong:  # noqa: BLE001 - a full disk now must not end all sweeping for ever
            log.error("sweep_failed", error=repr(wrong))
        await asyncio.sleep(every_ms / SECOND_MS)
