"""The judge: every phase runs and leaves its findings; then one table turns findings into a verdict."""

from collections.abc import Callable, Sequence

import structlog

from moothall.discussion.model import State
from moothall.discussion.verdict import Context, Finding, Verdict, Weight
from moothall.moderation.phases import flood, links, pre_moderation, repeated_text, shouting

Phase = Callable[[Context], Sequence[Finding]]
log = structlog.get_logger("moothall.moderation")

# In running order; all of them run, whatever the first ones find.
PHASES: tuple[Phase, ...] = (
    pre_moderation.check,
    repeated_text.check,
    flood.check,
    links.check,
    shouting.check,
)

# The one table: the heaviest finding decides.
VERDICTS: dict[Weight, State] = {
    Weight.NOTE: State.LIVE,
    Weight.HOLD: State.HELD,
    Weight.REJECT: State.REJECTED,
}
_BY_WEIGHT = (Weight.REJECT, Weight.HOLD, Weight.NOTE)


def verdict_of(findings: Sequence[Finding]) -> Verdict:
    """Live without findings."""
    weights = {finding.weight for finding in findings}
    heaviest = next((weight for weight in _BY_WEIGHT if weight in weights), Weight.NOTE)
    return Verdict(VERDICTS[heaviest], tuple(findings))


class Pipeline:
    """A `Judge`.  A phase that fails means held, never published unseen."""

    def __init__(self, phases: Sequence[Phase] = PHASES) -> None:
        self._phases = tuple(phases)

    async def __call__(self, context: Context) -> Verdict:
        found: list[Finding] = []
        for phase in self._phases:
            name = phase.__module__.rpartition(".")[2]
            try:
                found.extend(phase(context))
            except Exception as wrong:  # noqa: BLE001 - whatever is broken in a check, the comment waits
                log.error("phase_failed", phase=name, error=repr(wrong))
                found.append(Finding(name, Weight.HOLD, detail="failed"))
        return verdict_of(found)
