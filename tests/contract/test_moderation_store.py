"""Queues, decisions and bans, on SQLite and on PostgreSQL."""

import pytest
from sqlalchemy import func, select

from moothall.discussion.model import Comment, ReportReason, State
from moothall.discussion.report_comment import report_comment
from moothall.kernel import page as cursors
from moothall.kernel.clock import to_rfc3339
from moothall.kernel.errors import Banned, Conflict, NotFound
from moothall.kernel.event import Event, EventKind
from moothall.kernel.limits import DAY_MS, QUEUE_PAGE
from moothall.moderation.decide import Act, Decision, DiscussionChange
from moothall.moderation.queue import Queue, QueuePage, wanted
from moothall.moderation.sanction import Ban
from moothall.people.model import AccountId, Role
from moothall.store.console import SqlConsole
from moothall.store.moderation import SqlModeration
from moothall.store.stories import SqlStories
from moothall.store.tables import comment, decision, report, story
from moothall.story.model import Discussion, Moderation, StoryId
from tests.newsroom.cast import Cast

pytestmark = pytest.mark.anyio
MO = AccountId(5)


class House:
    """One story, one reader, one moderator."""

    def __init__(self, cast: Cast) -> None:
        self.cast = cast
        self.moderation = SqlModeration(cast.db)
        self.console = SqlConsole(cast.db, cast.clock, cast.new_id)
        self.ada = cast.person("Ada Pell")
        self.mo = cast.person("Mo Lind", Role.MODERATOR)
        self.bridge = cast.story()
        self.told: list[Event] = []
        cast.db.listen(self.told.extend)

    async def says(self, body: str = "Eleven months is optimistic.", **fields) -> Comment:
        self.cast.clock.move(60_000)
        return await self.cast.says(fields.pop("by", self.ada), self.bridge, body, **fields)

    async def decide(self, on: Comment, act: Act, rule: str | None = None) -> State:
        number = self.cast.new_id()
        return await self.moderation.decide(Decision(number, on.id, MO, act, rule, "Note.", self.cast.clock()))

    async def queue(self, queue: Queue, after: cursors.Cursor | None) -> QueuePage:
        return await self.console.page(wanted(queue), after, self.mo)

    async def report(self, on: Comment, reporter: str, text: str = "") -> None:
        reason = ReportReason.ABUSE.value
        await report_comment(self.cast.parts, on.id, reporter=reporter, account_id=None, reason=reason, text=text)

    def row(self, on: Comment):
        wanted = select(comment).where(comment.c.id == on.id)
        return self.cast.db.read_now(lambda c: c.execute(wanted).mappings().one())

    def comment_count(self) -> int:
        return self.cast.db.read_now(lambda c: c.scalar(select(story.c.comment_count)) or 0)

    def log(self):
        return self.cast.db.read_now(lambda c: c.execute(select(decision).order_by(decision.c.id)).mappings().all())

    def kinds(self) -> list[EventKind]:
        kinds = [one.kind for one in self.told]
        self.told.clear()
        return kinds


@pytest.fixture
def house(cast: Cast) -> House:
    return House(cast)


async def test_a_removal_is_one_write(house: House) -> None:
    """State, rule, count, event and log together."""
    said = await house.says()
    house.kinds()
    assert await house.decide(said, Act.REMOVE, "civil") is State.REMOVED
    row = house.row(said)
    assert (row["state"], row["shown"], row["removal_rule"], house.comment_count()) == ("removed", 0, "civil", 0)
    assert house.kinds() == [EventKind.REMOVED]
    (logged,) = house.log()
    assert (logged["kind"], logged["actor_id"], logged["comment_id"], logged["account_id"]) == (
        "remove", MO, said.id, house.ada
    )  # fmt: skip
    assert (logged["rule"], logged["note"], logged["before"], logged["after"]) == (
        "civil",
        "Note.",
        "live",
        "removed",
    )


async def test_every_decision_can_be_taken_back(house: House) -> None:
    """Removed, restored, held, approved: the count is right after each, and the rule is forgotten."""
    said = await house.says()
    house.kinds()
    for act, rule, state, count, kinds in (
        (Act.REMOVE, "spam", "removed", 0, [EventKind.REMOVED]),
        (Act.APPROVE, None, "live", 1, [EventKind.NEW]),
        (Act.HOLD, None, "held", 0, [EventKind.REMOVED]),
        (Act.APPROVE, None, "live", 1, [EventKind.NEW]),
    ):
        assert await house.decide(said, act, rule) == state
        assert (house.row(said)["state"], house.comment_count(), house.kinds()) == (state, count, kinds)
    assert house.row(said)["removal_rule"] is None
    assert len(house.log()) == 4


