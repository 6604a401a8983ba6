"""What every comment store keeps, on SQLite and on PostgreSQL."""

import asyncio

import pytest
from sqlalchemy import func, select

from moothall.discussion.model import ReactionKind, Sort, State
from moothall.discussion.react import react
from moothall.discussion.report_comment import report_comment
from moothall.discussion.withdraw_comment import withdraw_comment
from moothall.kernel import page as cursors
from moothall.kernel.errors import (
    Banned,
    Blocked,
    BodyEmpty,
    BodyTooLong,
    DiscussionClosed,
    KeyReused,
    NotFound,
    OwnComment,
    ParentForeign,
    ParentGone,
    ReasonUnknown,
    StoryEmbargoed,
)
from moothall.kernel.event import Event, EventKind
from moothall.kernel.limits import HOUR_MS
from moothall.people.model import Account, Role
from moothall.store.comment_state import set_state
from moothall.store.tables import account, block, comment, report, story
from moothall.store.tx import Tx
from tests.contract.rows import kinds, row_of, update
from tests.newsroom.cast import Cast

pytestmark = pytest.mark.anyio


async def reader(cast: Cast, person: int) -> Account:
    from moothall.store.comment_context import author

    return await cast.db.read(lambda c: author(c, person))


async def test_a_comment_is_live_counted_and_told(cast: Cast) -> None:
    """A posted comment is live, counted once on its story, and told once."""
    told: list[Event] = []
    cast.db.listen(told.extend)
    ada, bridge = cast.person("Ada Pell"), cast.story()
    posted = await cast.says(ada, bridge, "Eleven months is *optimistic*.")
    assert posted.state is State.LIVE
    assert posted.body_html == "<p>Eleven months is <em>optimistic</em>.</p>"
    assert posted.author.display_name == "Ada Pell"
    counted = row_of(cast, story, bridge)
    assert (counted["comment_count"], counted["newest_comment"]) == (1, posted.id)
    assert counted["version"] == told[0].seq
    assert [(e.kind, e.story_id, e.comment_id) for e in told] == [(EventKind.NEW, bridge, posted.id)]


async def test_the_same_key_gives_the_first_answer(cast: Cast) -> None:
    """Ten posts with one key at once make one comment, and all get it."""
    ada, bridge = cast.person("Ada Pell"), cast.story()
    answers = await asyncio.gather(*(cast.says(ada, bridge, "Once.", key="k") for _ in range(10)))
    assert len({a.id for a in answers}) == 1
    assert row_of(cast, story, bridge)["comment_count"] == 1
    assert kinds(cast) == ["new"]


async def test_a_key_stands_for_one_text(cast: Cast) -> None:
    """The same key with another text is refused and changes nothing."""
    ada, bridge = cast.person("Ada Pell"), cast.story()
    await cast.says(ada, bridge, "First.", key="k")
    with pytest.raises(KeyReused):
        await cast.says(ada, bridge, "Second.", key="k")
    assert row_of(cast, story, bridge)["comment_count"] == 1


async def test_two_authors_may_use_one_key(cast: Cast) -> None:
    """A key belongs to its author."""
    ada, ben, bridge = cast.person("Ada Pell"), cast.person("Ben Oake"), cast.story()
    first = await cast.says(ada, bridge, "Mine.", key="k")
    second = await cast.says(ben, bridge, "Mine too.", key="k")
    assert first.id != second.id


@pytest.mark.parametrize(
    ("body", "error"),
    [("", BodyEmpty), (" \n\t ", BodyEmpty), ("\u200b\u2060\u202e", BodyEmpty), ("x" * 2001, BodyTooLong)],
)
async def test_bodies_that_are_refused(cast: Cast, body: str, error: type[Exception]) -> None:
    """Nothing to see and too much to read are refused; a good one passes the same way."""
    ada, bridge = cast.person("Ada Pell"), cast.story()
    with pytest.raises(error):
        await cast.says(ada, bridge, body)
    await cast.says(ada, bridge, "x" * 2000)
    assert row_of(cast, story, bridge)["comment_count"] == 1


