"""What is asked of a thread of the store, and how whoever asked is told."""

import asyncio
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from typing import Any, NamedTuple


class Asked(NamedTuple):
    """`loop` is where `done` lives; None when it is a thread that waits."""

    run: Callable[[Any], Any]
    done: "asyncio.Future[Any] | Future[Any]"
    loop: asyncio.AbstractEventLoop | None


class Outcome(NamedTuple):
    """What became of it: a value, or the error that it raised."""

    asked: Asked
    value: Any
    error: BaseException | None


def ask_here(run: Callable[[Any], Any]) -> Asked:
    """Something to be answered on the running event loop."""
    loop = asyncio.get_running_loop()
    return Asked(run, loop.create_future(), loop)


def answer(outcomes: Sequence[Outcome]) -> None:
    """One call into each event loop for all who wait there: waking a loop costs more than the rest."""
    here: dict[asyncio.AbstractEventLoop, list[Outcome]] = {}
    for outcome in outcomes:
        if outcome.asked.loop is None:
            _settle([outcome])
        else:
            here.setdefault(outcome.asked.loop, []).append(outcome)
    for loop, its in here.items():
        if not loop.is_closed():
            loop.call_soon_threadsafe(_settle, its)


def _settle(outcomes: Sequence[Outcome]) -> None:
    for asked, value, error in outcomes:
        if asked.done.cancelled():
            continue
        if error is None:
            asked.done.set_result(value)
        else:
            asked.done.set_exception(error)
