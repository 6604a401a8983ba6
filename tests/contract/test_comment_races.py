"""What changes between the look and the write, and what an edit makes of what was seen."""

import dataclasses

import pytest

from moothall.discussion.edit_comment import edit_comment
from moothall.discussion.model import ReactionKind, Report, ReportReason, Sort, State
from moothall.discussion.port import Edit
from moothall.discussion.verdict import Context, Verdict
from moothall.kernel.errors import (
    Banned,
    DiscussionClosed,
    NotFound,
)
from moothall.kernel.limits import HOUR_MS
from moothall.moderation.decide import Act, Decision
from moothall.store.moderation import SqlModeration
from moothall.store.tables import account, story
from tests.contract.test_comment_store import row_of, update
from tests.newsroom.cast import Cast

pytestmark = pytest.mark.anyio


_MEANWHILE = {
    "banned": (Banned, {"edit", "react", "withdraw"}),
    "closed": (DiscussionClosed, {"edit"}),
    "off": (NotFound, {"edit", "react", "report"}),
    "taken back": (NotFound, {"edit", "react", "report"}),
}


@pytest.mark.parametrize("what", [*_MEANWHILE, "nothing"])
async def test_what_changed_between_the_look_and_the_write_counts(cast: Cast, what: str) -> None:
    """A ban, a closed or hidden discussion is looked at again where it is written."""
    ada, ben, bridge = cast.person("Ada Pell"), cast.person("Ben Oake"), cast.story()
    mine, hers = await cast.says(ben, bridge, "Mine."), await cast.says(ada, bridge, "Hers.")
    match what:
        case "banned":
            update(cast, account, ben, banned_until_ms=cast.clock() + HOUR_MS)
        case "taken back":
            update(cast, story, bridge, published=0)
        case "closed" | "off":
            update(cast, story, bridge, discussion=what)
    now_ms, store = cast.clock(), cast.comments
    told = Report(hers.id, ben, ReportReason.SPAM, "", now_ms)
    acts = {
        "edit": lambda: store.edit(Edit(mine.id, ben, 0, "New.", "<p>New.</p>", State.LIVE, (), now_ms)),
        "react": lambda: store.react(hers.id, ben, ReactionKind.RESPECT, now_ms),
        "report": lambda: store.report(told, f"account:{ben}"),
        "withdraw": lambda: store.withdraw(mine.id, ben, now_ms),
    }
    error, refused = _MEANWHILE.get(what, (NotFound, set()))
    for name, act in acts.items():
        if name in refused:
            with pytest.raises(error):
                await act()
        else:
            await act()


@pytest.mark.parametrize("answered", [True, False])
@pytest.mark.parametrize("held", [True, False])
async def test_a_text_that_readers_saw_is_removed_when_its_edit_is_refused(
    cast: Cast, answered: bool, held: bool
) -> None:
    """Never rejected: above its replies its place is kept.  One that nobody saw is rejected."""

    async def refuse(_context: Context) -> Verdict:
        return Verdict(State.REJECTED)

    ada, ben, bridge = cast.person("Ada Pell"), cast.person("Ben Oake"), cast.story()
    strict = dataclasses.replace(cast.parts, judge=refuse)
    posted = await cast.says(ada, bridge, "Fine words.")
    if answered:
        await cast.says(ben, bridge, "So they are.", to=posted.id)
    if held:
        hold = Decision(cast.new_id(), posted.id, ben, Act.HOLD, None, "", cast.clock())
        await SqlModeration(cast.db).decide(hold)
    edited = await edit_comment(strict, posted.id, ada, "Foul words.")
    assert edited.state is State.REMOVED
    page = await cast.comments.page(bridge, sort=Sort.OLDEST, limit=50)
    assert [node.comment.id for node in page.nodes] == [posted.id] * answered
    assert row_of(cast, story, bridge)["comment_count"] == int(answered)
    update(cast, story, bridge, moderation="pre")
    unseen = await cast.says(ben, bridge, "Other words.")
    cast.clock.move(1_000)
    assert (await edit_comment(strict, unseen.id, ben, "Foul words.")).state is State.REJECTED
