"""All phases run, one table decides, and what breaks holds."""

import asyncio

import pytest
from msgspec.structs import replace

from moothall.discussion.model import State
from moothall.discussion.verdict import Context, Finding, StoryTerms, Weight
from moothall.kernel.limits import MINUTE_MS
from moothall.moderation.means import Means, means_of
from moothall.moderation.phases import (
    CUES,
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
from moothall.moderation.pipeline import PHASES, Pipeline
from moothall.moderation.recent import Recent
from moothall.moderation.standards import shipped, shipped_text
from moothall.moderation.standards_model import Finds, LinkLists, Outcome, PreModeration, WordList
from moothall.moderation.standards_read import parse
from moothall.moderation.weigh import VERDICTS, Table, verdict_of
from moothall.people.model import Account, AccountId, Role
from moothall.story.model import Discussion, Moderation, StoryId

STORY = StoryTerms(StoryId(1), "city", "en", True, None, Discussion.OPEN, None, Moderation.POST)
ADA = Account(AccountId(7), "Ada Pell", Role.READER, 0)
PLAIN = Context(STORY, ADA, "Eleven months is optimistic.", 10_000_000, live_count=9)
TRUSTED = replace(PLAIN, author=replace(ADA, role=Role.TRUSTED))


TABLE = Table(shipped())


def means(**changed: object) -> Means:
    return means_of(replace(shipped(), **changed), Recent())


def states(context: Context, phase) -> State:
    return TABLE.verdict(phase(context, means())).state


def test_a_plain_comment_is_live() -> None:
    """No phase finds anything in an ordinary comment."""
    assert asyncio.run(Pipeline()(PLAIN)).state is State.LIVE
    names = {phase.__module__.rpartition(".")[2] for phase in PHASES}
    assert len(names) == len(PHASES)
    assert names <= CUES.keys()


@pytest.mark.parametrize("weight", list(Weight))
def test_the_heaviest_finding_decides(weight: Weight) -> None:
    """The verdict is the table's entry for the heaviest finding, in any order."""
    lighter = [Finding("a", w) for w in Weight if list(Weight).index(w) <= list(Weight).index(weight)]
    assert verdict_of(lighter).state is VERDICTS[weight]
    assert verdict_of(lighter[::-1]).state is VERDICTS[weight]


def test_a_broken_phase_holds_and_the_others_still_run() -> None:
    """A phase that raises leaves a finding that holds; the findings of the rest are kept."""

    def broken(*_: object) -> list[Finding]:
        raise RuntimeError("no model")

    def noting(*_: object) -> list[Finding]:
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
    found = links.check(one, means())
    assert [(f.cue, one.body[f.start : f.end]) for f in found] == [("link", "https://example.org/minutes")]
    assert states(one, links.check) is State.LIVE
    assert states(replace(one, live_count=0), links.check) is State.HELD
    assert states(replace(PLAIN, body="http://a.example " * 4), links.check) is State.HELD
    assert states(replace(TRUSTED, body="http://a.example " * 4), links.check) is State.LIVE
    assert links.check(PLAIN, means()) == ()


def test_shouting() -> None:
    """Mostly capitals are noted, an abbreviation is not."""
    loud = "THIS BRIDGE IS A DISGRACE AND SOMEBODY SHOULD SAY SO"
    assert [f.value > 0.9 for f in shouting.check(replace(PLAIN, body=loud), means())] == [True]
    assert states(replace(PLAIN, body=loud), shouting.check) is State.LIVE
    assert shouting.check(replace(PLAIN, body="The NHS and the BBC."), means()) == ()


def test_link_lists() -> None:
    """A denied host and all beneath it are told, an allowed one is not, whatever else stands in the address."""
    known = means(links=LinkLists(allow=("council.example",), deny=("shop.example",)))
    found = links.check(
        replace(PLAIN, body="https://council.example/x http://a@Sale.SHOP.example:80/y http://myshop.example"),
        known,
    )
    assert [f.cue for f in found] == ["denied", "link"]


def test_pre_moderation_of_a_site_and_of_sections() -> None:
    """The standards may name sections, or the whole site; the trusted pass."""
    section = means(pre_moderate=PreModeration(sections=("city",)))
    site = means(pre_moderate=PreModeration(site=True))
    assert [f.cue for f in pre_moderation.check(PLAIN, section)] == ["section"]
    assert [f.cue for f in pre_moderation.check(PLAIN, site)] == ["site"]
    assert pre_moderation.check(TRUSTED, site) == ()
    assert pre_moderation.check(replace(PLAIN, story=replace(STORY, section="sport")), section) == ()


def test_words() -> None:
    """Each entry found has its list's name and its span; staff may name what they discuss."""
    listed = means(words={"rude": WordList("en", ("booby",))})
    context = replace(PLAIN, body="You b00by, sir.")
    assert [(f.cue, f.start, f.end) for f in words.check(context, listed)] == [("rude", 4, 9)]
    assert words.check(replace(context, author=replace(ADA, role=Role.MODERATOR)), listed) == ()


LONG = "The council says eleven months and means eighteen, as with the library and the baths before it."
ALMOST = LONG.replace("says", "promises").replace("baths", "market")


def near(context: Context, author_id: int) -> list[str]:
    known = means()
    known.recent.add(1, story_id=9, author_id=author_id, body=LONG, at_ms=PLAIN.now_ms - 1000)
    return [f.cue for f in near_duplicate.check(context, known)]


def test_near_duplicate() -> None:
    """Somebody else's text with some words changed is found, and one's own; another text is not."""
    copied = replace(PLAIN, body=ALMOST)
    assert near(copied, 8) == ["others"]
    assert near(copied, 7) == ["own"]
    assert near(replace(copied, is_edit=True), 7) == []
    assert (
        near(
            replace(PLAIN, body="I would rather have the ferry back, which never once was late in forty years."), 8
        )
        == []
    )
    assert near(replace(copied, now_ms=PLAIN.now_ms + 25 * 60 * MINUTE_MS), 8) == []


def test_an_answer_that_quotes_is_no_copy() -> None:
    """What stands behind a quotation mark at a line's start is not the author's."""
    answer = replace(PLAIN, body=f"> {LONG}\n\nAnd who pays the shops on the far side while they wait, may I ask?")
    assert near(answer, 8) == []


def test_burst() -> None:
    """A rush beneath one story is noted, not beneath another; the old ones do not count."""
    known = means()
    for n in range(50):
        known.recent.add(n, story_id=1, author_id=n, body="Yes!", at_ms=PLAIN.now_ms - n)
    assert [f.value for f in burst.check(PLAIN, known)] == [50.0]
    assert burst.check(replace(PLAIN, story=replace(STORY, id=StoryId(2))), known) == ()
    assert burst.check(replace(PLAIN, now_ms=PLAIN.now_ms + 6 * MINUTE_MS), known) == ()


def test_what_is_remembered_is_bounded() -> None:
    """The oldest go first, and what led to them goes with them."""
    recent = Recent(most=3)
    for n in range(9):
        recent.add(n, story_id=1, author_id=n, body=f"{LONG} {n} {chr(97 + n) * 40}", at_ms=n)
    assert len(recent) == 3
    assert {key for held in recent._by_key.values() for key in held} == {6, 7, 8}


def test_authors_and_lengths() -> None:
    """First comments, habits and long texts are measured; with fewer comments nothing is said of a habit."""
    assert new_author.check(replace(PLAIN, live_count=0), means())
    assert not new_author.check(PLAIN, means())
    assert [f.value for f in often_rejected.check(replace(PLAIN, live_count=3, rejected_count=3), means())] == [0.5]
    assert not often_rejected.check(replace(PLAIN, live_count=2, rejected_count=1), means())
    assert states(replace(PLAIN, live_count=3, rejected_count=3), often_rejected.check) is State.HELD
    assert [f.value for f in length.check(replace(PLAIN, body="a" * 1200), means())] == [1200.0]
    assert (
        states(replace(PLAIN, story=replace(STORY, discussion=Discussion.CLOSED)), story_open.check) is State.HELD
    )


def test_the_table_takes_the_heaviest_line() -> None:
    """Among the lines that a finding meets; below every threshold it is a note without a rule."""
    lines = """
[[rule.finds]]
phase = "classifier"
cue = "insult"
at_least = 0.7
outcome = "nudge"
[[rule.finds]]
phase = "classifier"
cue = "insult"
at_least = 0.9
outcome = "reject"
"""
    source = shipped_text().replace('[[rule]]\nkey = "hate"', f'{lines}\n[[rule]]\nkey = "hate"', 1)
    table = Table(parse(source))
    weighed = [table.weigh(Finding("classifier", cue="insult", value=v)) for v in (0.5, 0.7, 0.95)]
    assert [(f.weight, f.rule) for f in weighed] == [
        (Weight.NOTE, None),
        (Weight.NUDGE, "civil"),
        (Weight.REJECT, "civil"),
    ]
    assert table.verdict(weighed[:2]).nudge == weighed[1]
    assert table.verdict(weighed).nudge is None


def test_what_broke_always_holds() -> None:
    """No standards can publish unseen what a judge could not judge."""
    table = Table(replace(shipped(), finds=(Finds("judge", Outcome.PUBLISH),)))
    for cue in ("failed", "late", "nonsense"):
        assert table.verdict([Finding("judge", cue=cue)]).state is State.HELD
    assert table.verdict([Finding("judge", cue="ours")]).state is State.LIVE


def test_new_standards_are_judged_by_at_once() -> None:
    """The pipeline makes its tables anew when other standards are in force."""
    now = [shipped()]
    judge = Pipeline(in_force=lambda: now[0])
    assert judge.judge(PLAIN).state is State.LIVE
    now[0] = replace(shipped(), pre_moderate=PreModeration(site=True))
    assert judge.judge(PLAIN).state is State.HELD
