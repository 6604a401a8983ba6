"""Serving the scorer alone, for newsrooms that keep their old system."""

import asyncio
import contextlib
import signal
from pathlib import Path

from moothall.moderation.classifier.kept import LocalScorer
from moothall.web.api.perspective import PerspectiveDoor
from moothall.web.api.perspective_keys import Keys
from moothall.web.api.perspective_metrics import Counted


def serve(
    host: str, port: int, keys: tuple[str, ...], *, per_minute: int | None = None, local: Path | None = None
) -> None:
    """Until SIGTERM or SIGINT.  Raises: WeightsDamaged, before anything listens.

    Args:
        local: a newsroom's calibration, read once.
    """
    door = PerspectiveDoor(LocalScorer(local).now(), keys=Keys(keys, per_minute=per_minute))
    asyncio.run(_run(Counted(door, waiting=lambda: door.waiting), host, port))


async def _run(door: Counted, host: str, port: int) -> None:
    from granian.constants import Interfaces
    from granian.server.embed import Server

    server = Server(door, address=host, port=port, interface=Interfaces.ASGI, websockets=False, log_enabled=False)
    told = asyncio.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(name, told.set)
    serving = asyncio.ensure_future(server.serve())
    waiting = asyncio.ensure_future(told.wait())
    await asyncio.wait({serving, waiting}, return_when=asyncio.FIRST_COMPLETED)
    waiting.cancel()
    if not serving.done():
        server.stop()  # type: ignore[no-untyped-call]
    with contextlib.suppress(asyncio.CancelledError):
        await serving
