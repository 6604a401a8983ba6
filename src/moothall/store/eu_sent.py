"""Which statements went to the EU's Transparency Database, and what became of each."""

from collections.abc import Callable, Sequence

from sqlalchemy import Connection

from moothall.kernel.clock import Clock
from moothall.moderation.eu_statement import EuStatement, faults, record_of, statement_of
from moothall.store import statements
from moothall.store.database import Database
from moothall.store.raw import rows, run_many
from moothall.store.tx import Tx

UNFIT = "unfit"
"""What the schema does not allow is not sent at all."""
_OPEN = (
    "SELECT s.id FROM statement s WHERE s.id > ? AND s.restriction <> 'warned'"
    " AND NOT EXISTS (SELECT 1 FROM eu_sent e WHERE e.statement_id = s.id) ORDER BY s.id LIMIT ?"
)
_KEEP = (
    "INSERT INTO eu_sent (statement_id, fate, said, at_ms) VALUES (?, ?, ?, ?)"
    " ON CONFLICT (statement_id) DO NOTHING"
)


class SqlEuShelf:
    """What is to be sent.  Args: standards_url: where readers find the rules."""

    def __init__(self, db: Database, clock: Clock, *, standards_url: str) -> None:
        self._db = db
        self._clock = clock
        self._url = standards_url
        # Nothing is open below it: without it each batch would look through all that were sent.
        self._after = 0

    def following(self, limit: int) -> Sequence[EuStatement]:
        """The oldest that nothing became of yet."""
        while True:
            found = self._db.read_now(lambda c: _records(c, self._after, limit, self._url))
            wrong = [(one, ", ".join(faults(one))) for one in found if faults(one)]
            if not wrong:
                self._after = statement_of(found[0].puid) - 1 if found else self._after
                return found
            self.keep(UNFIT, wrong)

    def keep(self, fate: str, found: Sequence[tuple[EuStatement, str]]) -> None:
        """Once each: what became of one is never changed."""
        now_ms = self._clock()
        values = [(statement_of(record.puid), fate, said, now_ms) for record, said in found]
        self._db.write_now(_keeping(values))

    def fates(self) -> dict[str, int]:
        """How many came to what, ever."""
        query = "SELECT fate, count(*) FROM eu_sent GROUP BY fate ORDER BY fate"
        return dict(self._db.read_now(lambda c: [tuple(one) for one in rows(c, query)]))


def _records(conn: Connection, after: int, limit: int, url: str) -> list[EuStatement]:
    numbers = [one[0] for one in rows(conn, _OPEN, [after, limit])]
    return [record_of(statements.get(conn, number), standards_url=url) for number in numbers]


def _keeping(values: Sequence[tuple[int, str, str, int]]) -> Callable[[Tx], None]:
    return lambda tx: run_many(tx.conn, _KEEP, values)
