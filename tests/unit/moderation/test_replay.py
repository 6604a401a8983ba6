"""What is replayed is what would have happened."""

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from moothall.discussion.model import State
from moothall.discussion.verdict import Context, StoryTerms, Weight
from moothall.moderation.pipeline import Pipeline
from moothall.moderation.replay import Decided, Machine, Past, not_replayed
from moothall.moderation.standards import shipped
from moothall.moderation.standards_model import Finds, LinkLists, Outcome, Standards, WordList
from moothall.moderation.weigh import VERDICTS
from moothall.people.model import Account, AccountId, Role
from moothall.story.model import Discussion, Moderation, StoryId

STORY = StoryTerms(StoryId(1), "city", "en", True, None, Discussion.OPEN, None, Moderation.POST)
ADA = Account(AccountId(7), "Ada Pell", Role.READER, 0)
CUES = [("words", "rude"), ("words", ""), ("links", "many"), ("links", "first"), ("links", ""), ("flood", ""),
           ("often_rejected", "share"), ("new_author", "first"), ("shouting", ""), ("pre_moderation", "story"),
           ("length", "long"), ("repeated_text", "same")]  # fmt: skip

lines = st.lists(
    st.builds(
        lambda where, outcome, at_least: Finds(where[0], outcome, where[1], at_least),
        st.sampled_from(CUES),
        st.sampled_from(Outcome),
        st.sampled_from([0.0, 0.3, 0.5, 0.9, 2.0, 5.0, 7.0, 1500.0]),
    ),
    max_size=8,
)
documents = st.builds(
    lambda mine, theirs: replace(
        shipped(),
        finds=tuple(theirs),
        rules=(replace(shipped().rules[0], finds=tuple(mine)), *shipped().rules[1:]),
        words={"rude": WordList("en", ("nitwit*", "go away"))},
    ),
    lines,
    lines,
)
contexts = st.builds(
    lambda bits, **seen: Context(
        replace(STORY, moderation=seen["moderation"]),
        replace(ADA, role=seen["role"]),
        " ".join(bits) or "Quite.",
        1_000_000,
        recent_bodies=("Eleven months is optimistic, if you ask me and mine.",),
        recent_times_ms=tuple(range(1_000_000 - seen["recent"], 1_000_000)),
        live_count=seen["live"],
        rejected_count=seen["down"],
    ),
    st.lists(
        st.sampled_from(
            ["nitwit", "n1twits", "go away", "https://a.example",
             "THE BRIDGE IS A DISGRACE AND A SCANDAL, ALL OF IT!",
             "Eleven months is optimistic, if you ask me and mine.", "word " * 250]
        ),
        max_size=6,
    ),
    moderation=st.sampled_from(Moderation),
    role=st.sampled_from(Role),
    recent=st.integers(0, 12),
    live=st.integers(0, 6),
    down=st.integers(0, 6),
)  # fmt: skip


@given(context=contexts, then=documents, other=documents)
def test_replayed_and_live_verdicts_are_identical(context: Context, then: Standards, other: Standards) -> None:
    """Whatever was in force when a comment was judged, replaying others gives what they would have given."""
    live = Pipeline(in_force=lambda: other).judge(context)
    kept = Pipeline(in_force=lambda: then).judge(context)
    past = Past(1, tuple((f.phase, f.cue, f.value) for f in kept.findings), kept.state is not State.LIVE)
    weight, rule = Machine(other).weigh(past)
    assert VERDICTS[weight] is live.state
    assert rule in {f.rule for f in live.findings if f.weight is weight} | {None}
    rescanned = replace(past, body=context.body)
    if context.author.role in {Role.READER, Role.TRUSTED}:
        assert Machine(other, rescan=True).weigh(rescanned)[0] is weight


def pasts() -> list[Past]:
    flood, capitals = ("flood", "author", 12.0), ("shouting", "capitals", 0.9)
    return [
        Past(1, (flood,), True, Decided.DOWN),
        Past(2, (flood,), True, Decided.KEPT),
        Past(3, (flood,), True),
        Past(4, (capitals,), False, Decided.DOWN),
        Past(5, (("flood", "author", 6.0),), False, Decided.KEPT),
        Past(6, (), False),
    ]


def test_what_a_change_would_cost_and_catch() -> None:
    """Counts, precision among what people decided on, work a day, and examples of what changes."""
    spam = shipped().rules[6]
    strict = replace(shipped(), finds=(Finds("flood", Outcome.HOLD, "", 6.0),), rules=(shipped().rules[0],))
    machine = Machine(strict)
    machine.feed(pasts())
    result = machine.result(comments=60, days=2)
    assert (result.held_then, result.held, result.kept, result.down) == (3, 4, 2, 1)
    assert result.precision == 1 / 3
    assert result.extra_per_day == 0.5
    assert [one.comment_id for one in result.newly] == [5]
    loose = Machine(replace(shipped(), finds=(), rules=(replace(spam, finds=()),)))
    loose.feed(pasts())
    nothing = loose.result(comments=60, days=0)
    assert (nothing.held, nothing.precision) == (0, None)
    assert [one.comment_id for one in nothing.no_longer] == [1, 2, 3]
    assert [one.weight for one in nothing.no_longer] == [Weight.NOTE] * 3


def test_what_cannot_be_told_is_said() -> None:
    """Lists of hosts change what is found, and nothing that was kept says how."""
    assert not_replayed(shipped(), replace(shipped(), links=LinkLists(deny=("shop.example",)))) == ("links",)
    assert not_replayed(shipped(), replace(shipped(), finds=())) == ()
