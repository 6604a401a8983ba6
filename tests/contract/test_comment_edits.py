"""What every comment store does about a text that is changed, on SQLite and on PostgreSQL."""

import asyncio
import dataclasses

import pytest

from moothall.discussion.edit_comment import edit_comment
from moothall.discussion.model import NO_PARENT, Draft, State
from moothall.discussion.post_comment import post_comment
from moothall.discussion.verdict import Context, Finding, Verdict, Weight
from moothall.kernel.errors import Conflict, EditWindowClosed, NotFound, NotYours
from moothall.kernel.limits import EDIT_WINDOW_MS
from moothall.store import ledger
from moothall.store.comment_state import set_state
from moothall.store.raw import rows
from moothall.store.tables import comment
from tests.contract.rows import kinds, row_of
from tests.newsroom.cast import Cast

pytestmark = pytest.mark.anyio


async def test_edit_keeps_the_earlier_text(cast: Cast) -> None:
    """An edit within its window changes the text, keeps the old one, and is told."""
    ada, bridge = cast.person("Ada Pell"), cast.story()
    posted = await cast.says(ada, bridge, "Frist.")
    cast.clock.move(1000)
    edited = await edit_comment(cast.parts, posted.id, ada, "First.")
    assert (edited.body, edited.revision, edited.edited_at_ms) == ("First.", 1, cast.clock())
    assert [r.body for r in await cast.comments.revisions(posted.id)] == ["Frist."]
    assert kinds(cast) == ["new", "edited"]
    cast.clock.move(EDIT_WINDOW_MS)
    with pytest.raises(EditWindowClosed):
        await edit_comment(cast.parts, posted.id, ada, "Too late.")


async def test_only_the_author_edits_and_one_edit_at_a_time(cast: Cast) -> None:
    """Another's comment is not there; of two edits of one revision the second is a conflict."""
    ada, ben, bridge = cast.person("Ada Pell"), cast.person("Ben Oake"), cast.story()
    posted = await cast.says(ada, bridge, "Mine.")
    with pytest.raises(NotYours):
        await edit_comment(cast.parts, posted.id, ben, "Yours.")
    results = await asyncio.gather(
        *(edit_comment(cast.parts, posted.id, ada, f"Version {n}.") for n in range(2)), return_exceptions=True
    )
    assert sum(isinstance(r, Conflict) for r in results) + row_of(cast, comment, posted.id)["revision"] == 2


async def test_a_moderator_who_was_faster_is_not_overruled(cast: Cast) -> None:
    """What was taken down while its author edited or withdrew it stays as the moderator left it."""
    ann, bridge = cast.person("Ann"), cast.story()
    made = await cast.says(ann, bridge, "First words")
    judge = cast.parts.judge

    async def held_meanwhile(context: Context) -> Verdict:
        cast.db.write_now(lambda tx: set_state(tx, made.id, State.HELD, at_ms=cast.clock()))
        return await judge(context)

    with pytest.raises(Conflict):
        await edit_comment(dataclasses.replace(cast.parts, judge=held_meanwhile), made.id, ann, "Second words")
    assert row_of(cast, comment, made.id)["state"] == State.HELD
    assert row_of(cast, comment, made.id)["body"] == "First words"
    cast.db.write_now(lambda tx: set_state(tx, made.id, State.REMOVED, at_ms=cast.clock(), rule="civil"))
    with pytest.raises(NotFound):
        await cast.comments.withdraw(made.id, ann, cast.clock())
    assert row_of(cast, comment, made.id)["removal_rule"] == "civil"


async def test_a_machine_decides_twice_in_a_millisecond(cast: Cast) -> None:
    """On one comment: each decision is logged, chained and explained under a number of its own."""
    ann, bridge = cast.person("Ann"), cast.story()

    async def says(state: State) -> Verdict:
        return Verdict(state, (Finding("words", Weight.HOLD, "civil"),))

    held = dataclasses.replace(cast.parts, judge=lambda _: says(State.HELD))
    refused = dataclasses.replace(cast.parts, judge=lambda _: says(State.REJECTED))
    made = await post_comment(held, Draft(bridge, ann, "First words", NO_PARENT, "one"))
    await edit_comment(refused, made.id, ann, "Second words")
    found = cast.db.read_now(lambda c: rows(c, "SELECT before, after, at_ms FROM decision ORDER BY before"))
    assert [tuple(one) for one in found] == [("", "held", cast.clock()), ("held", "rejected", cast.clock())]
    assert cast.db.read_now(ledger.verify) is None
