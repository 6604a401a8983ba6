"""The judge: every phase runs and leaves its findings; then one table turns findings into a verdict."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

import structlog

from moothall.discussion.verdict import Context, Finding, Verdict
from moothall.moderation import standards
from moothall.moderation.judges.port import Judge, ask_all
from moothall.moderation.means import Means, Phase, means_of
from moothall.moderation.phases import (
    burst,
    flood,
    length,
    links,
    near_duplicate,
    new_author,
    often_rejected,
    pre_moderation,
    repeated_text,
    shouting,
    story_open,
    words,
)
from moothall.moderation.recent import Recent
from moothall.moderation.shadow import Shadow
from moothall.moderation.standards_model import Standards
from moothall.moderation.weigh import Table
from moothall.people.role import STAFF

log = structlog.get_logger("moothall.moderation")

# In running order; all of them run, whatever the first ones find.
PHASES: tuple[Phase, ...] = (
    length.check,
    story_open.check,
    pre_moderation.check,
    repeated_text.check,
    near_duplicate.check,
    words.check,
    links.check,
    flood.check,
    burst.check,
    new_author.check,
    often_rejected.check,
    shouting.check,
)


class _Made(NamedTuple):
    """What a document is judged with."""

    standards: Standards
    means: Means
    table: Table
    outside: Sequence[Judge]


class Pipeline:
    """A `Judge`.  A phase that fails means held, never published unseen.

    Args:
        in_force: the standards to judge by; their tables are made anew when it gives other ones.
        outside: asked of everybody's comments but staff's, all at once, after the phases.
        shadows: asked the same beside it, and compared with those outside.
    """

    def __init__(
        self,
        phases: Sequence[Phase] = PHASES,
        *,
        in_force: Callable[[], Standards] = standards.in_force,
        recent: Recent | None = None,
        outside: Sequence[Judge] = (),
        shadows: Sequence[Shadow] = (),
    ) -> None:
        self._phases = tuple((phase.__module__.rpartition(".")[2], phase) for phase in phases)
        self._in_force = in_force
        self._outside = tuple(outside)
        self._shadows = tuple(shadows)
        self.recent = Recent() if recent is None else recent
        self._made: _Made | None = None

    async def __call__(self, context: Context) -> Verdict:
        made = self._tables()
        if not (made.outside or self._shadows) or context.author.role in STAFF:
            return self.judge(context)
        found = self._findings(context, made.means)
        outside = await ask_all(made.outside, context)
        for shadow in self._shadows:
            shadow.follow(context, outside, made.table)
        return made.table.verdict([*found, *outside])

    def judge(self, context: Context) -> Verdict:
        """What the phases in this process say."""
        made = self._tables()
        return made.table.verdict(self._findings(context, made.means))

    def _findings(self, context: Context, means: Means) -> list[Finding]:
        found: list[Finding] = []
        for name, phase in self._phases:
            try:
                found.extend(phase(context, means))
            except Exception as wrong:  # noqa: BLE001 - whatever is broken in a check, the comment waits
                log.error("phase_failed", phase=name, error=repr(wrong))
                found.append(Finding(name, cue="failed", detail="failed"))
        return found

    def _tables(self) -> _Made:
        now = self._in_force()
        if self._made is None or self._made.standards is not now:
            outside = tuple(judge for judge in self._outside if judge.is_for(now))
            self._made = _Made(now, means_of(now, self.recent), Table(now), outside)
        return self._made
