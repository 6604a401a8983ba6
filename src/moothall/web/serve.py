"""Starting and stopping the server: Granian inside this process, or uvicorn.

One process: the database's lock, the writer and the readers' streams are all here, and a kill leaves no
worker behind that still holds the port.  Granian costs 24 us of CPU a hot page here, uvicorn 34.
"""

import asyncio
import contextlib
import gc
import os
import resource
import signal
import socket
from collections.abc import Callable, Coroutine
from typing import Any

import structlog

from moothall.kernel.errors import MoothallError
from moothall.kernel.limits import LIVE_LISTENERS, STOP_MS, STOP_REQUESTS_MS
from moothall.settings import Settings
from moothall.upkeep.logs import configure
from moothall.web.entry import Entry

log = structlog.get_logger("moothall.serve")
# Connections that the kernel holds while we start or are busy.
_BACKLOG = 4_096
# Above the listeners, so that ten thousand open streams leave room for requests.
_CONNECTIONS = LIVE_LISTENERS + 4_000
# Slow senders of a request's head are cut off after this, so that none of them outlasts a stop.
_HEAD_MS = 10_000
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
    run = _uvicorn if settings.server == "uvicorn" else _granian
    _new_loop(run(entry, settings.host, port))
    entry.close()


async def _granian(entry: Entry, host: str, port: int) -> None:
    from granian.constants import HTTPModes, Interfaces
    from granian.http import HTTP1Settings
    from granian.server.embed import Server

    server = Server(
        entry,
        address=host,
        port=port,
        interface=Interfaces.ASGI,
        http=HTTPModes.http1,
        http1_settings=HTTP1Settings(header_read_timeout=_HEAD_MS),
        websockets=False,
        backlog=_BACKLOG,
        backpressure=_CONNECTIONS,
        log_enabled=False,
    )
    await _until_told(entry, server.serve(), server.stop)


async def _uvicorn(entry: Entry, host: str, port: int) -> None:
    import uvicorn

    config = uvicorn.Config(
        entry,
        host=host,
        port=port,
        interface="asgi3",
        backlog=_BACKLOG,
        log_level="error",
        access_log=False,
        server_header=False,
        proxy_headers=False,
        timeout_graceful_shutdown=STOP_REQUESTS_MS // 1000,
    )
    server = uvicorn.Server(config)
    # Its own handlers would end the process without the drain.
    server.capture_signals = contextlib.nullcontext  # type: ignore[assignment,method-assign]

    def stop() -> None:
        server.should_exit = True

    await _until_told(entry, server.serve(), stop)


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
    """The port, checked: Granian shares a port silently, and two servers would answer in turns."""
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((settings.host, settings.port))
        except OSError as taken:
            raise PortTaken(host=settings.host, port=settings.port) from taken
        port: int = probe.getsockname()[1]
        return port


def _new_loop(main: Coroutine[Any, Any, None]) -> None:
    try:
        import uvloop
    except ImportError:
        asyncio.run(main)
    else:
        uvloop.run(main)
