"""Whatever several moderators do, every decision has one entry, and one statement when it restricts."""

import asyncio
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule
from sqlalchemy import select

from moothall.discussion.model import Comment, State
from moothall.kernel.errors import MoothallError
from moothall.kernel.limits import DAY_MS
from moothall.moderation.appeal import Appeal, AppealOutcome, Ruling
from moothall.moderation.decide import Act, Decision, Undo
from moothall.moderation.notice import Notice, NoticeOutcome, NoticeRuling
from moothall.moderation.sanction import Lift, Sanction, SanctionKind
from moothall.people.model import AccountId
from moothall.store import (
    appeals,
    comment_writes,
    ledger,
    moderation_writes,
    notices,
    sanction_undo,
    sanctions,
    undo,
)
from moothall.store.database import open_database
from moothall.store.tables import comment, decision, statement, story
from moothall.store.tables import ledger as ledger_table
from moothall.store.tx import Tx
from tests.newsroom.cast import Cast
from tests.newsroom.clock import FakeClock

_RESTRICTED = {State.HELD, State.REJECTED, State.REMOVED}
_MODERATORS = st.sampled_from([AccountId(5), AccountId(6), AccountId(7)])
_RULES = st.sampled_from(["civil", "topic", "law"])


class Newsroom(RuleBasedStateMachine):
    """One story, two readers, three moderators, all acts in any order."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.db = open_database(f"sqlite:///{Path(self.folder.name) / 'moothall.db'}")
        self.cast = Cast(self.db, FakeClock())
        self.story = self.cast.story()
        self.readers = [self.cast.person(name) for name in ("Ada Pell", "Bo Reed")]
        self.said: list[Comment] = []
        self.decided: list[int] = []
        self.appeals: list[Appeal] = []
        self.notices: list[Notice] = []
        self.n = 0

    def teardown(self) -> None:
        self.db.close()
        self.folder.cleanup()

    def do(self, command: Callable[[Tx], object]) -> object:
        """An act that may be refused; then nothing of it is there."""
        self.cast.clock.move(1_000)
        try:
            return self.db.write_now(command)
        except MoothallError:
            return None

    @rule(who=st.integers(0, 1), pre=st.booleans(), parent=st.integers(0, 30))
    def says(self, who: int, pre: bool, parent: int) -> None:
        self.cast.clock.move(700_000)
        self.n += 1
        change = story.update().values(moderation="pre" if pre else "post")
        self.db.write_now(lambda tx: tx.conn.execute(change))
        to = {"to": self.said[parent % len(self.said)].id} if self.said and parent % 2 else {}
        try:
            made = asyncio.run(self.cast.says(self.readers[who], self.story, f"Word number {self.n}.", **to))
        except MoothallError:
            return
        self.said.append(made)

    @precondition(lambda self: self.said)
    @rule(on=st.integers(0, 30), act=st.sampled_from(list(Act)), by=_MODERATORS, key=_RULES)
    def decides(self, on: int, act: Act, by: AccountId, key: str) -> None:
        about = self.said[on % len(self.said)].id
        named = key if act is Act.REMOVE else None
        made = Decision(self.cast.new_id(), about, by, act, named, "", self.cast.clock())
        if self.do(lambda tx: moderation_writes.decide(tx, made)) is not None:
            self.decided.append(made.id)

    @precondition(lambda self: self.decided)
    @rule(which=st.integers(0, 30), by=_MODERATORS)
    def takes_back(self, which: int, by: AccountId) -> None:
        wanted = Undo(self.cast.new_id(), self.decided[-1 - which % len(self.decided)], by, self.cast.clock())
        self.do(lambda tx: undo.undo(tx, wanted))

    @rule(who=st.integers(0, 1), kind=st.sampled_from(list(SanctionKind)), by=_MODERATORS, past=st.booleans())
    def sanctions(self, who: int, kind: SanctionKind, by: AccountId, past: bool) -> None:
        now = self.cast.clock()
        until = None if kind is SanctionKind.WARN else now + DAY_MS
        made = Sanction(
            id=self.cast.new_id(), account_id=self.readers[who], actor_id=by, kind=kind, until_ms=until,
            rule="civil", reason="Again.", past=past, at_ms=now,
        )  # fmt: skip
        if self.do(lambda tx: moderation_writes.keep_sanction(tx, made)) is not None:
            self.decided.append(made.id)

    @rule(who=st.integers(0, 1), which=st.integers(0, 5), by=_MODERATORS)
    def takes_a_sanction_back(self, who: int, which: int, by: AccountId) -> None:
        of = self.readers[who]
        found = self.db.read_now(lambda c: sanctions.history(c, of, 6))
        if found:
            wanted = Lift(self.cast.new_id(), found[which % len(found)].id, by, self.cast.clock())
            self.do(lambda tx: sanction_undo.undo(tx, wanted, of=of))

    @precondition(lambda self: self.decided)
    @rule(which=st.integers(0, 30), who=st.integers(0, 1))
    def appeals_against(self, which: int, who: int) -> None:
        number = self.decided[which % len(self.decided)]
        if not self.db.read_now(
            lambda c: c.execute(select(statement.c.id).where(statement.c.id == number)).first()
        ):
            return
        mine, now = self.cast.new_id(), self.cast.clock()
        made = Appeal(id=mine, statement_id=number, account_id=self.readers[who], reason="", at_ms=now)
        found = self.do(lambda tx: appeals.file(tx, made))
        if isinstance(found, Appeal):
            self.appeals.append(found)

    @precondition(lambda self: self.appeals)
    @rule(which=st.integers(0, 30), outcome=st.sampled_from(list(AppealOutcome)), by=_MODERATORS, key=_RULES)
    def rules(self, which: int, outcome: AppealOutcome, by: AccountId, key: str) -> None:
        wanted = Ruling(
            id=self.cast.new_id(), appeal_id=self.appeals[which % len(self.appeals)].id, actor_id=by,
            outcome=outcome, note="Seen.", rule=key, until_ms=self.cast.clock() + DAY_MS // 2,
            at_ms=self.cast.clock(),
        )  # fmt: skip
        self.do(lambda tx: appeals.rule(tx, wanted))

    @precondition(lambda self: self.said)
    @rule(on=st.integers(0, 30), sender=st.sampled_from(["address:1", "address:2"]))
    def sends_notice(self, on: int, sender: str) -> None:
        self.n += 1
        made = Notice(
            id=self.cast.new_id(), comment_id=self.said[on % len(self.said)].id, account_id=None, sender=sender,
            breach="VIOLENCE", explanation="A threat.", lang="en", at_ms=self.cast.clock(),
        )  # fmt: skip
        found = self.do(lambda tx: notices.file(tx, made, f"code-{self.n}"))
        if isinstance(found, Notice):
            self.notices.append(found)

    @precondition(lambda self: self.notices)
    @rule(which=st.integers(0, 30), outcome=st.sampled_from(list(NoticeOutcome)), by=_MODERATORS)
    def rules_on_notice(self, which: int, outcome: NoticeOutcome, by: AccountId) -> None:
        wanted = NoticeRuling(
            id=self.cast.new_id(), notice_id=self.notices[which % len(self.notices)].id, actor_id=by,
            outcome=outcome, rule="law", note="", at_ms=self.cast.clock(),
        )  # fmt: skip
        self.do(lambda tx: notices.rule(tx, wanted))

    @precondition(lambda self: self.said)
    @rule(on=st.integers(0, 30))
    def withdraws(self, on: int) -> None:
        said = self.said[on % len(self.said)]
        self.do(lambda tx: comment_writes.withdraw(tx, said.id, said.author.id, self.cast.clock()))

    @invariant()
    def every_decision_has_one_entry(self) -> None:
        """And the chain is whole."""
        made = set(self._ids(select(decision.c.id)))
        chained = self._ids(select(ledger_table.c.decision_id))
        assert len(chained) == len(set(chained))
        assert set(chained) == made
        assert self.db.read_now(ledger.verify) is None

    @invariant()
    def every_restriction_has_one_statement(self) -> None:
        """What is not shown against its author's will has exactly one that stands; what is live has none."""
        states = self.db.read_now(lambda c: c.execute(select(comment.c.id, comment.c.state)).all())
        standing = self._ids(select(statement.c.comment_id).where(statement.c.ended_at_ms.is_(None)))
        for number, state in states:
            if state in _RESTRICTED:
                assert standing.count(number) == 1, state
            elif state == State.LIVE:
                assert standing.count(number) == 0
        for reader in self.readers:
            found = self.db.read_now(lambda c, who=reader: sanctions.in_force(c, who, self.cast.clock()))
            assert {one.id for one in found} <= set(self._ids(select(statement.c.id)))

    def _ids(self, query) -> list[int]:
        return [one[0] for one in self.db.read_now(lambda c: c.execute(query).all())]


_ALWAYS = settings(stateful_step_count=30, deadline=None, derandomize=True)
TestNewsroom = Newsroom.TestCase
TestNewsroom.settings = settings(_ALWAYS, max_examples=25)


@pytest.mark.slow
class TestNewsroomAtLength(Newsroom.TestCase):
    """Five hundred sequences of thirty acts."""

    settings = settings(_ALWAYS, max_examples=500)
