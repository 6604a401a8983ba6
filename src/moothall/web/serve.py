"""Starting and stopping the server: uvicorn inside this process.

One process: the database's lock, the writer and the readers' streams are all here, and a kill leaves no
worker behind that still holds the port.
"""

import asyncio
import contextlib
import gc
import os
import resource
import signal
import socket
from collections.abc import Callable, Coroutine
from functools import partial
from typing import Any

import structlog
import uvicorn
import uvloop

from moothall.kernel.asgi import App
from moothall.kernel.errors import MoothallError
from moothall.kernel.limits import KEEP_ALIVE_MS, LIVE_LISTENERS, STOP_MS, STOP_REQUESTS_MS
from moothall.settings import Settings
from moothall.upkeep.logs import configure
from moothall.web.entry import Entry
from moothall.web.http1 import Bounded, Quick

log = structlog.get_logger("moothall.serve")
# Connections that the kernel holds while we start or are busy.
_BACKLOG = 4_096
# Above the listeners, so that ten thousand open streams leave room for requests.
_CONNECTIONS = LIVE_LISTENERS + 4_000
# Objects made before the collector looks at them: about as many as the requests that run at once hold.
_YOUNG_OBJECTS = 10_000


class PortTaken(MoothallError):
    """At start: something else listens there."""

    code = "port_taken"
    text = "Something else listens on {host}:{port} already. Choose another port with --port."


def serve(settings: Settings, build: Callable[[Settings], Entry]) -> None:
    """Serve until SIGTERM or SIGINT; then finish what is being answered and return.

    Raises: PortTaken, StoreLocked, StoreDamaged.
    """
    configure()
    _take_all_descriptors()
    port = _free_port(settings)
    entry = build(settings)
    _settle_memory()
    uvloop.run(_serve(entry, settings.host, port))
    entry.close()


async def _serve(entry: Entry, host: str, port: int) -> None:
    server = spoken(entry, host, port, Quick)
    await _until_told(entry, server.serve(), partial(setattr, server, "should_exit", True))


def spoken(app: App, host: str, port: int, connection: type[Bounded]) -> uvicorn.Server:
    """A server that waits to be told to serve.  Signals are the caller's: uvicorn's would end without a drain."""
    config = uvicorn.Config(
        app,
        host=host,
        port=port,
        interface="asgi3",
        http=connection,
        ws="none",
        backlog=_BACKLOG,
        limit_concurrency=_CONNECTIONS,
        timeout_keep_alive=KEEP_ALIVE_MS // 1000,
        timeout_graceful_shutdown=STOP_REQUESTS_MS // 1000,
        log_config=None,
        log_level="error",
        access_log=False,
        server_header=False,
        proxy_headers=False,
    )
    server = uvicorn.Server(config)
    server.capture_signals = contextlib.nullcontext  # type: ignore[assignment,method-assign]
    return server


async def _until_told(entry: Entry, serving: Coroutine[Any, Any, None], stop: Callable[[], None]) -> None:
    """Run the server until a signal asks it to stop.  Past the limit stalled clients are left behind."""
    loop = asyncio.get_running_loop()
    told = asyncio.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(name, told.set)
    task = loop.create_task(serving)
    waiting = loop.create_task(told.wait())
    await asyncio.wait({task, waiting}, return_when=asyncio.FIRST_COMPLETED)
    if not task.done():
        log.info("stopping")
        entry.stop()
        stop()
        await asyncio.wait({task}, timeout=STOP_MS / 1000)
    waiting.cancel()
    if not task.done():
        log.warning("left_behind", after_ms=STOP_MS, requests=entry.running)
        entry.close()
        os._exit(1 if entry.running else 0)
    task.result()


def _settle_memory() -> None:
    """What is here now stays: the collector need not walk through it again with every few hundred new objects."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(_YOUNG_OBJECTS, *gc.get_threshold()[1:])


def _take_all_descriptors() -> None:
    """Each open stream is one; systems start programs with a thousand and allow more for the asking."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    with contextlib.suppress(ValueError, OSError):  # where "most" is said to be without end
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))


def _free_port(settings: Settings) -> int:
    """The port, checked before the site is built."""
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((settings.host, settings.port))
        except OSError as taken:
            raise PortTaken(host=settings.host, port=settings.port) from taken
        port: int = probe.getsockname()[1]
        return port