@pytest.mark.parametrize(
    ("fields", "error"),
    [
        ({"discussion": "closed"}, DiscussionClosed),
        ({"discussion": "off"}, NotFound),
        ({"closes_at_ms": 1}, DiscussionClosed),
        ({"embargo_until_ms": 1 << 52}, NotFound),
        ({"published": 0}, NotFound),
    ],
)
async def test_stories_that_take_no_comments(cast: Cast, fields: dict, error: type[Exception]) -> None:
    """Closed says so; embargoed and unpublished look as if they were not there."""
    ada, bridge = cast.person("Ada Pell"), cast.story(**fields)
    with pytest.raises(error):
        await cast.says(ada, bridge, "Hello.")


async def test_an_editor_is_told_of_the_embargo(cast: Cast) -> None:
    """Who may publish may know of an embargo."""
    eve = cast.person("Eve Marsh", Role.EDITOR)
    with pytest.raises(StoryEmbargoed):
        await cast.says(eve, cast.story(embargo_until_ms=1 << 52), "Hello.")


async def test_replies_nest_and_count(cast: Cast) -> None:
    """A reply knows its parent, its root and its depth, and its parent counts it."""
    ada, bridge = cast.person("Ada Pell"), cast.story()
    root = await cast.says(ada, bridge, "Root.")
    first = await cast.says(ada, bridge, "First reply.", to=root.id)
    second = await cast.says(ada, bridge, "Reply to the reply.", to=first.id)
    assert (second.parent_id, second.root_id, second.depth) == (first.id, root.id, 2)
    assert row_of(cast, comment, root.id)["reply_count"] == 1
    assert row_of(cast, story, bridge)["comment_count"] == 3


async def test_parents_that_cannot_be_answered(cast: Cast) -> None:
    """Missing, withdrawn, foreign and blocking parents each have their own error."""
    ada, ben = cast.person("Ada Pell"), cast.person("Ben Oake")
    bridge, ferry = cast.story(), cast.story("Ferry timetable")
    root = await cast.says(ada, bridge, "Root.")
    with pytest.raises(ParentGone):
        await cast.says(ben, bridge, "To nobody.", to=12345)
    with pytest.raises(ParentForeign):
        await cast.says(ben, ferry, "Elsewhere.", to=root.id)
    cast.db.write_now(
        lambda tx: tx.conn.execute(block.insert(), {"account_id": ada, "blocked_id": ben, "at_ms": 1})
    )
    with pytest.raises(Blocked):
        await cast.says(ben, bridge, "Blocked.", to=root.id)
    await withdraw_comment(cast.parts, root.id, await reader(cast, ada))
    with pytest.raises(ParentGone):
        await cast.says(ada, bridge, "Too late.", to=root.id)


async def test_a_banned_author_cannot_post_until_the_ban_ends(cast: Cast) -> None:
    """A ban refuses with its reason, and ends by itself."""
    ada, bridge = cast.person("Ada Pell"), cast.story()
    update(cast, account, ada, banned_until_ms=cast.clock() + HOUR_MS, ban_reason="Rule 2")
    with pytest.raises(Banned, match="Rule 2"):
        await cast.says(ada, bridge, "Hello.")
    cast.clock.move(HOUR_MS)
    assert (await cast.says(ada, bridge, "Hello.")).state is State.LIVE


async def test_pre_moderation_holds_and_tells_nobody(cast: Cast) -> None:
    """Held is neither counted nor told; a trusted reader is live at once."""
    ada, tom = cast.person("Ada Pell"), cast.person("Tom Reed", Role.TRUSTED)
    bridge = cast.story(moderation="pre")
    held = await cast.says(ada, bridge, "Please look.")
    assert held.state is State.HELD
    assert row_of(cast, story, bridge)["comment_count"] == 0
    assert kinds(cast) == []
    assert [c.id for c in await cast.comments.waiting_of(bridge, ada)] == [held.id]
    assert (await cast.says(tom, bridge, "Hello.")).state is State.LIVE


