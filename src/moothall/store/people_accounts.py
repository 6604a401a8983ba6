"""Accounts and their identities."""

from typing import Any

from sqlalchemy import Connection, Row, delete, insert, select, update

from moothall.kernel.errors import IdentityLast, IdentityTaken, NameTaken, NotFound
from moothall.people.model import Account, AccountId, Identity, Role
from moothall.store.tables import account, identity

COLUMNS = (
    account.c.id,
    account.c.display_name,
    account.c.role,
    account.c.made_at_ms,
    account.c.email,
    account.c.named,
    account.c.banned_until_ms,
    account.c.ban_reason,
    account.c.lang,
    account.c.single_keys,
    account.c.sections,
)
"""What `from_row` needs, in its order."""


def from_row(row: Row[Any] | tuple[Any, ...]) -> Account:
    """An account of a row that begins with `COLUMNS`."""
    number, name, role, made_at, email, named, until, reason, lang, keys, sections = row[: len(COLUMNS)]
    return Account(
        id=AccountId(number),
        display_name=name,
        role=Role(role),
        created_at_ms=made_at,
        email=email,
        named=bool(named),
        banned_until_ms=until,
        ban_reason=reason,
        lang=lang,
        single_keys=bool(keys),
        sections=tuple(sections.split()) if sections else (),
    )


def get(conn: Connection, account_id: AccountId) -> Account:
    """Raises: NotFound."""
    row = conn.execute(select(*COLUMNS).where(account.c.id == account_id)).first()
    if row is None:
        raise NotFound
    return from_row(row)


def add(conn: Connection, new: Account, name_key: str | None = None) -> None:
    """Insert an account.  Raises: NameTaken."""
    if name_key is not None and _holder(conn, name_key) is not None:
        raise NameTaken
    row = {
        "id": new.id,
        "display_name": new.display_name,
        "name_key": name_key,
        "named": int(new.named),
        "role": new.role.value,
        "email": new.email,
        "banned_until_ms": new.banned_until_ms,
        "ban_reason": new.ban_reason,
        "made_at_ms": new.created_at_ms,
    }
    conn.execute(insert(account), row)


def find(conn: Connection, who: Identity) -> Account | None:
    """The account of an identity."""
    query = (
        select(*COLUMNS)
        .join(identity, identity.c.account_id == account.c.id)
        .where(identity.c.issuer == who.issuer, identity.c.subject == who.subject)
    )
    row = conn.execute(query).first()
    return from_row(row) if row else None


def find_or_add(conn: Connection, who: Identity, *, new_id: AccountId, email: str | None, at_ms: int) -> Account:
    """The account of an identity, made without a name when there is none."""
    found = find(conn, who)
    if found is None:
        found = Account(new_id, "", Role.READER, at_ms, email, named=False)
        add(conn, found)
        _add_identity(conn, new_id, who, at_ms)
    else:
        _claim(conn, who)
    return found


def link(conn: Connection, account_id: AccountId, who: Identity, *, email: str | None = None, at_ms: int) -> None:
    """Add an identity to an account.  Raises: IdentityTaken, NotFound."""
    holder = find(conn, who)
    if holder is not None and holder.id != account_id:
        raise IdentityTaken
    owner = get(conn, account_id)
    if holder is None:
        _add_identity(conn, account_id, who, at_ms)
    if email is not None and owner.email is None:
        _change(conn, account_id, email=email)


def unlink(conn: Connection, account_id: AccountId, who: Identity) -> None:
    """Take an identity away, with the address that it had proved.  Raises: NotFound, IdentityLast."""
    held = identities(conn, account_id)
    if (who.issuer, who.subject) not in {(i.issuer, i.subject) for i in held}:
        raise NotFound
    if len(held) == 1:
        raise IdentityLast
    conn.execute(
        delete(identity).where(
            identity.c.issuer == who.issuer,
            identity.c.subject == who.subject,
            identity.c.account_id == account_id,
        )
    )
    conn.execute(
        update(account).where(account.c.id == account_id, account.c.email == who.subject).values(email=None)
    )


def identities(conn: Connection, account_id: AccountId) -> tuple[Identity, ...]:
    """In the order in which they were added."""
    query = (
        select(identity.c.issuer, identity.c.subject, identity.c.claimed_name, identity.c.claimed_email)
        .where(identity.c.account_id == account_id)
        .order_by(identity.c.made_at_ms, identity.c.issuer)
    )
    return tuple(Identity(*row) for row in conn.execute(query))


def rename(conn: Connection, account_id: AccountId, *, name: str, key: str) -> None:
    """Raises: NameTaken, NotFound."""
    if _holder(conn, key) not in (None, account_id):
        raise NameTaken
    _change(conn, account_id, display_name=name, name_key=key, named=1)


def prefer(conn: Connection, account_id: AccountId, *, lang: str, single_keys: bool) -> None:
    """Raises: NotFound."""
    _change(conn, account_id, lang=lang, single_keys=int(single_keys))


def _holder(conn: Connection, key: str) -> int | None:
    found: int | None = conn.scalar(select(account.c.id).where(account.c.name_key == key))
    return found


def _change(conn: Connection, account_id: AccountId, **values: object) -> None:
    if conn.execute(update(account).where(account.c.id == account_id).values(**values)).rowcount == 0:
        raise NotFound


def _add_identity(conn: Connection, account_id: AccountId, who: Identity, at_ms: int) -> None:
    row = {
        "issuer": who.issuer,
        "subject": who.subject,
        "account_id": account_id,
        "claimed_name": who.claimed_name,
        "claimed_email": who.claimed_email,
        "made_at_ms": at_ms,
    }
    conn.execute(insert(identity), row)


def _claim(conn: Connection, who: Identity) -> None:
    """What the provider says today; it gives no right."""
    conn.execute(
        update(identity)
        .where(identity.c.issuer == who.issuer, identity.c.subject == who.subject)
        .values(claimed_name=who.claimed_name, claimed_email=who.claimed_email)
    )
