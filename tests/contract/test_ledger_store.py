"""Ledger, statements and undoing, on SQLite and on PostgreSQL."""

import pytest
from sqlalchemy import func, select

from moothall.discussion.model import Comment, ReportReason, State
from moothall.discussion.report_comment import report_comment
from moothall.kernel.errors import Conflict, NotFound
from moothall.moderation.decide import Act, Decision, Undo
from moothall.moderation.ledger import Bad, Root
from moothall.moderation.statement import Restriction, Source, Statement
from moothall.people.model import AccountId
from moothall.store import ledger, moderation_writes, statements, undo
from moothall.store.tables import comment, decision, report, story
from moothall.store.tables import ledger as ledger_table
from tests.newsroom.cast import Cast

pytestmark = pytest.mark.anyio
MO = AccountId(5)


class House:
    """One story, one reader, one moderator."""

    def __init__(self, cast: Cast) -> None:
        self.cast = cast
        self.ada = cast.person("Ada Pell")
        self.bridge = cast.story()

    async def says(self, body: str = "Eleven months is optimistic.", **fields) -> Comment:
        self.cast.clock.move(60_000)
        return await self.cast.says(self.ada, self.bridge, body, **fields)

    def decide(self, on: Comment, act: Act, rule: str | None = None) -> int:
        made = Decision(self.cast.new_id(), on.id, MO, act, rule, "Note.", self.cast.clock())
        self.cast.db.write_now(lambda tx: moderation_writes.decide(tx, made))
        return made.id

    def undo(self, decision_id: int) -> State:
        wanted = Undo(self.cast.new_id(), decision_id, MO, self.cast.clock())
        return self.cast.db.write_now(lambda tx: undo.undo(tx, wanted))

    def statement(self, decision_id: int) -> Statement:
        return self.cast.db.read_now(lambda c: statements.get(c, decision_id))

    def standing(self, on: Comment) -> Statement | None:
        return self.cast.db.read_now(lambda c: statements.standing(c, on.id))

    def counts(self) -> tuple[int, int]:
        """Decisions and entries."""
        one, other = select(func.count()).select_from(decision), select(func.count()).select_from(ledger_table)
        return self.cast.db.read_now(lambda c: (c.scalar(one) or 0, c.scalar(other) or 0))

    def verify(self, published: tuple[Root, ...] = ()) -> Bad | None:
        return self.cast.db.read_now(lambda c: ledger.verify(c, published))

    def picture(self):
        """All that a decision may change, and an undo must bring back."""
        chosen = select(comment.c.id, comment.c.state, comment.c.shown, comment.c.reply_count,
                        comment.c.report_count, comment.c.removal_rule).order_by(comment.c.id)  # fmt: skip
        reports = select(report.c.comment_id, report.c.reporter, report.c.settled).order_by(report.c.reporter)
        count = select(story.c.comment_count)
        return self.cast.db.read_now(
            lambda c: tuple(tuple(map(tuple, c.execute(q))) for q in (chosen, reports, count))
        )


@pytest.fixture
def house(cast: Cast) -> House:
    return House(cast)


async def test_a_removal_is_explained_and_chained(house: House) -> None:
    """One decision, one entry, one statement with its rule and note; the entry names nobody."""
    said = await house.says()
    made = house.decide(said, Act.REMOVE, "civil")
    owed = house.statement(made)
    assert (owed.account_id, owed.comment_id, owed.restriction) == (house.ada, said.id, Restriction.REMOVED)
    assert (owed.reasons.rule, owed.reasons.note, owed.reasons.found_by_machine) == ("civil", "Note.", False)
    assert house.counts() == (1, 1)
    receipt = house.cast.db.read_now(lambda c: ledger.receipt_of(c, made))
    assert receipt is not None
    entry = house.cast.db.read_now(lambda c: ledger.entry(c, receipt.seq))
    assert entry is not None
    assert entry.hash == receipt.hash
    assert '"after":"removed"' in entry.payload
    assert "Note." not in entry.payload
    assert house.verify() is None