async def test_a_held_comment_shows_once_approved(cast: Cast) -> None:
    """An approved comment is counted and told when it becomes live, not before."""
    ada, bridge = cast.person("Ada Pell"), cast.story(moderation="pre")
    held = await cast.says(ada, bridge, "Please look.")
    cast.db.write_now(lambda tx: set_state(tx, held.id, State.LIVE, at_ms=1))
    assert row_of(cast, story, bridge)["comment_count"] == 1
    assert [c.id for c in await cast.comments.live_since(bridge, seq=0, limit=9)] == [held.id]


async def test_withdrawn_without_replies_is_gone_with_replies_a_stub(cast: Cast) -> None:
    """A withdrawn comment leaves the page, or leaves its place when it was answered."""
    ada, ben, bridge = cast.person("Ada Pell"), cast.person("Ben Oake"), cast.story()
    alone = await cast.says(ada, bridge, "Alone.")
    asked = await cast.says(ada, bridge, "Answered.")
    reply = await cast.says(ben, bridge, "Reply.", to=asked.id)
    me = await reader(cast, ada)
    for one in (alone, asked):
        assert (await withdraw_comment(cast.parts, one.id, me)).state is State.WITHDRAWN
    page = await cast.comments.page(bridge, sort=Sort.OLDEST, limit=50)
    assert [n.comment.id for n in page.nodes] == [asked.id]
    assert row_of(cast, story, bridge)["comment_count"] == 1
    await withdraw_comment(cast.parts, reply.id, await reader(cast, ben))
    assert (await cast.comments.page(bridge, sort=Sort.OLDEST, limit=50)).nodes == ()


async def test_a_stub_chain_goes_and_comes_back(cast: Cast) -> None:
    """The last live leaf carries every stub above it, away and back."""
    ada, bridge = cast.person("Ada Pell"), cast.story()
    root = await cast.says(ada, bridge, "Root.")
    middle = await cast.says(ada, bridge, "Middle.", to=root.id)
    leaf = await cast.says(ada, bridge, "Leaf.", to=middle.id)

    def turn(key: int, state: State) -> None:
        cast.db.write_now(lambda tx: set_state(tx, key, state, at_ms=1))

    turn(root.id, State.REMOVED)
    turn(middle.id, State.REMOVED)
    turn(leaf.id, State.REMOVED)
    assert (await cast.comments.page(bridge, sort=Sort.NEWEST, limit=50)).nodes == ()
    turn(leaf.id, State.LIVE)
    page = await cast.comments.page(bridge, sort=Sort.NEWEST, limit=50)
    assert page.nodes[0].comment.id == root.id
    assert page.nodes[0].replies[0].replies[0].comment.id == leaf.id
    assert row_of(cast, comment, root.id)["reply_count"] == 1


async def test_reactions_count_each_reader_once(cast: Cast) -> None:
    """Set, repeat, change, take back: the counts are those of distinct readers."""
    ada, bridge = cast.person("Ada Pell"), cast.story()
    readers = [await reader(cast, cast.person(f"Reader {n}")) for n in range(3)]
    posted = await cast.says(ada, bridge, "A thought.")
    for one in readers:
        await react(cast.parts, posted.id, one, ReactionKind.RESPECT)
    await react(cast.parts, posted.id, readers[0], ReactionKind.RESPECT)
    changed = await react(cast.parts, posted.id, readers[1], ReactionKind.DISAGREE)
    assert (changed.respect, changed.disagree, changed.my_reaction) == (2, 1, ReactionKind.DISAGREE)
    after = await react(cast.parts, posted.id, readers[2], None)
    assert (after.respect, after.disagree, after.my_reaction) == (1, 1, None)
    assert kinds(cast).count("reactions") == 5
    with pytest.raises(OwnComment):
        await react(cast.parts, posted.id, await reader(cast, ada), ReactionKind.RESPECT)


async def test_reports_are_kept_once_a_reporter(cast: Cast) -> None:
    """A second report of one reader replaces the first; an unknown reason is refused."""
    ada, ben, bridge = cast.person("Ada Pell"), cast.person("Ben Oake"), cast.story()
    posted = await cast.says(ada, bridge, "A thought.")

    async def tell(reason: str) -> None:
        await report_comment(cast.parts, posted.id, reporter=str(ben), account_id=ben, reason=reason, text=" x ")

    await tell("spam")
    await tell("abuse")
    with pytest.raises(ReasonUnknown):
        await tell("boring")
    kept = cast.db.read_now(lambda c: c.execute(select(report.c.reason, report.c.text)).all())
    assert kept == [("abuse", "x")]
    assert row_of(cast, comment, posted.id)["report_count"] == 1


