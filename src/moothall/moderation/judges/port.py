"""What is asked of a judge outside this process, and how its failing is told."""

import asyncio
from collections.abc import Sequence
from typing import Protocol

import structlog

from moothall.discussion.verdict import Context, Finding, Weight
from moothall.moderation.standards_model import Standards

log = structlog.get_logger("moothall.judges")


class Nonsense(Exception):
    """An answer that says nothing that may be said."""


class Judge(Protocol):
    """One judge.  `phase` and `name` are how its findings are called in the standards."""

    @property
    def phase(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def deadline_ms(self) -> int: ...

    def is_for(self, standards: Standards) -> bool:
        """Whether it has anything to say to a document's lines."""
        ...

    async def findings(self, context: Context) -> Sequence[Finding]:
        """Raises: Nonsense, and whatever its way of asking raises."""
        ...


async def ask_all(judges: Sequence[Judge], context: Context) -> list[Finding]:
    """All at once, so that they take as long as the slowest deadline; raises nothing."""
    answers = await asyncio.gather(*(_ask(judge, context) for judge in judges))
    return [found for answer in answers for found in answer]


async def _ask(judge: Judge, context: Context) -> Sequence[Finding]:
    try:
        async with asyncio.timeout(judge.deadline_ms / 1000):
            return await judge.findings(context)
    except TimeoutError:
        return _broken(judge, "late", f"no answer within {judge.deadline_ms} ms")
    except Nonsense as wrong:
        return _broken(judge, "nonsense", str(wrong))
    except Exception as wrong:  # noqa: BLE001 - whatever is broken out there, the comment waits
        return _broken(judge, "failed", repr(wrong))


def _broken(judge: Judge, cue: str, why: str) -> Sequence[Finding]:
    log.warning("judge_failed", judge=judge.name, how=cue, why=why)
    return (Finding(judge.phase, Weight.HOLD, cue=cue, detail=f"{judge.name}: {cue}"),)