async def test_the_same_decision_twice_stands_once(house: House) -> None:
    """A double click writes, tells and logs nothing; the first rule stands."""
    said = await house.says()
    await house.decide(said, Act.REMOVE, "spam")
    house.kinds()
    assert await house.decide(said, Act.REMOVE, "civil") is State.REMOVED
    assert (house.row(said)["removal_rule"], house.kinds(), len(house.log())) == ("spam", [], 1)


async def test_a_decision_settles_reports(house: House) -> None:
    """Also one that leaves the comment as it is; the same reader's second report counts no more."""
    said = await house.says()
    await house.report(said, "account:1", "Look.")
    await house.report(said, "account:2")
    assert (await house.console.counts(house.mo))[Queue.REPORTED] == 1
    house.kinds()
    assert await house.decide(said, Act.APPROVE) is State.LIVE
    assert (house.row(said)["report_count"], house.kinds(), len(house.log())) == (0, [], 1)
    assert (await house.queue(Queue.REPORTED, None)).waiting == ()
    settled = house.cast.db.read_now(lambda c: c.scalar(select(func.sum(report.c.settled))))
    assert settled == 2


async def test_what_was_answered_keeps_its_place(house: House) -> None:
    """Held and then removed, it is a stub over its reply; the reply stays counted."""
    said = await house.says()
    reply = await house.says("Nineteen, last time.", to=said.id)
    await house.decide(said, Act.HOLD)
    assert await house.decide(said, Act.REMOVE, "civil") is State.REMOVED
    assert (house.row(said)["shown"], house.row(said)["reply_count"], house.comment_count()) == (1, 1, 1)
    await house.decide(reply, Act.REMOVE, "civil")
    assert (house.row(said)["shown"], house.comment_count()) == (0, 0)


async def test_what_readers_saw_is_removed_not_rejected(house: House) -> None:
    """Held by a moderator first; what was held from the start is rejected."""
    seen = await house.says()
    await house.decide(seen, Act.HOLD)
    assert await house.decide(seen, Act.REMOVE, "topic") is State.REMOVED
    house.cast.db.write_now(lambda tx: tx.conn.execute(story.update().values(moderation="pre")))
    unseen = await house.says("I wait for a moderator.")
    assert unseen.state is State.HELD
    assert await house.decide(unseen, Act.REMOVE, "topic") is State.REJECTED


async def test_a_withdrawn_comment_takes_no_decision(house: House) -> None:
    """Nor one that is not there."""
    said = await house.says()
    house.cast.db.write_now(lambda tx: tx.conn.execute(comment.update().values(state="withdrawn", shown=0)))
    with pytest.raises(Conflict):
        await house.decide(said, Act.APPROVE)
    with pytest.raises(NotFound):
        await house.moderation.decide(Decision(1, type(said.id)(404), MO, Act.APPROVE, None, "", 1))
    assert house.log() == []


async def test_the_held_queue_is_oldest_first_and_paged(house: House) -> None:
    """Every held comment once, over pages, with what noticed it and what it answers."""
    first = await house.says()
    house.cast.db.write_now(lambda tx: tx.conn.execute(story.update().values(moderation="pre")))
    readers = [house.cast.person(f"Reader {n}") for n in range(QUEUE_PAGE + 3)]
    held = [await house.says(f"Comment {n}", by=who, to=first.id) for n, who in enumerate(readers)]
    page = await house.queue(Queue.HELD, None)
    assert [one.comment.id for one in page.waiting] == [one.id for one in held[:QUEUE_PAGE]]
    assert page.next_cursor
    rest = await house.queue(Queue.HELD, cursors.decode(page.next_cursor))
    assert [one.comment.id for one in rest.waiting] == [one.id for one in held[QUEUE_PAGE:]]
    assert rest.next_cursor is None
    one = page.waiting[0]
    assert "pre_moderation" in [finding.name for finding in one.findings]
    assert (one.story_headline, one.parent_html) == ("Old bridge to close", first.body_html)
    assert (one.author.live_count, one.author.taken_down_count) == (0, 0)
    assert (await house.console.counts(house.mo))[Queue.HELD] == QUEUE_PAGE + 3


async def test_the_reported_queue_starts_with_the_most(house: House) -> None:
    """Most reports first, of equal ones the newest; pages do not repeat or skip."""
    said = []
    for n in range(QUEUE_PAGE + 2):
        by = house.cast.person(f"Reader {n}")
        said.append(await house.says(f"Comment {n}", by=by))
        for reporter in range(1 + n % 3):
            await house.report(said[-1], f"account:{reporter}", "Look here.")
    wanted = sorted(said, key=lambda one: (-(1 + said.index(one) % 3), -one.id))
    page = await house.queue(Queue.REPORTED, None)
    rest = await house.queue(Queue.REPORTED, cursors.decode(page.next_cursor or ""))
    assert [one.comment.id for one in (*page.waiting, *rest.waiting)] == [one.id for one in wanted]
    assert [(one.name, one.detail) for one in page.waiting[0].reports] == [("abuse", "Look here.")] * 3


