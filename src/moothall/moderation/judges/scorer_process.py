"""The local scorer beside the web process: scoring is counting, and would stop everything else while it lasts."""

import asyncio
import atexit
import select
import subprocess
import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path

import msgspec

from moothall.kernel.limits import SCORER_SILENT_MS, SCORER_WAITING
from moothall.moderation.classifier.port import Ask, Attribute, Scored
from moothall.moderation.classifier.shipped import shipped_weights
from moothall.moderation.classifier.worker import Answer

_WORKER = (sys.executable, "-m", "moothall.moderation.classifier.worker")
_ANSWER = msgspec.json.Decoder(Answer)


class ScorerGone(Exception):
    """The process ended or hung; another one is begun for the next question."""


class ScorerBusy(Exception):
    """More wait than can be answered in time."""


class ScorerProcess:
    """A `Scorer` that asks one process, one question at a time.  It belongs to no event loop.

    Args:
        command: what is run.
        silent_ms: who says nothing for so long is ended.
    """

    def __init__(self, command: Sequence[str] = _WORKER, *, silent_ms: int = SCORER_SILENT_MS) -> None:
        self._command = tuple(command)
        self._silent_s = silent_ms / 1000
        self._threads = ThreadPoolExecutor(1, "scorer")
        self._other: subprocess.Popen[bytes] | None = None
        self._waiting = 0

    @property
    def attributes(self) -> tuple[Attribute, ...]:
        """Raises: WeightsDamaged."""
        heads = (head for one in shipped_weights() for head in one.header.heads)
        return tuple(dict.fromkeys(head.attribute for head in heads))

    @property
    def languages(self) -> tuple[str, ...]:
        """Raises: WeightsDamaged."""
        return tuple(one.header.reading.language for one in shipped_weights())

    def begin(self) -> None:
        """So that the first comment need not wait for the weights.  Raises: WeightsDamaged."""
        shipped_weights()
        self._threads.submit(self._running)

    async def score(self, ask: Ask) -> Scored:
        """Raises: LanguageUnsupported, ScorerBusy, ScorerGone."""
        if self._waiting >= SCORER_WAITING:
            raise ScorerBusy
        self._waiting += 1
        try:
            question = msgspec.json.encode(ask) + b"\n"
            said = await asyncio.get_running_loop().run_in_executor(self._threads, self._asked, question)
        finally:
            self._waiting -= 1
        if said.refused is not None:
            raise said.refused.error
        if said.scored is None:
            raise ScorerGone
        return said.scored

    def close(self) -> None:
        """End the process."""
        self._threads.shutdown(cancel_futures=True)
        self._drop()

    def _asked(self, question: bytes) -> Answer:
        try:
            return _ANSWER.decode(self._line(self._running(), question))
        except (OSError, msgspec.DecodeError) as wrong:
            self._drop()
            raise ScorerGone from wrong

    def _line(self, other: subprocess.Popen[bytes], question: bytes) -> bytes:
        """Empty where none came: no JSON either."""
        asked, told = other.stdin, other.stdout
        if asked is None or told is None:
            return b""
        asked.write(question)
        asked.flush()
        return told.readline() if select.select([told], [], [], self._silent_s)[0] else b""

    def _running(self) -> subprocess.Popen[bytes]:
        if self._other is None:
            # The command is ours and constant; nothing of a comment is in it.
            self._other = subprocess.Popen(  # noqa: S603
                self._command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, start_new_session=True
            )
        return self._other

    def _drop(self) -> None:
        other, self._other = self._other, None
        if other is not None:
            other.kill()
            other.communicate()


@cache
def scorer_process(local: Path) -> ScorerProcess:
    """The one of this process for a newsroom's layer (`kept.layer_file`), whoever asks."""
    made = ScorerProcess((*_WORKER, str(local)))
    atexit.register(made.close)
    return made
