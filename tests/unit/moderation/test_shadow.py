"""A judge on trial is compared with those that count, and changes nothing, however it fails."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass

import pytest
from msgspec.structs import replace

from moothall.discussion.model import State
from moothall.discussion.verdict import Context, Finding
from moothall.kernel.limits import SHADOW_ASKED, SHADOW_COMPARED
from moothall.moderation.pipeline import Pipeline
from moothall.moderation.shadow import Compared, Comparison, Shadow
from moothall.moderation.standards import shipped
from moothall.moderation.standards_model import Finds, Outcome, Standards
from tests.unit.moderation.test_pipeline import PLAIN

STANDARDS = replace(shipped(), finds=(*shipped().finds, Finds("classifier", Outcome.HOLD, "toxicity", 0.8)))


@dataclass
class Fake:
    """Finds one value, fails, or never answers."""

    value: float = 0.0
    fails: bool = False
    silent: bool = False
    phase: str = "classifier"
    name: str = "fake"
    deadline_ms: int = 20

    def is_for(self, _: Standards) -> bool:
        return True

    async def findings(self, _: Context) -> Sequence[Finding]:
        if self.silent:
            await asyncio.Event().wait()
        if self.fails:
            raise OSError("broken")
        return (Finding("classifier", cue="toxicity", value=self.value),)


def judged(shadow: Shadow, *, ours: float = 0.0) -> State:
    """The verdict, once the shadow has answered, too."""

    async def run() -> State:
        pipeline = Pipeline(in_force=lambda: STANDARDS, outside=[Fake(ours)], shadows=[shadow])
        verdict = await pipeline(PLAIN)
        await asyncio.gather(*shadow._asking)
        return verdict.state

    return asyncio.run(run())


@pytest.mark.parametrize("on_trial", [Fake(0.95), Fake(fails=True), Fake(silent=True), Fake(float("nan"))])
def test_it_changes_no_verdict(on_trial: Fake) -> None:
    """Whether it would hold, breaks, hangs or counts nothing; who counts and says the same does hold."""
    assert judged(Shadow(on_trial)) is State.LIVE
    assert judged(Shadow(on_trial), ours=0.95) is State.HELD


def test_what_both_said_is_compared() -> None:
    """Values, and who would have held; a failure is counted as silence."""
    shadow = Shadow(Fake(0.9))
    judged(shadow, ours=0.5)
    assert shadow.comparison == Comparison("fake", (Compared(0.5, 0.9, ours_holds=False, theirs_holds=True),), 0)
    for on_trial in (Fake(fails=True), Fake(silent=True), Fake(float("nan"))):
        broken = Shadow(on_trial)
        judged(broken)
        assert broken.comparison == Comparison("fake", (), 1)


def test_a_slow_one_is_left_behind() -> None:
    """Comments that come while it is asked enough are not put to it; no verdict waits for it."""
    shadow = Shadow(Fake(silent=True, deadline_ms=10_000))

    async def run() -> int:
        pipeline = Pipeline(in_force=lambda: STANDARDS, shadows=[shadow])
        for _ in range(SHADOW_ASKED + 3):
            assert (await pipeline(PLAIN)).state is State.LIVE
        waiting = len(shadow._asking)
        for task in shadow._asking:
            task.cancel()
        return waiting

    assert asyncio.run(run()) == SHADOW_ASKED
    assert shadow.comparison.silent == 3


def test_figures_by_hand() -> None:
    """Agreement, who held alone, and Pearson's correlation; nothing is said of nothing."""
    pairs = [(0.1, 0.2), (0.3, 0.4), (0.9, 0.5), (0.5, 0.9)]
    compared = tuple(Compared(a, b, a > 0.8, b > 0.8) for a, b in pairs)
    found = Comparison("x", compared, 0)
    assert (found.agreement, found.ours_alone, found.theirs_alone) == (0.5, 1, 1)
    assert found.correlation == pytest.approx(0.4641, abs=0.0001)
    empty = Comparison("x", (), 0)
    assert (empty.agreement, empty.correlation) == (None, None)
    assert Comparison("x", compared[:1] * 5, 0).correlation is None


def test_only_the_newest_are_kept() -> None:
    """However long it is on trial."""
    shadow = Shadow(Fake(0.5))
    shadow._compared.extend([Compared(0.0, 0.0, ours_holds=False, theirs_holds=False)] * SHADOW_COMPARED)
    judged(shadow, ours=0.25)
    found = shadow.comparison.compared
    assert (len(found), found[-1].ours) == (SHADOW_COMPARED, 0.25)
