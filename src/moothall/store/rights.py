"""Statements, appeals, notices and the ledger over one database."""

from moothall.discussion.model import CommentId
from moothall.kernel.limits import SANCTION_PAST
from moothall.moderation.appeal import Appeal, Ruling
from moothall.moderation.decide import Undo
from moothall.moderation.ledger import LedgerEntry, Receipt, Root
from moothall.moderation.notice import Notice, NoticeRuling, Sender
from moothall.moderation.sanction import Lift, Sanction, Standing
from moothall.moderation.statement import Statement
from moothall.people.model import AccountId
from moothall.people.role import Right
from moothall.store import appeals, ledger, moderation_writes, notices, sanction_undo, sanctions, statements, undo
from moothall.store.comment_texts import text_at
from moothall.store.console_acts import need_right
from moothall.store.database import Database
from moothall.store.tx import Tx


class SqlRights:
    """Each method is a query or a command on the right thread; its file says what it raises."""

    def __init__(self, db: Database) -> None:
        self._db = db

    async def statement(self, statement_id: int) -> Statement:
        """Raises: NotFound."""
        return await self._db.read(lambda c: statements.get(c, statement_id))

    async def standing(self, comment_id: CommentId) -> Statement | None:
        """What explains why a comment is not shown."""
        return await self._db.read(lambda c: statements.standing(c, comment_id))

    async def statements_of(self, account_id: AccountId, *, before: int, limit: int) -> tuple[Statement, ...]:
        """A person's, newest first."""
        return await self._db.read(lambda c: statements.of_account(c, account_id, before=before, limit=limit))

    async def text_at(self, comment_id: CommentId, revision: int) -> str:
        """A text as a decision saw it."""
        return await self._db.read(lambda c: text_at(c, comment_id, revision))

    async def receipt(self, decision_id: int) -> Receipt | None:
        """Where a decision stands in the ledger."""
        return await self._db.read(lambda c: ledger.receipt_of(c, decision_id))

    async def entry(self, seq: int) -> LedgerEntry | None:
        """None when there is none."""
        return await self._db.read(lambda c: ledger.entry(c, seq))

    async def opening(self, seq: int, account_id: AccountId) -> tuple[str, dict[str, str]] | None:
        """Only for whom it concerns."""
        return await self._db.read(lambda c: ledger.opening(c, seq, account_id))

    async def roots(self) -> tuple[Root, ...]:
        """Oldest first."""
        return await self._db.read(ledger.roots)

    async def undo(self, wanted: Undo) -> None:
        """Raises: NotFound, Conflict."""
        await self._db.write(lambda tx: undo.undo(tx, wanted))

    async def sanction(self, made: Sanction) -> int:
        """How many live comments went with it.  Raises: Forbidden, Banned."""

        def write(tx: Tx) -> int:
            need_right(tx, made.actor_id, made.at_ms, Right.BAN)
            return moderation_writes.keep_sanction(tx, made)

        return await self._db.write(write)

    async def lift(self, wanted: Lift, of: AccountId) -> None:
        """Raises: Forbidden, Banned, NotFound."""

        def write(tx: Tx) -> None:
            need_right(tx, wanted.actor_id, wanted.at_ms, Right.BAN)
            sanctions.lift(tx, wanted, of=of)

        await self._db.write(write)

    async def take_back(self, wanted: Lift, of: AccountId) -> int:
        """How many comments stand again.  Raises: Forbidden, Banned, NotFound, AlreadyDecided, AppealFinal."""

        def write(tx: Tx) -> int:
            need_right(tx, wanted.actor_id, wanted.at_ms, Right.BAN)
            return sanction_undo.undo(tx, wanted, of=of)

        return await self._db.write(write)

    async def past_of(self, account_id: AccountId) -> int:
        """How many live comments a sanction may take along; `SANCTION_PAST` at most."""
        return await self._db.read(lambda c: len(sanctions.live_comments(c, account_id, SANCTION_PAST)))

    async def sanctions_of(self, account_id: AccountId, limit: int) -> tuple[Standing, ...]:
        """Newest first."""
        return await self._db.read(lambda c: sanctions.history(c, account_id, limit))

    async def appeal(self, made: Appeal) -> Appeal:
        """Raises: AppealFinal."""
        return await self._db.write(lambda tx: appeals.file(tx, made))

    async def rule(self, wanted: Ruling) -> Appeal:
        """Raises: NotFound, AppealFinal, SamePerson, Conflict."""
        return await self._db.write(lambda tx: appeals.rule(tx, wanted))

    async def appeal_by(self, appeal_id: int) -> Appeal:
        """Raises: NotFound."""
        return await self._db.read(lambda c: appeals.get(c, appeal_id))

    async def appeal_of_statement(self, statement_id: int) -> Appeal | None:
        """None when there is none."""
        return await self._db.read(lambda c: appeals.of_statement(c, statement_id))

    async def appeal_of_notice(self, notice_id: int) -> Appeal | None:
        """None when there is none."""
        return await self._db.read(lambda c: appeals.of_notice(c, notice_id))

    async def is_final(self, statement_id: int) -> bool:
        """Whether it came from a ruling."""
        return await self._db.read(lambda c: appeals.is_final(c, statement_id))

    async def appeals_waiting(self, *, after: int, limit: int) -> tuple[Appeal, ...]:
        """Oldest first, after an id."""
        return await self._db.read(lambda c: appeals.waiting(c, after=after, limit=limit))

    async def notice(self, made: Notice, code_sha256: str) -> Notice:
        """Raises: NotFound, NoticesRefused."""
        return await self._db.write(lambda tx: notices.file(tx, made, code_sha256))

    async def notice_by(self, notice_id: int) -> Notice:
        """Raises: NotFound."""
        return await self._db.read(lambda c: notices.get(c, notice_id))

    async def notice_by_code(self, code_sha256: str) -> Notice:
        """Raises: NotFound."""
        return await self._db.read(lambda c: notices.by_code(c, code_sha256))

    async def notice_sender(self, name: str) -> Sender:
        """What is known of a sender."""
        return await self._db.read(lambda c: notices.sender(c, name))

    async def rule_on_notice(self, wanted: NoticeRuling) -> Notice:
        """Raises: NotFound, Conflict."""
        return await self._db.write(lambda tx: notices.rule(tx, wanted))

    async def notices_waiting(self, *, after: tuple[bool, int] | None, limit: int) -> tuple[Notice, ...]:
        """Trusted flaggers' first, then the oldest."""
        return await self._db.read(lambda c: notices.waiting(c, after=after, limit=limit))
