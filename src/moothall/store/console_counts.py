"""How much waits for somebody on each page of the console."""

from collections.abc import Sequence

from sqlalchemy import Connection

from moothall.moderation.queue import WORK
from moothall.people.model import Account, AccountId
from moothall.people.role import Right, may_somewhere
from moothall.store import erasures, people_accounts
from moothall.store.moderation_queue import STATES
from moothall.store.raw import row
from moothall.store.sections import within

# Counting stops here: a moderator needs "many", not how many.
_CAP = 1_000
_OPEN = "decided_at_ms IS NULL"


def counts(conn: Connection, viewer: AccountId) -> dict[str, int]:
    """By the last part of the page's address; at most a thousand each."""
    who = people_accounts.get(conn, viewer)
    own = who.sections
    counted = {
        queue.value: _count(conn, f"comment c WHERE {STATES[queue]} AND {within(own)}", own) for queue in WORK
    }
    return counted | _site_wide(conn, who)


def _site_wide(conn: Connection, who: Account) -> dict[str, int]:
    counted: dict[str, int] = {}
    if may_somewhere(who, Right.RULE):
        counted |= {
            "appeals": _count(conn, f"appeal WHERE {_OPEN}"),
            "notices": _count(conn, f"notice WHERE {_OPEN}"),
        }
    if may_somewhere(who, Right.MANAGE):
        counted["people"] = sum(one.asked_by != who.id for one in erasures.all_waiting(conn))
    return counted


def _count(conn: Connection, what: str, args: Sequence[object] = ()) -> int:
    found = row(conn, f"SELECT count(*) FROM (SELECT 1 FROM {what} LIMIT {_CAP}) n", args)  # noqa: S608
    return int(found[0]) if found else 0
