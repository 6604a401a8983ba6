"""Serving the scorer alone, for newsrooms that keep their old system."""

import asyncio
import signal
from pathlib import Path

import uvloop

from moothall.moderation.classifier.kept import LocalScorer
from moothall.web.api.perspective import PerspectiveDoor
from moothall.web.api.perspective_keys import Keys
from moothall.web.api.perspective_metrics import Counted
from moothall.web.http1 import Bounded
from moothall.web.serve import spoken


def serve(
    host: str, port: int, keys: tuple[str, ...], *, per_minute: int | None = None, local: Path | None = None
) -> None:
    """Until SIGTERM or SIGINT.  Raises: WeightsDamaged, before anything listens.

    Args:
        local: a newsroom's calibration, read once.
    """
    door = PerspectiveDoor(LocalScorer(local).now(), keys=Keys(keys, per_minute=per_minute))
    uvloop.run(_run(Counted(door, waiting=lambda: door.waiting), host, port))


async def _run(door: Counted, host: str, port: int) -> None:
    server = spoken(door, host, port, Bounded)
    for name in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(name, setattr, server, "should_exit", True)
    await server.serve()
