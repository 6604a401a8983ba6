"""Who has which role, and people found by their names."""

from sqlalchemy import ColumnElement, Connection, and_, case, literal_column, select, update

from moothall.kernel.errors import LastAdministrator, NotFound
from moothall.people.appoint import Appointment
from moothall.people.lookalikes import fold, prefixes
from moothall.people.model import Account, Role
from moothall.store import people_accounts
from moothall.store.decisions import Entry, log
from moothall.store.tables import account
from moothall.store.tx import Tx

# Repeated word by word, or SQLite does not take the partial index.
_RAISED = account.c.role != literal_column("'reader'")
_KEY, _NAME = account.c.name_key, account.c.display_name
_IMPORTED = account.c.name_key.is_(None)
_RANK = case({role.value: rank for rank, role in enumerate(reversed(Role))}, value=account.c.role)
# Above every character that a name can hold.
_LAST = "\U0010ffff"


def appoint(tx: Tx, wanted: Appointment) -> None:
    """Set a role and log it.  Raises: NotFound, LastAdministrator."""
    found = people_accounts.get(tx.conn, wanted.account_id)
    before = found.role
    if (before, found.sections) == (wanted.role, wanted.sections):
        return
    if before is Role.ADMINISTRATOR and wanted.role is not before and _administrators(tx.conn) < 2:
        raise LastAdministrator
    values = {"role": wanted.role.value, "sections": " ".join(wanted.sections)}
    tx.conn.execute(update(account).where(account.c.id == wanted.account_id).values(values))
    log(
        tx,
        Entry(
            id=wanted.id,
            kind="role",
            actor_id=wanted.actor_id,
            account_id=wanted.account_id,
            before=" ".join((before.value, *found.sections)),
            after=" ".join((wanted.role.value, *wanted.sections)),
            at_ms=wanted.at_ms,
        ),
    )


def raised(conn: Connection, limit: int) -> tuple[Account, ...]:
    """Everybody who is more than a reader, administrators first."""
    query = select(*people_accounts.COLUMNS).where(_RAISED).order_by(_RANK, account.c.display_name, account.c.id)
    return tuple(people_accounts.from_row(row) for row in conn.execute(query.limit(limit)))


def called(conn: Connection, text: str, limit: int) -> tuple[Account, ...]:
    """People whose names begin so, whatever the case and the accents; imported names as they are written."""
    keys = prefixes(text)
    chosen = [select(*people_accounts.COLUMNS).where(_begins(conn, _KEY, key)).order_by(_KEY) for key in keys]
    brought = select(*people_accounts.COLUMNS).where(_begins(conn, _NAME, text), _IMPORTED).order_by(_NAME)
    found: dict[int, Account] = {}
    for query in (*chosen, brought) if keys else ():
        for row in conn.execute(query.limit(limit)):
            found[row[0]] = people_accounts.from_row(row)
    return tuple(sorted(found.values(), key=lambda one: (fold(one.display_name), one.id))[:limit])


def by_name(conn: Connection, name: str) -> Account:
    """The one who bears a name, or one that looks like it.  Raises: NotFound."""
    row = conn.execute(select(*people_accounts.COLUMNS).where(account.c.name_key == fold(name))).first()
    if row is None:
        raise NotFound
    return people_accounts.from_row(row)


def _administrators(conn: Connection) -> int:
    """Locked where two servers write, so that two administrators cannot take each other's role at once."""
    query = select(account.c.id).where(_RAISED, account.c.role == Role.ADMINISTRATOR.value).with_for_update()
    return len(conn.execute(query).all())


def _begins(conn: Connection, column: ColumnElement[str], prefix: str) -> ColumnElement[bool]:
    """A range where texts compare byte by byte; PostgreSQL's order may be another, so that it matches."""
    if conn.dialect.name == "sqlite":
        return and_(column >= prefix, column < prefix + _LAST)
    return column.startswith(prefix, autoescape=True)
