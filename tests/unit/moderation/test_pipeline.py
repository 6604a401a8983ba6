"""All phases run, one table decides, and what breaks holds."""

import asyncio

import pytest
from msgspec.structs import replace

from moothall.discussion.model import State
from moothall.discussion.verdict import Context, Finding, StoryTerms, Weight
from moothall.kernel.limits import MINUTE_MS
from moothall.moderation.phases import flood, links, pre_moderation, repeated_text, shouting
from moothall.moderation.pipeline import PHASES, VERDICTS, Pipeline, verdict_of
from moothall.people.model import Account, AccountId, Role
from moothall.story.model import Discussion, Moderation, StoryId

STORY = StoryTerms(StoryId(1), "city", "en", True, None, Discussion.OPEN, None, Moderation.POST)
ADA = Account(AccountId(7), "Ada Pell", Role.READER, 0)
PLAIN = Context(STORY, ADA, "Eleven months is optimistic.", 10_000_000, live_count=9)
TRUSTED = replace(PLAIN, author=replace(ADA, role=Role.TRUSTED))


def states(context: Context, phase) -> State:
    return verdict_of(phase(context)).state


def test_a_plain_comment_is_live() -> None:
    """No phase finds anything in an ordinary comment."""
    assert asyncio.run(Pipeline()(PLAIN)).state is State.LIVE
    assert len(PHASES) == 5


@pytest.mark.parametrize("weight", list(Weight))
def test_the_heaviest_finding_decides(weight: Weight) -> None:
    """The verdict is the table's entry for the heaviest finding, in any order."""
    lighter = [Finding("a", w) for w in Weight if list(Weight).index(w) <= list(Weight).index(weight)]
    assert verdict_of(lighter).state is VERDICTS[weight]
    assert verdict_of(lighter[::-1]).state is VERDICTS[weight]


def test_a_broken_phase_holds_and_the_others_still_run() -> None:
    """A phase that raises leaves a finding that holds; the findings of the rest are kept."""

    def broken(_: Context) -> list[Finding]:
        raise RuntimeError("no model")

    def noting(_: Context) -> list[Finding]:
        return [Finding("noting", Weight.NOTE)]

    verdict = asyncio.run(Pipeline([broken, noting])(PLAIN))
    assert verdict.state is State.HELD
    assert [f.phase for f in verdict.findings][-1] == "noting"


def test_pre_moderation() -> None:
    """A pre-moderated story holds readers, not the trusted."""
    pre = replace(STORY, moderation=Moderation.PRE)
    assert states(replace(PLAIN, story=pre), pre_moderation.check) is State.HELD
    assert states(replace(TRUSTED, story=pre), pre_moderation.check) is State.LIVE
    assert states(PLAIN, pre_moderation.check) is State.LIVE


def test_repeated_text() -> None:
    """A long text posted before is held, whatever its case and spacing; a short one is not."""
    before = replace(PLAIN, body="Vote  for the FERRY and not the bridge, people!",
                     recent_bodies=("vote for the ferry and not the bridge, people!",))  # fmt: skip
    assert states(before, repeated_text.check) is State.HELD
    assert (
        states(replace(before, recent_bodies=("Something else altogether, for once.",)), repeated_text.check)
        is State.LIVE
    )
    assert states(replace(before, body="Thanks!", recent_bodies=("Thanks!",)), repeated_text.check) is State.LIVE


def test_flood() -> None:
    """The eleventh comment in five minutes is held; edits, staff and older ones are not."""
    times = tuple(PLAIN.now_ms - n * 1000 for n in range(10))
    fast = replace(PLAIN, recent_times_ms=times)
    assert states(fast, flood.check) is State.HELD
    assert states(replace(fast, is_edit=True), flood.check) is State.LIVE
    assert states(replace(fast, author=TRUSTED.author), flood.check) is State.LIVE
    assert states(replace(fast, now_ms=fast.now_ms + 6 * MINUTE_MS), flood.check) is State.LIVE
    assert states(replace(fast, recent_times_ms=times[:9]), flood.check) is State.LIVE


def test_links() -> None:
    """Four links, or any from a new reader, wait; a source from a known one is noted with its span."""
    one = replace(PLAIN, body="See https://example.org/minutes for the figures.")
    found = links.check(one)
    assert [(f.weight, one.body[f.start : f.end]) for f in found] == [(Weight.NOTE, "https://example.org/minutes")]
    assert states(replace(one, live_count=0), links.check) is State.HELD
    assert states(replace(PLAIN, body="http://a.example " * 4), links.check) is State.HELD
    assert states(replace(TRUSTED, body="http://a.example " * 4), links.check) is State.LIVE
    assert links.check(PLAIN) == ()


def test_shouting() -> None:
    """Mostly capitals are noted, an abbreviation is not."""
    loud = "THIS BRIDGE IS A DISGRACE AND SOMEBODY SHOULD SAY SO"
    assert [f.weight for f in shouting.check(replace(PLAIN, body=loud))] == [Weight.NOTE]
    assert shouting.check(replace(PLAIN, body="The NHS and the BBC.")) == ()
