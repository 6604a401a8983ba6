"""Small things done beside an answer, which must neither delay it nor fail it."""

import asyncio
from collections.abc import Coroutine
from typing import Any

import structlog

log = structlog.get_logger("moothall.web")


class Aside:
    """Keeps what runs from being collected; errors are logged, never raised."""

    def __init__(self) -> None:
        self._running: set[asyncio.Task[None]] = set()

    def __call__(self, work: Coroutine[Any, Any, object]) -> None:
        task = asyncio.create_task(_quietly(work))
        self._running.add(task)
        task.add_done_callback(self._running.discard)


async def _quietly(work: Coroutine[Any, Any, object]) -> None:
    try:
        await work
    except Exception as wrong:  # noqa: BLE001 - nobody waits for it
        log.warning("aside_failed", error=repr(wrong))