async def test_what_a_phase_holds_is_explained_too(house: House) -> None:
    """As found and decided by a machine; approval ends the statement."""
    house.cast.db.write_now(lambda tx: tx.conn.execute(story.update().values(moderation="pre")))
    said = await house.says()
    owed = house.standing(said)
    assert said.state is State.HELD
    assert owed is not None
    assert (owed.restriction, owed.reasons.decided_by_machine) == (Restriction.HELD, True)
    assert owed.reasons.phases == ("pre_moderation",)
    assert house.counts() == (1, 1)
    house.decide(said, Act.APPROVE)
    assert house.standing(said) is None
    assert house.statement(owed.id).ended_at_ms == house.cast.clock()


async def test_what_is_live_owes_nothing(house: House) -> None:
    """A comment that nobody restricts makes neither entry nor statement."""
    await house.says()
    assert house.counts() == (0, 0)
    assert house.verify() is None


async def test_an_undo_brings_everything_back(house: House) -> None:
    """State, counters, rule, reports; the statement ends and the log has both."""
    said = await house.says()
    await house.says("Nineteen.", to=said.id)
    for reporter in ("account:1", "account:2"):
        await report_comment(
            house.cast.parts, said.id, reporter=reporter, account_id=None, reason=ReportReason.ABUSE.value, text=""
        )
    before = house.picture()
    made = house.decide(said, Act.REMOVE, "civil")
    assert house.picture() != before
    assert house.statement(made).reasons.source is Source.REPORT
    assert house.undo(made) is State.LIVE
    assert house.picture() == before
    assert house.standing(said) is None
    assert house.counts() == (2, 2)
    assert house.verify() is None
    with pytest.raises(Conflict):
        house.undo(made)


async def test_undoing_an_approval_restores_the_first_statement(house: House) -> None:
    """The restriction that stands again is explained by what explained it before."""
    house.cast.db.write_now(lambda tx: tx.conn.execute(story.update().values(moderation="pre")))
    said = await house.says()
    first = house.standing(said)
    made = house.decide(said, Act.APPROVE)
    assert house.undo(made) is State.HELD
    assert house.standing(said) == first


async def test_only_what_stands_is_undone(house: House) -> None:
    """Not a decision with a later one on top; the later one is undone first, then the earlier."""
    said = await house.says()
    first = house.decide(said, Act.HOLD)
    second = house.decide(said, Act.REMOVE, "topic")
    with pytest.raises(Conflict):
        house.undo(first)
    with pytest.raises(NotFound):
        house.undo(404)
    assert house.undo(second) is State.HELD
    assert house.standing(said) is not None
    assert house.undo(first) is State.LIVE
    assert house.standing(said) is None


async def test_the_owner_of_the_database_is_found_out(house: House) -> None:
    """A changed entry is named; a chain cut at its end is missed; a kept root finds one written anew."""
    for n in range(3):
        house.decide(await house.says(f"Number {n}."), Act.HOLD)
    kept = house.cast.db.read_now(ledger.roots)
    assert house.verify(kept) is None
    change = ledger_table.update().where(ledger_table.c.seq == 2).values(kind="approve")
    house.cast.db.write_now(lambda tx: tx.conn.execute(change))
    assert house.verify() == Bad(2, "hash")
    house.cast.db.write_now(lambda tx: tx.conn.execute(change.values(kind="hold")))
    house.cast.db.write_now(lambda tx: tx.conn.execute(ledger_table.delete().where(ledger_table.c.seq == 3)))
    assert house.verify() == Bad(3, "root")


async def test_an_erased_opening_leaves_the_chain_whole(house: House) -> None:
    """What an entry sealed cannot be opened any more, and the chain is as it was."""
    made = house.decide(await house.says(), Act.HOLD)
    receipt = house.cast.db.read_now(lambda c: ledger.receipt_of(c, made))
    assert receipt is not None
    opened = house.cast.db.read_now(lambda c: ledger.opening(c, receipt.seq, house.ada))
    assert opened is not None
    assert opened[1]["note"] == "Note."
    assert house.cast.db.write_now(lambda tx: ledger.forget(tx, house.ada)) == 1
    assert house.cast.db.read_now(lambda c: ledger.opening(c, receipt.seq, house.ada)) is None
    assert house.verify() is None


async def test_a_clock_that_goes_back_does_not_break_the_chain(house: House) -> None:
    """The later entry carries the earlier one's time."""
    said = await house.says()
    house.decide(said, Act.HOLD)
    house.cast.clock.now_ms -= 3_600_000
    house.decide(said, Act.APPROVE)
    assert house.verify() is None
