"""A judge on trial: asked about the same comments as those that count, beside them, and without effect."""

import asyncio
import math
from collections import deque
from collections.abc import Sequence

import msgspec
import structlog

from moothall.discussion.model import State
from moothall.discussion.verdict import Context, Finding
from moothall.kernel.limits import SHADOW_ASKED, SHADOW_COMPARED
from moothall.moderation.judges.port import Judge, Nonsense
from moothall.moderation.weigh import Table

log = structlog.get_logger("moothall.judges")


class Compared(msgspec.Struct, frozen=True):
    """One comment: the highest value that each found, 0 to 1, and whether it would have waited."""

    ours: float
    theirs: float
    ours_holds: bool
    theirs_holds: bool


class Comparison(msgspec.Struct, frozen=True):
    """What can be said of them together; None where there is too little of it."""

    name: str
    compared: tuple[Compared, ...]
    silent: int

    @property
    def agreement(self) -> float | None:
        """The share on which both would have done the same."""
        same = sum(one.ours_holds == one.theirs_holds for one in self.compared)
        return same / len(self.compared) if self.compared else None

    @property
    def ours_alone(self) -> int:
        return sum(one.ours_holds and not one.theirs_holds for one in self.compared)

    @property
    def theirs_alone(self) -> int:
        return sum(one.theirs_holds and not one.ours_holds for one in self.compared)

    @property
    def correlation(self) -> float | None:
        """Pearson's, of the values; None where one of them never changes."""
        count = len(self.compared)
        a = sum(one.ours for one in self.compared) / max(1, count)
        b = sum(one.theirs for one in self.compared) / max(1, count)
        both = sum((one.ours - a) * (one.theirs - b) for one in self.compared)
        spread = sum((one.ours - a) ** 2 for one in self.compared) * sum(
            (one.theirs - b) ** 2 for one in self.compared
        )
        # Rounding leaves a little of a spread that is none.
        return both / spread**0.5 if spread > 1e-12 else None


class Shadow:
    """The newest comparisons of this process.  Late, broken or overrun, it is silent and nothing else happens."""

    def __init__(self, judge: Judge) -> None:
        self._judge = judge
        self._compared: deque[Compared] = deque(maxlen=SHADOW_COMPARED)
        self._asking: set[asyncio.Task[None]] = set()
        self._silent = 0

    @property
    def comparison(self) -> Comparison:
        """Until now."""
        return Comparison(self._judge.name, tuple(self._compared), self._silent)

    def follow(self, context: Context, ours: Sequence[Finding], table: Table) -> None:
        """Ask, and do not wait.  Args: ours: what those that count found."""
        if len(self._asking) >= SHADOW_ASKED:
            self._silent += 1
            return
        task = asyncio.get_running_loop().create_task(self._ask(context, ours, table))
        self._asking.add(task)
        task.add_done_callback(self._asking.discard)

    async def _ask(self, context: Context, ours: Sequence[Finding], table: Table) -> None:
        try:
            async with asyncio.timeout(self._judge.deadline_ms / 1000):
                theirs = await self._judge.findings(context)
            if not all(math.isfinite(one.value) for one in theirs):
                raise Nonsense("a value that is none")
            found = Compared(_most(ours), _most(theirs), _holds(ours, table), _holds(theirs, table))
        except Exception as wrong:  # noqa: BLE001 - it is on trial: however it fails, nobody waits for it
            log.warning("shadow_silent", judge=self._judge.name, why=repr(wrong))
            self._silent += 1
        else:
            self._compared.append(found)


def _most(found: Sequence[Finding]) -> float:
    return max((min(max(one.value, 0.0), 1.0) for one in found), default=0.0)


def _holds(found: Sequence[Finding], table: Table) -> bool:
    return table.verdict(list(found)).state is not State.LIVE