async def test_the_live_queue_is_newest_first(house: House) -> None:
    """And shows what is known of the author."""
    first = await house.says()
    await house.decide(first, Act.REMOVE, "civil")
    second, third = await house.says("One more."), await house.says("And another.")
    await house.moderation.ban(Ban(house.cast.new_id(), house.ada, MO, 99, "Insults.", 1))
    page = await house.queue(Queue.LIVE, None)
    assert [one.comment.id for one in page.waiting] == [third.id, second.id]
    known = page.waiting[0].author
    assert (known.live_count, known.taken_down_count, known.banned_until_ms) == (2, 1, 99)


async def test_waiting_comments_are_found_by_index(house: House) -> None:
    """A million comments that do not wait cost nothing."""
    if not house.cast.db.is_sqlite:
        pytest.skip("asks SQLite for its plan")
    from moothall.store.moderation_queue import _ORDERS, Asker, _query, _sql

    for queue, index in ((Queue.HELD, "ix_comment_waiting"), (Queue.REPORTED, "ix_comment_reported")):
        asked = wanted(queue)
        query = house.cast.db.read_now(lambda c, asked=asked: _query(c, asked, Asker(house.mo, 0)))
        sql = f"EXPLAIN QUERY PLAN {_sql(asked, query, _ORDERS[asked.order][0])}"
        args = (*query.args, 26)
        plan = house.cast.db.read_now(lambda c, sql=sql, args=args: c.exec_driver_sql(sql, args).all())
        assert index in str(plan)
        assert "TEMP B-TREE" not in str(plan)


async def test_a_ban_ends_by_itself_and_can_be_lifted(house: House) -> None:
    """A banned reader cannot post until its end; both acts are in the log."""
    until = house.cast.clock() + DAY_MS
    await house.moderation.ban(Ban(house.cast.new_id(), house.ada, MO, until, "Insults.", 1))
    with pytest.raises(Banned, match=r"Insults\."):
        await house.says()
    house.cast.clock.now_ms = until
    await house.says("I am back.")
    await house.moderation.ban(Ban(house.cast.new_id(), house.ada, MO, until + DAY_MS, "Again.", 2))
    await house.moderation.ban(Ban(house.cast.new_id(), house.ada, MO, None, "", 3))
    await house.says("And again.")
    assert [(one["kind"], one["note"], one["account_id"]) for one in house.log()] == [
        ("ban", "Insults.", house.ada), ("ban", "Again.", house.ada), ("unban", "", house.ada)
    ]  # fmt: skip


async def test_a_discussion_is_closed_and_opened_once(house: House) -> None:
    """Open pages hear of it, the log keeps it, and opening forgets the time at which it closed."""
    stories = SqlStories(house.cast.db, house.cast.clock)

    async def change(discussion: Discussion, moderation: Moderation = Moderation.POST) -> None:
        await house.moderation.set_discussion(
            DiscussionChange(house.cast.new_id(), house.bridge, MO, discussion, moderation, house.cast.clock())
        )

    await change(Discussion.CLOSED)
    await change(Discussion.CLOSED)
    assert (await stories.get(house.bridge)).discussion is Discussion.CLOSED
    assert house.kinds() == [EventKind.DISCUSSION]
    past = house.cast.clock() - 1
    house.cast.db.write_now(lambda tx: tx.conn.execute(story.update().values(discussion="open", closes_at_ms=past)))
    await change(Discussion.OPEN)
    assert (await stories.get(house.bridge)).closes_at_ms is None
    later = house.cast.clock() + DAY_MS
    house.cast.db.write_now(lambda tx: tx.conn.execute(story.update().values(closes_at_ms=later)))
    await change(Discussion.OPEN, Moderation.PRE)
    assert (await stories.get(house.bridge)).closes_at_ms == later
    assert [(one["kind"], one["before"], one["after"]) for one in house.log()] == [
        ("discussion", "open post", "closed post"),
        ("discussion", f"open post until {to_rfc3339(past)}", "open post"),
        ("discussion", f"open post until {to_rfc3339(later)}", f"open pre until {to_rfc3339(later)}"),
    ]
    with pytest.raises(NotFound):
        await house.moderation.set_discussion(
            DiscussionChange(1, StoryId(404), MO, Discussion.OPEN, Moderation.POST, 1)
        )