@pytest.mark.parametrize("sort", list(Sort))
async def test_paging_meets_every_root_once_in_order(cast: Cast, sort: Sort) -> None:
    """Pages by cursor show every thread exactly once and in order, also when some tie."""
    ada, bridge = cast.person("Ada Pell", Role.MODERATOR), cast.story()
    readers = [await reader(cast, cast.person(f"Reader {n}")) for n in range(3)]
    for n in range(23):
        cast.clock.move(1000)
        posted = await cast.says(ada, bridge, f"Thought number {n}.")
        for one in readers[: n % 4]:
            await react(cast.parts, posted.id, one, ReactionKind.RESPECT)
        for _ in range(n % 3):
            await cast.says(ada, bridge, f"Answer to {n} and {_}.", to=posted.id)
    met, cursor = [], None
    while True:
        page = await cast.comments.page(bridge, sort=sort, after=cursor, limit=7)
        met += [n.comment for n in page.nodes]
        if page.next_cursor is None:
            break
        cursor = cursors.decode(page.next_cursor)
    key = {
        Sort.NEWEST: lambda c: -c.id,
        Sort.OLDEST: lambda c: c.id,
        Sort.REPLIES: lambda c: (-c.reply_count, -c.id),
        Sort.RESPECTED: lambda c: (-c.score, -c.id),
    }[sort]
    assert len(met) == len({c.id for c in met}) == 23
    assert met == sorted(met, key=key)


async def test_folded_replies_open_to_the_rest(cast: Cast) -> None:
    """Beyond the first replies the rest follow by their cursor, none twice."""
    ada, bridge = cast.person("Ada Pell", Role.MODERATOR), cast.story()
    root = await cast.says(ada, bridge, "Root.")
    made = [await cast.says(ada, bridge, f"Reply {n}.", to=root.id) for n in range(9)]
    node = (await cast.comments.page(bridge, sort=Sort.NEWEST, limit=50)).nodes[0]
    assert node.more == 9 - len(node.replies) > 0
    after = cursors.decode(node.more_cursor or "")
    rest = await cast.comments.replies(node.comment, sort=Sort.NEWEST, after=after)
    assert [n.comment.id for n in node.replies + rest.nodes] == [c.id for c in made]
    assert rest.nodes[0].comment.parent_author == "Ada Pell"


async def test_visits_never_turn_back(cast: Cast) -> None:
    """New since the last visit counts what came after the newest comment seen."""
    ada, bridge = cast.person("Ada Pell"), cast.story()
    first = await cast.says(ada, bridge, "One.")
    second = await cast.says(ada, bridge, "Two.")
    assert await cast.comments.seen(ada, bridge) == (0, 0)
    await cast.comments.visit(ada, bridge, first.id, 1)
    assert await cast.comments.seen(ada, bridge) == (first.id, 1)
    await cast.comments.visit(ada, bridge, second.id, 2)
    await cast.comments.visit(ada, bridge, first.id, 3)
    assert await cast.comments.seen(ada, bridge) == (second.id, 0)


async def test_a_failing_command_fails_alone(cast: Cast) -> None:
    """One bad command in a group is undone by itself; the others are kept."""
    ada, bridge = cast.person("Ada Pell"), cast.story()

    def bad(tx: Tx) -> None:
        tx.emit(EventKind.NEW, story_id=1, at_ms=1)
        raise ValueError("no")

    results = await asyncio.gather(
        *(cast.says(ada, bridge, f"Thought {n}.") for n in range(5)),
        *(cast.db.write(bad) for _ in range(5)),
        return_exceptions=True,
    )
    assert sum(isinstance(r, ValueError) for r in results) == 5
    count = cast.db.read_now(lambda c: c.scalar(select(func.count()).select_from(comment)))
    assert count == row_of(cast, story, bridge)["comment_count"] == len(kinds(cast)) == 5
